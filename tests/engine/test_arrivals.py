"""What is on its way survives everything that changes the room it waits in."""

import copy
import pickle

import numpy as np
import pytest

from brian_nb.engine.arrivals import MAX_SUMS, Arrivals
from brian_nb.errors import SimulationError

DT = 1e-4


@pytest.fixture
def arrivals():
    """Three targets from number 10 on; amounts come in steps 0, 4 and 9."""
    made = Arrivals(10, 3)
    made.fit(9, DT, 1)
    made.add(np.array([10, 12, 12, 11]), np.array([0, 4, 4, 9]), np.array([1.0, 2.0, 3.0, 4.0]))
    return made


def coming(arrivals):
    """Non-zero sums as a dictionary of (step, target)."""
    sums = arrivals.find_sums()
    return {(int(k), int(j)): sums[k, j] for k, j in np.argwhere(sums)}


EXPECTED = {(0, 0): 1.0, (4, 2): 5.0, (9, 1): 4.0}


def test_amounts_for_one_target_and_step_add_up(arrivals):
    assert coming(arrivals) == EXPECTED


@pytest.mark.parametrize("n_threads", [2, 3])
def test_more_room_and_other_threads_keep_what_comes(arrivals, n_threads):
    arrivals.fit(50, DT, n_threads)
    assert coming(arrivals) == EXPECTED and arrivals.n_slots == 51


def test_a_shorter_delay_changes_nothing(arrivals):
    sums = arrivals.sums
    arrivals.fit(2, DT, 1)
    assert arrivals.sums is sums


def test_another_time_step_keeps_the_times(arrivals):
    arrivals.fit(2, DT / 2, 1)
    assert coming(arrivals) == {(0, 0): 1.0, (8, 2): 5.0, (18, 1): 4.0}
    arrivals.fit(2, DT * 4, 1)
    assert coming(arrivals) == {(0, 0): 1.0, (1, 2): 5.0, (2, 1): 4.0}


def test_the_first_slot_moves_on(arrivals):
    arrivals.head = 3
    assert coming(arrivals) == {(7, 0): 1.0, (1, 2): 5.0, (6, 1): 4.0}
    arrivals.add(np.array([11]), np.array([8]), np.array([7.0]))
    assert coming(arrivals)[8, 1] == 7.0


def test_lists_are_part_of_what_comes(arrivals):
    arrivals.forget()
    list_, room = 4, arrivals.room
    arrivals.counts[list_] = 2
    arrivals.targets[list_ * room : list_ * room + 2] = 11, 11
    arrivals.amounts[list_ * room : list_ * room + 2] = 1.0, 2.0
    assert coming(arrivals) == {(4, 1): 3.0}
    arrivals.save()
    arrivals.counts[:] = 0
    arrivals.sums[:] = 5
    arrivals.restore()
    assert coming(arrivals) == {(4, 1): 3.0}


def test_a_snapshot_brings_back_what_came_and_the_room_for_it(arrivals):
    state = arrivals.take_snapshot()
    arrivals.fit(99, DT * 3, 2)
    arrivals.forget()
    assert not coming(arrivals)
    arrivals.put_back(state)
    assert coming(arrivals) == EXPECTED and (arrivals.n_slots, arrivals.dt) == (10, DT)


@pytest.mark.parametrize("twin_of", [copy.deepcopy, lambda a: pickle.loads(pickle.dumps(a))])
def test_copies_lie_where_compiled_code_wants_them(arrivals, twin_of):
    twin = twin_of(arrivals)
    assert coming(twin) == EXPECTED
    for array in (twin.sums, twin.counts, twin.targets, twin.amounts):
        assert array.ctypes.data % 64 == 0


def test_too_long_a_delay_is_refused():
    arrivals = Arrivals(0, 1 << 20)
    with pytest.raises(SimulationError, match="memory"):
        arrivals.fit(MAX_SUMS >> 20, DT, 1)
