"""The state of rules at synapses: values that wait for an event, columns, delays, factors."""

import copy
import pickle

import numpy as np
import pytest

from brian_nb.engine import (
    ModulationState,
    PlasticityState,
    PopulationState,
    SynapseState,
    TimeBase,
    TraceState,
    synapse_table,
)
from brian_nb.equations.expressions import Binary, Call, Name
from brian_nb.numerics import ELAPSED

FLOWS = (("x", Binary("*", Name("x"), Call("exp", (Binary("*", Name("m"), ELAPSED),)))),)


def make_traces(size=3):
    state, time = TraceState(size, ["x", "p"], {"m": -50.0}), TimeBase(dt=1e-4)
    state.follow(FLOWS, time)
    return state, time


def advance(state, time, n_steps):
    """What compiled code does in steps without events."""
    time.step += n_steps
    state.known_to[0] = time.t - time.dt


def test_values_are_solved_up_to_the_present_and_kept_as_they_are():
    state, time = make_traces()
    state.variables["x"][:] = [1, 2, 3]
    advance(state, time, 100)
    expected = np.array([1, 2, 3]) * np.exp(-50 * 0.01)
    assert np.allclose(state.present()["x"], expected, rtol=1e-14)
    assert state.variables["x"].tolist() == [1, 2, 3]
    state.settle()
    assert np.allclose(state.variables["x"], expected, rtol=1e-14)


def test_other_constants_leave_the_past_as_it_was():
    state, time = make_traces()
    state.variables["x"][:] = 1
    advance(state, time, 100)
    state.constants["m"] = -1000.0
    assert np.allclose(state.present()["x"], np.exp(-0.5), rtol=1e-14)
    state.follow(FLOWS, time)
    advance(state, time, 10)
    assert np.allclose(state.present()["x"], np.exp(-0.5 - 1.0), rtol=1e-14)


@pytest.mark.parametrize("change", ["set_dt", "set_t", "reset"])
def test_a_jump_in_time_is_no_time_that_passes(change):
    state, time = make_traces()
    state.variables["x"][:] = 1
    advance(state, time, 100)
    {"set_dt": lambda: time.set_dt(5e-4), "set_t": lambda: time.set_t(9.0), "reset": time.reset}[
        change
    ]()
    state.follow(FLOWS, time)
    assert np.allclose(state.present()["x"], np.exp(-0.5), rtol=1e-13)
    advance(state, time, 20)
    assert np.allclose(state.present()["x"], np.exp(-0.5 - 50 * 20 * time.dt), rtol=1e-12)


def test_what_becomes_stepped_goes_on_from_the_present_value():
    state, time = make_traces()
    state.variables["x"][:] = 1
    advance(state, time, 100)
    state.follow((), time)
    assert np.allclose(state.variables["x"], np.exp(-0.5), rtol=1e-14)
    advance(state, time, 100)
    assert np.allclose(state.present()["x"], np.exp(-0.5), rtol=1e-14)


def make_synapses(pairs, n_source=4, n_target=6, first=0, delays=None):
    pairs = np.array(sorted(pairs))
    rows = np.searchsorted(pairs[:, 0], np.arange(n_source + 1))
    weights = np.arange(1.0, len(pairs) + 1)
    return SynapseState(
        rows, pairs[:, 1] + first, weights, target_first=first, target_size=n_target, delays=delays
    )


PAIRS = [(0, 1), (0, 5), (1, 1), (1, 2), (3, 0), (3, 1)]


def test_values_follow_their_synapses():
    state, time = make_traces()
    state.fit_synapses(make_synapses(PAIRS))
    assert state.size == 6
    state.variables["p"][:] = np.arange(6)
    state.fit_synapses(make_synapses([(0, 5), (1, 1), (1, 4), (3, 1)], first=10))
    assert state.variables["p"].tolist() == [1, 2, 0, 5]
    state.fit_synapses(make_synapses([(2, 2)]))
    assert state.variables["p"].tolist() == [0]


