"""Measure brian_nb beside other engines and write `docs/performance.md` with its figures.

    python tests/benchmarks/run.py [--only NAME ... [--keep]] [--without ENGINE ...] [--repeats 5]

Each run is a process of its own; a round takes all engines one after the other. Times are printed,
never asserted; a spike rate outside its band, a compilation where only a value is another one, or a
program of brian_nb that fails, is an error.
"""

import argparse
import sys
from datetime import date, datetime
from pathlib import Path

from bench.engines import ENGINES, ENVIRONMENTS
from bench.machine import describe_load, describe_machine
from bench.page import render_table
from bench.places import PAGE
from bench.report import print_tables, render_values, write_page
from bench.rounds import measure_rounds, prepare_tasks
from bench.store import PATH, Store, describe_origins
from bench.summary import check_compiling, check_rates, check_sizes, group_measurements
from bench.workloads import WORKLOADS


def main(arguments=None):
    """Measure, print, write; the number of problems is the exit status."""
    options = parse_options(arguments)
    workloads, engines = select(options)
    notes = [f"Load of the machine at the start: {describe_load()}."]
    measurements = measure(workloads, engines, options, notes)
    if options.keep:
        workloads = WORKLOADS
    groups = group_measurements(measurements)
    problems = check_rates(workloads, groups) + check_sizes(workloads, groups)
    problems += check_compiling(groups) + find_gaps(workloads, engines, groups)
    notes += describe_origins(measurements, workloads)
    values = render_values(workloads, engines, groups) | {
        "date": date.today().isoformat(),
        "command": render_command(options),
        "rounds": options.repeats,
        "machine": render_table(["", ""], describe_machine(ENVIRONMENTS)),
        "notes": "\n".join(f"- {note}" for note in [*notes, *problems]),
    }
    print_tables(values)
    write(options, values, workloads, engines, groups)
    for problem in problems:
        print(f"PROBLEM: {problem}", file=sys.stderr)
    return min(len(problems), 1)


def parse_options(arguments):
    rows, engines = ([item.name for item in items] for items in (WORKLOADS, ENGINES))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = rows + engines
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", default=[],
                        help=f"workloads and engines out of: {', '.join(names)}")  # fmt: skip
    parser.add_argument("--keep", action="store_true",
                        help="keep what was measured before of the other workloads")  # fmt: skip
    parser.add_argument("--without", nargs="+", choices=engines, metavar="ENGINE", default=[],
                        help="leave these engines out")  # fmt: skip
    parser.add_argument("--repeats", type=int, default=5, help="number of rounds")
    parser.add_argument("--page", type=Path, help="write here, also if only a part was measured")
    options = parser.parse_args(arguments)
    if options.keep and (options.without or set(options.only) & set(engines)):
        parser.error("--keep measures whole rows anew: it goes with workloads, not with engines")
    return options


def render_command(options):
    """The command that measures the page's rows again; where its page goes is nobody's concern."""
    words = ["python tests/benchmarks/run.py"]
    words += ["--only", *options.only] if options.only and not options.keep else []
    words += ["--without", *options.without] if options.without else []
    return " ".join([*words, f"--repeats {options.repeats}"])


def select(options):
    """Workloads and engines to measure; names of one kind do not narrow the other."""
    sources = {item.source for item in WORKLOADS if item.name in options.only}
    workloads = [item for item in WORKLOADS if item.source in sources] or WORKLOADS
    engines = [item for item in ENGINES if item.name in options.only] or ENGINES
    engines = [item for item in engines if item.name not in options.without]
    return tuple(workloads), tuple(engines)


def measure(workloads, engines, options, notes):
    """All measurements, with those of other workloads that are kept."""
    replaced = {workload.source for workload in workloads} if options.keep else None
    store = Store(PATH, f"{datetime.now():%Y-%m-%d %H:%M}", replaced)

    def record(measurement):
        store.add(measurement)
        print(f"round {measurement.round} {measurement.workload} {measurement.engine}: "
              f"run {measurement.run_s:.4g} s, process {measurement.process_s:.3g} s",
              flush=True)  # fmt: skip

    tasks = prepare_tasks(workloads, engines, notes.append)
    measure_rounds(tasks, options.repeats, record, notes.append)
    return store.measurements


def find_gaps(workloads, engines, groups):
    """Sentences about programs of brian_nb that gave nothing; other engines may be missing."""
    return [
        f"{engine.name} gave no figure for {workload.name}"
        for workload in workloads
        for engine in engines
        if engine.name.startswith("brian_nb")
        and workload.is_done_by(engine)
        and (workload.source, engine.name) not in groups
    ]


def write(options, values, workloads, engines, groups):
    """Write the page if it is complete, or where the user asks for it."""
    is_part = (options.only and not options.keep) or options.without
    page = options.page or (None if is_part else PAGE)
    if page is None:
        print("\nOnly a part was measured: no page is written (ask for one with --page).")
        return
    write_page(page, values, workloads, engines, groups)
    print(f"\nwritten: {page}")


if __name__ == "__main__":
    sys.exit(main())
