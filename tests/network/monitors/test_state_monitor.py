"""State variables over time: what is recorded where, and statistics without records."""

import numpy as np
import pytest

from brian_nb import (
    Clock,
    EventClock,
    MultiStateMonitor,
    Network,
    NeuronGroup,
    RecentStateMonitor,
    SpikeMonitor,
    StateMonitor,
    get_default_clock,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS
from tests.network.monitors.conftest import DT, FIRST, LAST, N_STEPS

mV, ms, second = ALL_UNITS["mV"], ALL_UNITS["ms"], ALL_UNITS["second"]

COMPILED = 1e-12
"""Relative difference of results that plain Python and compiled code may round otherwise."""


def test_each_step_has_a_record(recorded):
    assert np.allclose(recorded.v.times, np.arange(N_STEPS) * DT)
    assert recorded.v.values.shape == (700, N_STEPS)
    assert np.array_equal(recorded.v.values[:, -1], recorded.G.v)
    assert np.array_equal(recorded.v.values_, recorded.v.getvalues())


def test_static_equations_with_the_time_are_recorded_every_so_many_steps(recorded):
    M = recorded.some
    steps = np.arange(0, N_STEPS, 7)
    assert np.allclose(M.times, steps * DT)
    for neuron in (3, 200, 7):
        v = recorded.v[FIRST + neuron][steps]
        assert np.allclose(M[neuron], 2 * v + 1e-3 * steps * DT / 1e-3, rtol=COMPILED)
    assert np.array_equal(M.values[1], M[200])


def test_statistics_are_those_of_all_values(recorded):
    M = recorded.statistics
    values = 2 * recorded.v.values[FIRST:LAST] + 1e-3 * np.arange(N_STEPS) * DT / 1e-3
    assert np.allclose(M.mean, values.mean(axis=1), rtol=1e-11)
    assert np.allclose(M.var, values.var(axis=1, ddof=1), rtol=1e-11)
    assert np.allclose(M.std, values.std(axis=1, ddof=1), rtol=1e-11)
    assert np.array_equal(M.mean_, M.mean)
    assert np.array_equal(M.var_, M.var)
    assert np.array_equal(M.std_, M.std)


def test_statistics_of_records_stand_at_the_number_of_their_neuron(recorded):
    M = recorded.some
    assert M.mean.shape == (LAST - FIRST,)
    assert np.flatnonzero(np.isfinite(M.mean)).tolist() == [3, 7, 200]
    assert M.mean[200] == pytest.approx(M[200].mean())
    assert M.var[7] == pytest.approx(M[7].var(ddof=1))
    assert M.std[3] == pytest.approx(M[3].std(ddof=1))


def test_a_large_mean_does_not_drown_a_small_variance():
    G = NeuronGroup(1, "x = 1e6 + sin(2*pi*t/(10*ms)) : 1")
    M = StateMonitor(G, "x")
    network = Network(M)
    network.run(0.3 * second)
    network.run(0.7 * second)
    n = 10_000
    assert M.mean[0] == pytest.approx(1e6, rel=1e-14)
    assert M.var[0] == pytest.approx(0.5 * n / (n - 1), rel=1e-6)


def test_before_there_are_two_values_a_variance_is_undefined():
    G = NeuronGroup(2, "x : 1")
    G.x = [1, 2]
    for record in (False, True):
        M = StateMonitor(G, "x", record=record)
        network = Network(M)
        assert np.isnan(M.mean).all()
        network.run(0.1 * ms)
        assert M.mean.tolist() == [1, 2]
        assert np.isnan(M.var).all()


@pytest.fixture
def decay():
    """Neurons whose variable falls to a tenth in each step, and starts at 1 and 2."""
    G = NeuronGroup(
        2,
        "dx/dt = -x/tau : 1\ntau : second\nn = 10*x : 1",
        threshold="x < 0.005",
        reset="x = 7",
    )
    G.x, G.tau = [1, 2], 0.1 / np.log(10) * ms
    return G


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("start", [1, 0.1, 0.01]),
        ("before_groups", [1, 0.1, 0.01]),
        ("after_groups", [0.1, 0.01, 0.001]),
        ("middle", [0.1, 0.01, 0.001]),
        ("before_connections", [0.1, 0.01, 0.001]),
        ("after_connections", [0.1, 0.01, 0.001]),
        ("before_resets", [0.1, 0.01, 0.001]),
        ("after_resets", [0.1, 0.01, 7]),
        ("end", [0.1, 0.01, 7]),
    ],
)
def test_a_place_in_the_step_may_be_chosen(decay, when, expected):
    M = StateMonitor(decay, "x", record=True, when=when)
    Network(M).run(0.3 * ms)
    assert M[0] == pytest.approx(expected)


