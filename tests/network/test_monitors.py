"""Monitors record what happens, at the times that the manual states."""

import numpy as np
import pytest

from brian_nb import (
    Network,
    NeuronGroup,
    PoissonGroup,
    PopulationRateMonitor,
    SpikeMonitor,
    StateMonitor,
    seed,
)
from brian_nb.errors import BrianError, ModelError, UnknownNameError
from brian_nb.units import ALL_UNITS

mV, ms, second, Hz = (ALL_UNITS[name] for name in ("mV", "ms", "second", "Hz"))


@pytest.fixture
def ramp():
    """Three neurons that climb by 1, 2 and 3 per 10 ms and fire at 1."""
    G = NeuronGroup(3, "dx/dt = slope/(10*ms) : 1\nslope : 1", threshold="x > 0.999", reset="x = 0")
    G.slope = [1, 2, 3]
    return G


def test_spikes_bear_the_start_of_their_step(ramp):
    M = SpikeMonitor(ramp)
    Network(ramp, M).run(10 * ms)
    assert M[0] == pytest.approx([9.9e-3])
    assert M[1] == pytest.approx([4.9e-3, 9.9e-3])
    assert M.nspikes == 1 + 2 + len(M[2])
    assert M.spikes == sorted(M.spikes, key=lambda pair: pair[1])
    assert M.spiketimes[2] == pytest.approx(M[2])


def test_a_threshold_met_from_the_start_fires_at_time_zero():
    G = NeuronGroup(1, "v : 1", threshold="v >= 1", reset="v = 0")
    G.v = 1
    M = SpikeMonitor(G)
    Network(M).run(1 * ms)
    assert M.spikes == [(0, 0.0)]


def test_monitor_of_a_subgroup_counts_its_own_neurons(ramp):
    M = SpikeMonitor(ramp[1:])
    Network(M).run(10 * ms)
    assert len(M[0]) == 2
    assert len(M[1]) == 3 or len(M[1]) == 2


def test_counting_only_keeps_no_spikes(ramp):
    M = SpikeMonitor(ramp, record=False)
    Network(M).run(20 * ms)
    assert M.nspikes > 6
    assert M.spikes == []


def test_more_spikes_than_a_buffer_holds_are_all_kept():
    G = NeuronGroup(500, "x : 1", threshold="x > 0", reset="x = 1")
    G.x = 1
    M = SpikeMonitor(G)
    Network(M).run(20 * ms)
    assert M.nspikes == 500 * 200
    assert np.array_equal(M.recording.neurons, np.tile(np.arange(500), 200))


def test_states_are_recorded_after_update_and_reset(ramp):
    M = StateMonitor(ramp, "x", record=[0, 2])
    Network(M).run(10 * ms)
    assert M.times[:3] == pytest.approx([0, 1e-4, 2e-4])
    assert M[0][0] == pytest.approx(0.01)
    assert M[0][-1] == 0
    assert M.values.shape == (2, 100)
    with pytest.raises(IndexError):
        M[1]


def test_before_the_resets_the_peak_is_seen(ramp):
    M = StateMonitor(ramp, "x", record=True, when="before_resets")
    Network(M).run(10 * ms)
    assert M[0].max() == pytest.approx(1)


def test_every_so_many_steps_across_several_runs(ramp):
    M = StateMonitor(ramp, "x", record=0, timestep=7)
    network = Network(M)
    for _ in range(5):
        network.run(3 * ms)
    assert M.times == pytest.approx(np.arange(0, 150, 7) * 1e-4)


def test_static_equations_can_be_recorded():
    G = NeuronGroup(2, "dv/dt = -v/(5*ms) : volt\nu = 2*v + 1*mV : volt")
    G.v = [1e-3, 2e-3]
    M, N = StateMonitor(G, "u", record=True), StateMonitor(G, "v", record=True)
    Network(M, N).run(3 * ms)
    assert np.allclose(M.values, 2 * N.values + 1e-3, rtol=1e-12)


