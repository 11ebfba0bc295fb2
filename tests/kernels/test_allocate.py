import numpy as np
import pytest

from brian_nb.kernels import allocate
from brian_nb.kernels.allocate import is_aligned


@pytest.mark.parametrize("dtype", [np.float64, np.int64, np.int32, np.uint32, np.uint8])
@pytest.mark.parametrize("shape", [0, 1, 7, (3, 5), 100_003])
def test_arrays_are_zero_contiguous_and_on_a_cache_line(shape, dtype):
    array = allocate(shape, dtype)
    assert array.shape == np.zeros(shape).shape and array.dtype == dtype
    assert array.flags.c_contiguous and array.flags.writeable
    assert is_aligned(array) and not array.any()


def test_two_arrays_share_no_memory():
    assert not np.shares_memory(allocate(10), allocate(10))
