"""Progress of long tasks: told in text, shown in a bar, or given to a function."""

import sys
from contextlib import contextmanager
from time import perf_counter

from brian_nb.errors import ModelError
from brian_nb.network.progress_window import open_window
from brian_nb.star import forward_call

_BAR_PERIOD = 0.25
"""Second. A bar that is drawn less often seems to stand still."""

_FORMS = "'text', 'stderr', 'graphical', an output stream or a function"


class ProgressReporter:
    """Reports how far a task is, not more often than once in a period.

    Parameters
    ----------
    report : str, stream or callable
        'print', 'text' or 'stdout': lines on the console; 'stderr': lines on the error stream;
        'graphical' or 'tkinter': a progress bar, in the notebook where there is one, else in a
        window; an output stream: lines on it; a function: it gets the seconds that have elapsed
        and the share of the task that is complete.
    period : float or Quantity, second
        Wall time between two reports; a bar moves more often.

    Raises
    ------
    ModelError
        There is no such report.

    Examples
    --------
    >>> reporter = ProgressReporter(lambda elapsed, complete: print(f"{complete:.0%}"), period=0)
    >>> reporter.start()
    >>> for k in range(2):
    ...     reporter.equal_subtask(k, 2)
    ...     reporter.update(0.5)
    25%
    75%
    >>> reporter.finish()
    100%
    """

    def __init__(self, report, period=10.0):
        self._tell = choose_report(report)
        self.period = min(float(period), getattr(self._tell, "longest_period", float("inf")))
        self.start()

    def start(self):
        """Begin a task, and to measure its time."""
        self._begin = self._last = perf_counter()
        self._offset, self._size = 0.0, 1.0

    def update(self, complete):
        """Say how much of the task, or of the present part of it, is complete, from 0 to 1."""
        now = perf_counter()
        if now - self._last >= self.period:
            self._last = now
            self._tell(now - self._begin, self._offset + self._size * complete)

    def finish(self):
        """Say that the task is complete; this is always reported."""
        self._tell(perf_counter() - self._begin, 1.0)
        self.close()

    def close(self):
        """Take a bar away; there is no need to after `finish`."""
        if hasattr(self._tell, "close"):
            self._tell.close()

    def subtask(self, complete, tasksize):
        """Begin a part of the task: `update` then goes through this part only.

        Parameters
        ----------
        complete : float
            Share of the whole task that is complete at the beginning of the part.
        tasksize : float
            Share of the whole task that the part is.
        """
        self._offset, self._size = complete, tasksize

    def equal_subtask(self, tasknum, numtasks):
        """Begin part `tasknum`, counted from 0, of a task of `numtasks` equal parts."""
        self.subtask(tasknum / numtasks, 1 / numtasks)


@contextmanager
def report_run(report, period, n_steps):
    """Report on a run: gives what to call with the steps done, or None.

    Parameters
    ----------
    report : None, ProgressReporter, or what one is made with
        A reporter of the user's is updated only: it may be in the midst of a longer task.
    period : float, second
    n_steps : int
        Steps of the whole run.
    """
    if report is None:
        yield None
        return
    given = isinstance(report, ProgressReporter)
    reporter = report if given else ProgressReporter(report, period)

    def update(done):
        if done < n_steps:  # the end is reported below, once
            reporter.update(done / n_steps)

    try:
        yield update
    except BaseException:
        reporter.close()
        raise
    if given:
        reporter.update(1.0)
    else:
        reporter.finish()


def make_text_report(elapsed, complete):
    """One line on how far a task is.

    Parameters
    ----------
    elapsed : float, second
    complete : float
        Share, from 0 to 1.

    Examples
    --------
    >>> make_text_report(30, 0.25)
    '25% complete, 30.0 s elapsed, about 1 min 30 s left'
    """
    line = f"{complete:.0%} complete, {_write_duration(elapsed)} elapsed"
    if 0 < complete < 1:
        line += f", about {_write_duration(elapsed / complete - elapsed)} left"
    return line


def choose_report(report):
    """A function of elapsed seconds and share for each way to report; see `ProgressReporter`."""
    if report in ("print", "text", "stdout"):
        return lambda *progress: print(make_text_report(*progress), flush=True)
    if report == "stderr":
        return lambda *progress: print(make_text_report(*progress), file=sys.stderr, flush=True)
    if report in ("graphical", "tkinter"):
        return _Bar()
    if callable(report):
        return report
    if hasattr(report, "write"):
        return lambda *progress: report.write(make_text_report(*progress) + "\n")
    raise ModelError(f"there is no report {report!r}", hint=f"use {_FORMS}")


class _Bar:
    """A progress bar, which opens at its first report."""

    longest_period = _BAR_PERIOD

    def __init__(self):
        self._bar = None

    def __call__(self, elapsed, complete):
        if self._bar is None:
            self._bar = _open_notebook_bar() or open_window() or _Lines()
        self._bar.show(complete, make_text_report(elapsed, complete))

    def close(self):
        if self._bar is not None:
            self._bar.close()
            self._bar = None


class _Lines:
    """What stands in for a bar where none can be shown: few lines on the error stream."""

    def __init__(self):
        self._last = perf_counter()

    def show(self, complete, text):
        now = perf_counter()
        if complete == 1 or now - self._last >= 10:
            self._last = now
            print(text, file=sys.stderr, flush=True)

    def close(self):
        """There is nothing to take away."""


def _open_notebook_bar():
    """A bar in the cell that is being run, or None outside a notebook."""
    if "ipykernel" not in sys.modules:
        return None
    return forward_call("brian_nb.widgets.progress", "open_bar")()


def _write_duration(seconds):
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, seconds = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {seconds:02} s"
    return f"{minutes // 60} h {minutes % 60:02} min"
