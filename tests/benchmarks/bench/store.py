"""The file of all measurements: written line by line, so that none is lost on a break."""

from dataclasses import replace

from bench.measurement import read_lines
from bench.places import BUILD

PATH = BUILD / "measurements.jsonl"


class Store:
    """Measurements of this command, after those that are kept of earlier ones.

    Parameters
    ----------
    path : Path
    began : str
        When this command began; noted with each of its measurements.
    replaced : collection of str, optional
        Workloads whose earlier measurements go; without, all go.
    """

    def __init__(self, path, began, replaced=None):
        self._path, self._began = path, began
        old = read_lines(path.read_text()) if path.exists() and replaced is not None else []
        self.measurements = [item for item in old if item.workload not in replaced]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(item.to_line() + "\n" for item in self.measurements))

    def add(self, measurement):
        """Keep a measurement, also on the disk."""
        measurement = replace(measurement, began=self._began)
        self.measurements.append(measurement)
        with open(self._path, "a") as lines:
            print(measurement.to_line(), file=lines)


def describe_origins(measurements, workloads):
    """Sentences about rows that another command measured than most of them."""
    titles = {workload.name: workload.title for workload in workloads}
    began = {}
    for item in measurements:
        if item.workload in titles:
            began.setdefault(item.began, {})[titles[item.workload]] = None
    if not began:
        return []
    main = max(began, key=lambda when: len(began[when]))
    return [
        f"Measured by a command of its own, begun {when or 'earlier'}: {'; '.join(began[when])}."
        for when in sorted(began)
        if when != main
    ]
