"""Interrupts that wait for the end of a segment, and work that they do not reach."""

import os
import threading
from signal import SIGINT

try:  # what `signal.signal` wraps: 0.5 us a call instead of 13, and a run needs two
    from _signal import signal as set_handler
except ImportError:
    from signal import signal as set_handler


class HeldInterrupts:
    """Within a ``with`` block, notes an interrupt instead of raising it at once.

    The step that is being done is the last one of its segment then. Python code that a step calls
    and that does not come back is ended by a second interrupt, which is raised within it. Outside
    the main thread nothing is held back.

    Parameters
    ----------
    simulation : Simulation, optional
        What runs; without one, a second interrupt is raised wherever it comes.

    Attributes
    ----------
    came : bool
        Whether an interrupt came.
    """

    came = False

    def __init__(self, simulation=None):
        self._simulation = simulation

    def __enter__(self):
        self._is_main = _is_main()
        if self._is_main:
            self._earlier = set_handler(SIGINT, self._note)
        return self

    def __exit__(self, *_):
        if self._is_main:
            set_handler(SIGINT, self._earlier)

    def raise_held(self):
        """Raise the interrupt that came, if one came."""
        if self.came:
            raise KeyboardInterrupt

    def _note(self, *_):
        simulation = self._simulation
        if self.came and (simulation is None or simulation.is_calling):
            raise KeyboardInterrupt
        self.came = True
        if simulation is not None:
            simulation.end_step()


STACK_BYTES = 1 << 24
"""Of the thread that works aside: compilers go deep, and some systems give threads 0.5 MB."""

WAIT = 0.1
"""Seconds after which the waiting looks for interrupts, where they do not end it by themselves."""


def do_aside(work):
    """Do something in a thread of its own while this one waits.

    An interrupt ends the waiting and not the work, which goes on to its end: an import or a
    compiler that is cut short in the middle may be of no use afterwards. A process that ends or
    forks meanwhile waits for the work. Outside the main thread, where no interrupt comes, and where
    no thread can be had, as at the end of the process, it is done here.

    Parameters
    ----------
    work : callable

    Returns
    -------
    object
        What `work` gives; what it raises is raised here.
    """
    if not _is_main():
        return work()
    try:
        with HeldInterrupts() as interrupts:
            task = _Task(work)
    except RuntimeError:  # of the thread that cannot start
        return work()
    try:
        interrupts.raise_held()
        while not task.is_done.wait(WAIT):
            pass
    except KeyboardInterrupt:
        _let_forks_wait(task)
        raise
    return task.get_result()


class _Task:
    """Work in a thread of its own, which begins at once.

    Attributes
    ----------
    thread : threading.Thread
        An interrupt in its `join` makes Python before 3.13 believe that it has ended.
    is_done : threading.Event
    """

    def __init__(self, work):
        self._work, self._result, self._error = work, None, None
        self.is_done = threading.Event()
        self.thread = threading.Thread(target=self._run, name="brian_nb aside")
        size = threading.stack_size(STACK_BYTES)
        try:
            self.thread.start()
        finally:
            threading.stack_size(size)

    def _run(self):
        try:
            self._result = self._work()
        except BaseException as error:  # noqa: BLE001 - whoever waits gets it, whatever it is
            self._error = error
        finally:
            self.is_done.set()

    def get_result(self):
        """What the work gave, when it is done."""
        try:
            if self._error is not None:
                raise self._error
            return self._result
        finally:
            self._error = None  # a cycle otherwise: the error knows this frame


def _let_forks_wait(task):
    """The child of a fork would find the locks of the work taken for ever."""

    def wait():
        if task.thread is not threading.current_thread():
            task.is_done.wait()

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=wait)


def _is_main():
    return threading.get_ident() == threading.main_thread().ident
