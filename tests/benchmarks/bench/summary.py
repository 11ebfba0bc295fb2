"""Medians, ratios and the check of rates: from measurements to what the tables say."""

from collections import defaultdict
from statistics import median


def group_measurements(measurements):
    """Measurements of each (workload, engine), in the order of their rounds."""
    groups = defaultdict(list)
    for measurement in sorted(measurements, key=lambda item: item.round):
        groups[measurement.workload, measurement.engine].append(measurement)
    return dict(groups)


def find_runs(workload, engine_name, groups):
    """Runs of one engine that a workload reads its figure of; [] if it has none there."""
    if workload.engines is not None and engine_name not in workload.engines:
        return []
    return groups.get((workload.source, engine_name), [])


def read_figures(workload, runs):
    """The compared figure of each run; loops are divided by the time they simulated."""
    scale = workload.duration_s if workload.unit == "s/s" else 1.0
    return [run.value(workload.figure) / scale for run in runs]


def compare_engines(workload, slow, fast):
    """How many times the figure of `slow` is that of `fast`: median over common rounds.

    Runs of one round are neighbours in time, so a change of the machine's speed between
    rounds cancels.

    Returns
    -------
    float or None
        None if the two have no round in common.
    """
    slow_figures, fast_figures = (_figures_by_round(workload, runs) for runs in (slow, fast))
    common = slow_figures.keys() & fast_figures.keys()
    return median(slow_figures[k] / fast_figures[k] for k in common) if common else None


def _figures_by_round(workload, runs):
    rounds = [run.round for run in runs]
    return dict(zip(rounds, read_figures(workload, runs), strict=True))


def check_rates(workloads, groups):
    """Sentences about engines whose rate lies outside the workload's band."""
    bands = {item.name: item for item in workloads if item.rate_hz and not item.runs_of}
    problems = []
    for (name, engine), runs in groups.items():
        if name not in bands:
            continue
        low, high = bands[name].rate_hz
        for run in runs:
            if not low <= run.rate_hz <= high:
                problems.append(
                    f"{engine} on {name}, round {run.round}: {run.rate_hz:.2f} Hz is outside "
                    f"{low:g}-{high:g} Hz"
                )
    return problems


def check_sizes(workloads, groups):
    """Sentences about engines whose network had another size than the workload."""
    sizes = {item.name: item.n_neurons for item in workloads if not item.runs_of}
    return [
        f"{engine} on {name}: {runs[0].n_neurons} neurons instead of {sizes[name]}"
        for (name, engine), runs in groups.items()
        if name in sizes and runs[0].n_neurons != sizes[name]
    ]


def check_compiling(groups):
    """Sentences about runs that compiled for another value, which must not need it."""
    return [
        f"{engine} on {name}, round {run.round}: {run.extra['compiled']} kernels compiled anew"
        for (name, engine), runs in groups.items()
        for run in runs
        if run.extra.get("compiled")
    ]
