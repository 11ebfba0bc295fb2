"""State that outlives runs: the spike ring, time, snapshots."""

import numpy as np
import pytest

from brian_nb.engine import PopulationState, SynapseState, TimeBase, revision
from brian_nb.engine.loop import Pace, run_segments


def put(state, step, neurons):
    state._put_spikes(step, np.array(neurons))


@pytest.mark.parametrize("n_threads", [1, 2, 5])
def test_spikes_in_flight_survive_a_longer_ring_and_other_threads(n_threads):
    state = PopulationState(2000, ["v"], {})
    state.fit_ring(3, 1, 0)
    for step in range(10):
        put(state, step, [step, 300 + step, 1900 + step])
    state.fit_ring(30, n_threads, 10)
    for step in range(6, 10):
        assert state.spikes_at(step).tolist() == [step, 300 + step, 1900 + step]
    assert state.ring >= 30


def test_a_shorter_delay_keeps_the_ring():
    state = PopulationState(10, ["v"], {})
    state.fit_ring(20, 1, 0)
    ring = state.ring
    state.fit_ring(0, 1, 5)
    assert state.ring == ring


def test_arrays_begin_on_cache_lines():
    state = PopulationState(3, ["v", "w"], {})
    synapses = SynapseState(np.array([0, 1, 2]), np.array([1, 0]), np.array([0.5, 0.7]), 1.0)
    for array in (*state.variables.values(), synapses.targets, synapses.weights):
        assert array.ctypes.data % 64 == 0


def test_time_goes_on_when_the_step_changes():
    time = TimeBase(dt=0.1e-3)
    time.step = 50
    time.set_dt(0.2e-3)
    assert time.t == pytest.approx(5e-3, abs=1e-15)
    time.step += 10
    assert time.t == pytest.approx(7e-3, abs=1e-15)


def test_steps_of_a_duration_are_counted_without_rounding_errors():
    assert TimeBase(dt=0.1e-3).steps_in(1.0) == 10_000
    assert TimeBase(dt=0.05e-3).steps_in(0.1) == 2_000


def test_every_change_of_constants_counts():
    constants = PopulationState(1, [], {"a": 1.0}).constants
    for change in (lambda: constants.update(a=2.0), lambda: constants.__setitem__("a", 3.0)):
        before = revision.number
        change()
        assert revision.number > before


def test_segments_last_longer_where_the_copy_of_the_state_does():
    pace = Pace(wall=0.02, steps=10)
    pace.allow_for(0.005)
    assert pace.wall == pytest.approx(0.1)
    pace.learn(10, 0.05)
    assert pace.steps == 20
    for _ in range(12):
        pace.allow_for(3.0)
    assert pace.wall == 0.5
    pace.allow_for(1e-5)
    assert pace.wall == 0.02


def test_one_slow_copy_changes_little():
    pace = Pace(wall=0.02)
    pace.allow_for(0.002)
    pace.allow_for(1.0)
    assert pace.wall == pytest.approx(0.08)
    pace.allow_for(0.002)
    assert pace.wall == pytest.approx(0.04)


class CountingSimulation:
    """Does nothing but count steps."""

    def __init__(self):
        self.segments = []
        self.pace = Pace()

    def advance(self, n_steps):
        self.segments.append(n_steps)


def test_segments_add_up_to_the_steps_asked_for():
    simulation = CountingSimulation()
    assert run_segments(simulation, 1000, pace=Pace(wall=1e-9, steps=64)) == 1000
    assert sum(simulation.segments) == 1000


def test_a_run_ends_when_it_is_told_to_between_segments():
    simulation = CountingSimulation()
    answers = iter([True, True, False])
    done = run_segments(simulation, 10**9, before=lambda: next(answers))
    assert done == sum(simulation.segments)
    assert len(simulation.segments) == 2


def test_pace_grows_at_most_eightfold():
    pace = Pace(wall=0.02, steps=64)
    pace.learn(64, 1e-9)
    assert pace.steps == 512
    pace.learn(512, 1.0)
    assert pace.steps == 10
