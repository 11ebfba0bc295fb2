"""Work is given up after a time, and leaves no thread behind."""

import threading
from time import perf_counter

import pytest

from brian_nb.equations.patience import run_for


def test_work_that_ends_gives_its_result():
    assert run_for(5, lambda: 3) == 3


def test_work_that_never_ends_is_cut_short():
    def work():
        while True:
            try:
                sum(range(100))
            except Exception:  # as a library may do
                pass

    begin, n_threads = perf_counter(), threading.active_count()
    assert run_for(0.05, work) is None
    assert perf_counter() - begin < 1
    assert threading.active_count() == n_threads


def test_what_goes_wrong_is_raised_for_the_caller():
    with pytest.raises(ZeroDivisionError):
        run_for(5, lambda: 1 / 0)