def test_values_of_synapses_have_no_room_for_what_only_neurons_that_fire_need():
    state, _ = make_traces(size=1000)
    state.fit_ring(5, 1, 0)
    small = state.until, state.silent_until, state.held
    assert [len(array) for array in small] == [1, 1, 1]
    assert len(state.spikes) == state.ring
    assert state.spikes_at(0).size == 0


def test_columns_list_the_synapses_of_each_target():
    synapses = make_synapses(PAIRS, first=20)
    starts, sources, places = synapses.find_columns()
    found = [
        (int(sources[m]), j, int(places[m])) for j in range(6) for m in range(*starts[j : j + 2])
    ]
    assert found == [(3, 0, 4), (0, 1, 0), (1, 1, 2), (3, 1, 5), (1, 2, 3), (0, 5, 1)]


def test_rules_and_matrices_share_one_index_of_columns_in_32_bits():
    synapses = make_synapses(PAIRS)
    index = synapses.column_starts, synapses.column_sources, synapses.column_places
    assert [array.dtype for array in index] == [np.int64, np.uint32, np.uint32]
    assert all(map(np.shares_memory, index, synapses.find_columns()))


def test_more_synapses_than_32_bits_number_are_indexed_but_take_no_rule(monkeypatch):
    synapses = make_synapses(PAIRS)
    monkeypatch.setattr(synapse_table, "MOST_NUMBERED", 5)
    assert synapses.column_places.dtype == np.int64
    assert synapses.column_places.tolist() == [4, 0, 2, 5, 3, 1]


@pytest.mark.parametrize(
    ("pre", "post", "expected"),
    [
        (None, None, (50, 0)),
        (None, 1e-3, (40, 10)),
        (2e-3, None, (20, 30)),
        (2e-3, 7e-3, (20, 70)),
    ],
)
def test_delays_are_those_given_or_what_is_left(pre, post, expected):
    state, synapses, time = PlasticityState({}), make_synapses(PAIRS), TimeBase(dt=1e-4)
    synapses.delay = 5e-3
    state.pre_delay, state.post_delay = pre, post
    state.fit(synapses, time, time)
    assert (state.pre_delay_steps, state.post_delay_steps) == expected


def test_different_delays_are_sorted_within_each_row():
    delays = np.array([3, 1, 2, 2, 9, 1]) * 1e-4
    state, time = PlasticityState({}, scattered=True), TimeBase(dt=1e-4)
    state.fit(make_synapses(PAIRS, delays=delays), time, time)
    assert state.lags[: state.n_lags].tolist() == [1, 2, 3, 9]
    assert state.lag_keys.tolist() == [1, 3, 2, 2, 1, 9]
    assert state.lag_places.tolist() == [1, 0, 2, 3, 5, 4]
    assert state.pre_delay_steps == 9


def test_factors_on_their_way_survive_another_ring():
    state, spikes = ModulationState(), PopulationState(2, [], {})
    spikes.fit_ring(3, 1, 0)
    state.fit_ring(spikes, 0, 2, 0)
    for step in range(23):
        state.factors.reshape(5, 2)[step % 5] = step
    spikes.fit_ring(7, 1, 23)
    state.fit_ring(spikes, 0, 2, 23)
    for step in range(19, 23):
        assert state.factors.reshape(9, 2)[step % 9].tolist() == [step, step]


@pytest.mark.parametrize("clone", [copy.deepcopy, lambda item: pickle.loads(pickle.dumps(item))])
def test_copies_have_arrays_where_compiled_code_wants_them(clone):
    traces, _ = make_traces()
    state = PlasticityState({"a": 1.0})
    synapses = make_synapses(PAIRS)
    synapses.find_columns()
    for item in (clone(traces), clone(state), clone(synapses)):
        arrays = [
            value for value in vars(item).values() if isinstance(value, np.ndarray) and value.size
        ]
        assert arrays
        assert all(array.ctypes.data % 64 == 0 for array in arrays)
