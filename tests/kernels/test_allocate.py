from importlib import import_module

import numpy as np
import pytest

from brian_nb.kernels import allocate, allocate_fresh, get_pages
from brian_nb.kernels.allocate import (
    LARGE_PAGES_FROM,
    LEAST_FRESH,
    POPULATE_WRITE,
    is_aligned,
)


@pytest.mark.parametrize("dtype", [np.float64, np.int64, np.int32, np.uint32, np.uint8])
@pytest.mark.parametrize("shape", [0, 1, 7, (3, 5), 100_003])
def test_arrays_are_zero_contiguous_and_on_a_cache_line(shape, dtype):
    array = allocate(shape, dtype)
    assert array.shape == np.zeros(shape).shape and array.dtype == dtype
    assert array.flags.c_contiguous and array.flags.writeable
    assert is_aligned(array) and not array.any()


def test_two_arrays_share_no_memory():
    assert not np.shares_memory(allocate(10), allocate(10))


@pytest.mark.parametrize("n", [1, 1000, LEAST_FRESH // 8, 100_001, LARGE_PAGES_FROM // 8])
def test_fresh_memory_is_aligned_and_can_be_written(n):
    array = allocate_fresh(n)
    assert (array.shape, array.dtype) == ((n,), np.float64)
    assert is_aligned(array)
    array[:] = np.arange(n)
    part = array[n // 2 :]
    del array
    assert part[-1] == n - 1


def test_fresh_memory_is_there_where_the_system_gives_no_pages_ahead(monkeypatch):
    module = import_module("brian_nb.kernels.allocate")
    monkeypatch.setattr(module, "POPULATE_WRITE", None)
    array = allocate_fresh(LEAST_FRESH)
    get_pages(array, 0, LEAST_FRESH)
    array[:] = 1
    assert array.sum() == LEAST_FRESH


def test_asking_for_pages_changes_no_value():
    array = allocate_fresh(50_000)
    array[:] = np.arange(50_000)
    for start, stop in [(0, 50_000), (511, 513), (49_999, 50_000), (7, 7), (50_000, 50_000)]:
        get_pages(array, start, stop)
    assert (array == np.arange(50_000)).all()


def test_memory_that_was_asked_for_is_there_when_it_is_written():
    resource = pytest.importorskip("resource")
    array = allocate_fresh(100_000)
    try:
        array.base.obj.madvise(POPULATE_WRITE, 0, 8)
    except (AttributeError, TypeError, OSError):
        pytest.skip("this system gives no pages ahead")
    get_pages(array, 1000, 90_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    array[1000:90_000] = 1
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
    assert faults < 10  # of 174 pages
