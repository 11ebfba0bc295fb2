"""Progress reports of a run."""

import sys
from time import perf_counter

from brian_nb.errors import ModelError


def make_report(report, period, n_steps):
    """Something to call after each segment with the steps done, or None.

    Parameters
    ----------
    report : None, 'text', 'stdout', 'stderr' or callable
    period : float, second
        Wall time between two reports.
    n_steps : int
        Steps of the whole run.
    """
    if report is None:
        return None
    tell = _choose(report)
    start = perf_counter()
    last = [start]

    def after(done):
        now = perf_counter()
        if now - last[0] >= period or done == n_steps:
            last[0] = now
            tell(now - start, done / n_steps)

    return after


def _choose(report):
    if callable(report):
        return report
    streams = {"text": sys.stdout, "stdout": sys.stdout, "stderr": sys.stderr}
    if report not in streams:
        raise ModelError(
            f"there is no report {report!r}", hint="use 'text', 'stderr' or a function"
        )
    return lambda elapsed, complete: print(
        describe_progress(elapsed, complete), file=streams[report], flush=True
    )


def describe_progress(elapsed, complete):
    """One line on how far a run is."""
    line = f"{complete:.0%} complete, {elapsed:.1f} s elapsed"
    if 0 < complete < 1:
        line += f", about {elapsed / complete - elapsed:.1f} s left"
    return line
