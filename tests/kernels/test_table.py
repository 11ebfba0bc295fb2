import numpy as np
import pytest

from brian_nb.errors import SimulationError
from brian_nb.kernels import allocate, compile_reference
from brian_nb.kernels.source import find_slots

SOURCE = """
def advance(A, thread, n_threads):
    v = f64(A, 0)
    n = i64(A, 1)
    return n[0]
"""


def bind(first, second):
    return compile_reference(SOURCE)([first, second])


def test_slots_are_read_from_the_source():
    assert find_slots(SOURCE) == {0: np.dtype("f8"), 1: np.dtype("i8")}


def test_binding_one_array_with_two_types_is_an_error():
    with pytest.raises(SimulationError, match="array 0 is bound as float64 and as int64"):
        find_slots("v = f64(A, 0)\nw = i64(A, 0)")


@pytest.mark.parametrize(
    ("first", "message"),
    [
        (allocate(8)[1:], "64-byte boundary"),
        (allocate((4, 16))[:, :8], "not C-contiguous"),
        (allocate(8, np.int64), "holds int64, its source says float64"),
    ],
)
def test_an_array_that_code_cannot_work_on_is_refused(first, message):
    with pytest.raises(SimulationError, match=message):
        bind(first, allocate(1, np.int64))


def test_a_read_only_array_is_refused():
    array = allocate(8)
    array.flags.writeable = False
    with pytest.raises(SimulationError, match="read-only"):
        bind(array, allocate(1, np.int64))


def test_arrays_that_overlap_are_refused():
    whole = allocate(32)
    with pytest.raises(SimulationError, match="share memory"):
        bind(whole, whole[8:].view(np.int64))


def test_neighbouring_views_of_one_array_are_accepted():
    whole = allocate(32)
    assert bind(whole[:8], whole[8:].view(np.int64))() == 0


def test_a_missing_array_is_an_error():
    with pytest.raises(SimulationError, match="binds array 1 of a table with 1"):
        compile_reference(SOURCE)([allocate(1)])


def test_the_reference_refuses_an_index_outside_its_array():
    source = "def advance(A, thread, n_threads):\n    v = f64(A, 0)\n    v[-1] = 0.0\n    return 0"
    with pytest.raises(IndexError, match="index -1 of an array with 3 elements"):
        compile_reference(source)([allocate(3)])()
