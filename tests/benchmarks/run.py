"""Measure brian_nb beside other engines and write `docs/performance.md`.

    python tests/benchmarks/run.py [--only NAME ...] [--no-brian2] [--repeats 5]

Each run is a process of its own; a round takes all engines one after the other. Times are printed,
never asserted; a spike rate outside its band, or a program of brian_nb that fails, is an error.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

from bench.engines import ENGINES
from bench.machine import describe_load, describe_machine
from bench.page import render_figures, render_page, render_rates, render_ratios, render_table
from bench.places import BUILD, HERE, PAGE
from bench.rounds import measure_rounds, prepare_tasks
from bench.summary import check_rates, check_sizes, group_measurements
from bench.workloads import LOOPS, WAITING, WORKLOADS


def main(arguments=None):
    """Measure, print, write; the number of problems is the exit status."""
    options = parse_options(arguments)
    workloads, engines = select(options)
    notes = [f"Load of the machine at the start: {describe_load()}."]
    measurements = measure(workloads, engines, options.repeats, notes)
    groups = group_measurements(measurements)
    problems = check_rates(workloads, groups) + check_sizes(workloads, groups)
    problems += find_gaps(workloads, engines, groups)
    values = render_values(workloads, engines, groups) | {
        "date": date.today().isoformat(),
        "command": render_command(options),
        "rounds": options.repeats,
        "machine": render_table(["", ""], describe_machine()),
        "notes": "\n".join(f"- {note}" for note in [*notes, *problems]),
    }
    print_tables(values)
    write_page(options, values)
    for problem in problems:
        print(f"PROBLEM: {problem}", file=sys.stderr)
    return min(len(problems), 1)


def parse_options(arguments):
    known = [item.name for item in (*WORKLOADS, *ENGINES)]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=known, metavar="NAME", default=[],
                        help=f"workloads and engines out of: {', '.join(known)}")  # fmt: skip
    parser.add_argument("--no-brian2", action="store_true", help="leave Brian 2 out")
    parser.add_argument("--repeats", type=int, default=5, help="number of rounds")
    parser.add_argument("--page", type=Path, help="write here, also after --only")
    return parser.parse_args(arguments)


def render_command(options):
    """The command that measures the same again; where its page goes is nobody's concern."""
    words = ["python tests/benchmarks/run.py", *(["--only", *options.only] if options.only else [])]
    words += ["--no-brian2"] if options.no_brian2 else []
    return " ".join([*words, f"--repeats {options.repeats}"])


def select(options):
    """Workloads and engines to measure; names of one kind do not narrow the other."""
    workloads = [item for item in WORKLOADS if item.name in options.only] or WORKLOADS
    engines = [item for item in ENGINES if item.name in options.only] or ENGINES
    if options.no_brian2:
        engines = [item for item in engines if item.name != "brian2"]
    return tuple(workloads), tuple(engines)


def measure(workloads, engines, n_rounds, notes):
    """All measurements, also written to a file one by one, so that none is lost on a break."""
    BUILD.mkdir(parents=True, exist_ok=True)
    measurements = []
    with open(BUILD / "measurements.jsonl", "w") as lines:

        def record(measurement):
            measurements.append(measurement)
            print(measurement.to_line(), file=lines, flush=True)
            print(f"round {measurement.round} {measurement.workload} {measurement.engine}: "
                  f"run {measurement.run_s:.4g} s, process {measurement.process_s:.3g} s",
                  flush=True)  # fmt: skip

        tasks = prepare_tasks(workloads, engines, notes.append)
        measure_rounds(tasks, n_rounds, record, notes.append)
    return measurements


def find_gaps(workloads, engines, groups):
    """Sentences about programs of brian_nb that gave nothing; other engines may be missing."""
    return [
        f"{engine.name} gave no figure for {workload.name}"
        for workload in workloads
        for engine in engines
        if engine.name.startswith("brian_nb")
        and workload.program in engine.programs
        and (workload.name, engine.name) not in groups
    ]


def render_values(workloads, engines, groups):
    """The tables of the page, by their names in the template."""
    loops = [item for item in workloads if item in LOOPS]
    waiting = [item for item in workloads if item in WAITING]
    runners = _having_programs(engines, loops)
    starters = _having_programs(engines, waiting)
    return {
        "running": render_figures(loops, runners, groups),
        "running_ratios": render_ratios(loops, groups),
        "waiting": render_figures(waiting, starters, groups),
        "waiting_ratios": render_ratios(waiting, groups),
        "rates": render_rates(workloads, _having_programs(engines, workloads), groups),
    }


def print_tables(values):
    for name in ("running", "running_ratios", "waiting", "waiting_ratios", "rates", "notes"):
        if values[name]:
            print(f"\n{values[name]}")


def write_page(options, values):
    """Write the page if it is complete, or where the user asks for it."""
    page = options.page or (None if options.only or options.no_brian2 else PAGE)
    if page is None:
        print("\nOnly a part was measured: no page is written (ask for one with --page).")
        return
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(render_page((HERE / "performance_template.md").read_text(), values))
    print(f"\nwritten: {page}")


def _having_programs(engines, workloads):
    programs = {workload.program for workload in workloads}
    return [engine for engine in engines if programs & set(engine.programs)]


if __name__ == "__main__":
    sys.exit(main())