def test_parameters_and_variables_may_be_named_by_their_number(decay):
    by_name, by_number = StateMonitor(decay, "tau", record=True), StateMonitor(decay, 1, record=0)
    Network(by_name, by_number).run(0.2 * ms)
    assert by_number.variable == "tau"
    assert np.array_equal(by_number[0], by_name[0])
    assert by_name[1] == pytest.approx([0.1e-3 / np.log(10)] * 2)


@pytest.mark.parametrize("record", [[1], 1, np.array([1]), range(1, 2), "True"])
def test_neurons_may_be_given_in_many_forms(decay, record):
    M = StateMonitor(decay, "x", record=record)
    Network(M).run(0.2 * ms)
    assert M[1] == pytest.approx([0.2, 0.02])


@pytest.mark.parametrize("threads", [1, 2])
def test_a_slower_clock_records_less_often(decay, threads):
    M = StateMonitor(decay, "n", EventClock(dt=0.3 * ms), True)
    slow = StateMonitor(decay, "x", clock=Clock(dt=0.5 * ms))
    Network(M, slow).run(1 * ms, threads=threads)
    assert M.times == pytest.approx([0, 3e-4, 6e-4, 9e-4])
    assert slow.recording.n_seen == 2


def test_without_a_clock_it_takes_the_default_clock_as_a_group_does():
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", clock=Clock(dt=0.05 * ms))
    M, own = StateMonitor(G, "x", record=0), StateMonitor(G, "x", record=0, clock=G.clock)
    assert M.clock is get_default_clock()
    Network(M, own).run(1 * ms)
    assert M.times == pytest.approx(np.arange(10) * 1e-4)
    assert own.times == pytest.approx(np.arange(20) * 5e-5)
    assert own[0] == pytest.approx(np.arange(1, 21) * 0.05)


def test_without_a_clock_it_takes_the_one_that_has_a_name():
    G = NeuronGroup(1, "dx/dt = 1/ms : 1")
    recording = Clock(dt=0.3 * ms)
    unnamed = StateMonitor(G, "x"), MultiStateMonitor(G), RecentStateMonitor(G, "x")
    assert [M.clock for M in unnamed] == [recording] * 3


def test_without_a_clock_it_takes_that_of_its_group_where_several_have_names():
    clocks = {"simulation": Clock(dt=0.05 * ms), "input": Clock(dt=10 * ms)}
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", clock=clocks["simulation"])
    assert StateMonitor(G[:1], "x").clock is clocks["simulation"]
    events = EventClock(dt=2 * ms)  # which nothing takes without naming it
    del clocks["input"]
    assert StateMonitor(G, "x").clock is clocks["simulation"] is not events


def test_clearing_begins_again(decay):
    kept, sums = StateMonitor(decay, "x", record=True), StateMonitor(decay, "x")
    network = Network(kept, sums)
    network.run(0.2 * ms)
    for M in (kept, sums):
        M.clear_recordings()
    assert len(kept.times) == 0
    network.run(0.1 * ms)
    assert kept.values.shape == (2, 1)
    assert np.array_equal(sums.mean, kept.values[:, 0])


@pytest.fixture
def spikers(make_pulses):
    """Network of neurons that fire in steps 2 and 6, and in step 5, and a monitor of the spikes."""
    network = make_pulses([2, 6], [5])
    network.S = SpikeMonitor(network.G)
    network.add(network.S)
    return network


def test_spikes_can_be_drawn_into_traces(spikers):
    M = StateMonitor(spikers.G, "x", record=[1, 0])
    spikers.add(M)
    spikers.run(1 * ms)
    M.insert_spikes(spikers.S, 40)
    assert np.flatnonzero(M[0] == 40).tolist() == [2, 6]
    assert np.flatnonzero(M[1] == 40).tolist() == [5]


def test_spikes_between_records_go_to_the_record_before(spikers):
    M = StateMonitor(spikers.G[1:], "x", record=True, timestep=4)
    part = SpikeMonitor(spikers.G[1:])
    spikers.add(M, part)
    spikers.run(1 * ms)
    M.insert_spikes(part, 40)
    assert M[0].tolist() == [0, 40, 0]
    M.insert_spikes(spikers.S, 0)
    assert M[0].tolist() == [0, 0, 0]


def test_spikes_drawn_into_traces_have_the_unit_of_the_variable():
    G = NeuronGroup(1, "v : volt", threshold="v > 1*mV")
    H = NeuronGroup(1, "v : volt", threshold="v > 1*mV")
    M = StateMonitor(G, "v", record=True)
    M.insert_spikes(SpikeMonitor(G), 20 * mV)
    with pytest.raises(DimensionMismatchError):
        M.insert_spikes(SpikeMonitor(G), 20)
    with pytest.raises(ModelError, match="records"):
        M.insert_spikes(SpikeMonitor(H), 20 * mV)
    with pytest.raises(ModelError, match="statistics only"):
        StateMonitor(G, "v").insert_spikes(SpikeMonitor(G), 20 * mV)