def test_statistics_equal_those_of_the_whole_record(ramp):
    M, whole = StateMonitor(ramp, "x"), StateMonitor(ramp, "x", record=True)
    network = Network(M, whole)
    network.run(13 * ms)
    network.run(31 * ms)
    assert np.allclose(M.mean, whole.values.mean(axis=1), rtol=1e-12)
    assert np.allclose(M.var, whole.values.var(axis=1, ddof=1), rtol=1e-10)
    assert np.allclose(M.std, whole.values.std(axis=1, ddof=1), rtol=1e-10)
    with pytest.raises(ModelError, match="statistics only"):
        _ = M.values


def test_records_longer_than_a_buffer_are_whole():
    G = NeuronGroup(1, "dx/dt = 1/(1*second) : 1")
    M = StateMonitor(G, "x", record=True)
    Network(M).run(20 * second)
    assert len(M.times) == 200_000
    assert np.allclose(np.diff(M[0]), 1e-4, rtol=1e-6)


def test_rates_are_per_neuron_and_bin(ramp):
    M = PopulationRateMonitor(ramp, bin=10 * ms)
    S = SpikeMonitor(ramp)
    Network(M, S).run(35 * ms)
    assert M.times == pytest.approx([0, 0.01, 0.02, 0.03])
    counts = np.histogram(S.recording.times, [0, 0.00999, 0.01999, 0.02999, 0.035])[0]
    assert M.rate == pytest.approx(counts / 3 / np.array([0.01, 0.01, 0.01, 0.005]))


def test_smoothing_keeps_the_mean_rate():
    seed(2)
    P = PoissonGroup(500, rates=50 * Hz)
    M = PopulationRateMonitor(P)
    Network(M).run(1 * second)
    for kind in ("gaussian", "flat"):
        smooth = M.smooth_rate(width=5 * ms, filter=kind)
        assert smooth[200:-200].mean() == pytest.approx(M.rate[200:-200].mean(), rel=0.01)
        assert smooth[200:-200].std() < 0.3 * M.rate.std()


def test_poisson_neurons_fire_with_their_rates_and_as_poisson_processes():
    seed(8)
    rates = np.linspace(10, 100, 300)
    P = PoissonGroup(300, rates=rates)
    M = SpikeMonitor(P)
    Network(M).run(20 * second)
    counts = np.bincount(M.recording.neurons, minlength=300)
    expected = rates * 20
    z = (counts - expected) / np.sqrt(expected * (1 - rates * 1e-4))
    assert abs(z.mean()) < 5 / np.sqrt(300)
    assert abs(z.var() - 1) < 5 * np.sqrt(2 / 300)


def test_a_rate_changed_between_runs_acts_in_the_next():
    seed(8)
    P = PoissonGroup(1000, rates=100 * Hz)
    M = SpikeMonitor(P)
    network = Network(M)
    network.run(100 * ms)
    before = M.nspikes
    P.rate = 0 * Hz
    network.run(100 * ms)
    assert M.nspikes == before > 9000


def test_negative_rates_are_refused():
    with pytest.raises(ModelError, match="negative"):
        PoissonGroup(3, rates=[-1, 0, 1])


@pytest.mark.parametrize(
    "make",
    [
        lambda G: StateMonitor(G, "z"),
        lambda G: StateMonitor(G, "x", record=[5]),
        lambda G: StateMonitor(G, "x", when="noon"),
        lambda G: StateMonitor(G, "x", timestep=0),
        lambda G: SpikeMonitor(NeuronGroup(1, "v : 1")),
        lambda G: PopulationRateMonitor(G, bin=0 * ms),
    ],
)
def test_a_wrong_monitor_is_refused(ramp, make):
    with pytest.raises(BrianError):
        make(ramp)


def test_an_unknown_variable_is_answered_with_those_that_exist(ramp):
    with pytest.raises(UnknownNameError, match="x, slope"):
        StateMonitor(ramp, "z")


def test_two_networks_that_take_turns_with_a_group_each_record_their_own_time(ramp):
    first, second = StateMonitor(ramp, "x", record=0), StateMonitor(ramp, "x", record=0)
    one, other = Network(first), Network(second)
    for network in (one, other, one, other):
        network.run(1 * ms)
    assert first.times == pytest.approx(np.r_[0:10, 20:30] * 1e-4)
    assert second.times == pytest.approx(np.r_[10:20, 30:40] * 1e-4)
