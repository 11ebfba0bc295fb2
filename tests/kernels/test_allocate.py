from importlib import import_module

import numpy as np
import pytest

from brian_nb.kernels import allocate, allocate_fresh
from brian_nb.kernels.allocate import LARGE_PAGES_FROM, LEAST_AHEAD, is_aligned


@pytest.mark.parametrize("dtype", [np.float64, np.int64, np.int32, np.uint32, np.uint8])
@pytest.mark.parametrize("shape", [0, 1, 7, (3, 5), 100_003])
def test_arrays_are_zero_contiguous_and_on_a_cache_line(shape, dtype):
    array = allocate(shape, dtype)
    assert array.shape == np.zeros(shape).shape and array.dtype == dtype
    assert array.flags.c_contiguous and array.flags.writeable
    assert is_aligned(array) and not array.any()


def test_two_arrays_share_no_memory():
    assert not np.shares_memory(allocate(10), allocate(10))


@pytest.mark.parametrize("n", [1, 1000, LEAST_AHEAD // 8, 100_001, LARGE_PAGES_FROM // 8])
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
    monkeypatch.setattr(module, "PAGES_AHEAD", None)
    assert len(allocate_fresh(LEAST_AHEAD)) == LEAST_AHEAD
