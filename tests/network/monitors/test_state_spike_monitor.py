"""Values at the spikes are those that crossed the threshold."""

import numpy as np
import pytest

from brian_nb import Network, NeuronGroup, SpikeMonitor, StateMonitor, StateSpikeMonitor
from brian_nb.errors import UnknownNameError
from brian_nb.units import ALL_UNITS
from tests.network.monitors.conftest import FIRST

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]


def test_each_spike_has_the_values_that_crossed_the_threshold(recorded):
    M = recorded.states
    neurons, times, values = M.recording.read_all()
    assert np.array_equal(neurons, recorded.part.recording.neurons)
    assert np.array_equal(times, recorded.part.recording.times)
    v, u, drive = values.T
    assert v.min() > 10e-3
    assert v.max() < 20e-3
    assert np.allclose(u, 2 * v + 1e-3 * times / 1e-3, rtol=1e-12)
    assert np.array_equal(drive, recorded.S.drive[neurons])


def test_spikes_are_tuples_of_neuron_time_and_values(recorded):
    M = recorded.states
    i, t, v, u, drive = M.spikes[100]
    assert (i, t) == recorded.part.spikes[100]
    assert (v, u) == (M.values("v")[100], M.values("u")[100])
    assert drive == recorded.G.drive[FIRST + i]
    assert M.nspikes == len(M.spikes)


def test_times_and_values_of_one_neuron(recorded, trains):
    M = recorded.states
    assert np.rint(M.times(7) * 1e4).tolist() == trains[7].tolist()
    assert len(M.values("v", 7)) == len(trains[7])
    chosen = recorded.part.recording.neurons == 7
    assert np.array_equal(M.values("u", 7), M.values("u")[chosen])
    assert len(M.times()) == M.nspikes


def test_neither_resets_nor_arriving_spikes_are_seen():
    G = NeuronGroup(2, "v : volt", threshold="v > 10*mV", reset="v = 0*mV")
    G.v = [11e-3, 12e-3]
    M = StateSpikeMonitor(G, "v")
    seen = StateMonitor(G, "v", record=True, when="after_groups")
    network = Network(M, seen)
    network.update_schedule_groups_resets_connections()
    network.run(1 * ms)
    assert M.spikes == [(0, 0.0, 11e-3), (1, 0.0, 12e-3)]
    assert np.array_equal(seen.values[:, 0], [11e-3, 12e-3])


def test_a_variable_may_be_given_by_its_number():
    G = NeuronGroup(1, "dw/dt = -w/(1*ms) : 1\ndv/dt = 1*mV/ms : volt", threshold="v > 2.05*mV")
    M = StateSpikeMonitor(G, (0, 1))  # the membrane variable comes first
    Network(M).run(2.2 * ms)
    assert M.variables == ("v", "w")
    assert M.values(0)[0] == pytest.approx(2.1e-3)


class Seldom(StateSpikeMonitor):
    """Records every second call."""

    n_calls = 0

    def propagate(self, spikes):
        self.n_calls += 1
        super().propagate(spikes[: self.n_calls % 2])


def test_a_class_may_choose_the_spikes_it_records():
    G = NeuronGroup(2, "v : 1\nw : 1", threshold="v > 0")
    G.v, G.w = 1, [5, 6]
    M, all_spikes = Seldom(G, ("v", "w")), SpikeMonitor(G)
    Network(M, all_spikes).run(0.4 * ms)
    assert all_spikes.nspikes == 8
    assert M.spikes == [(0, 0.0, 1.0, 5.0), (0, pytest.approx(2e-4), 1.0, 5.0)]


def test_trimming_keeps_spikes_and_values_together(recorded):
    M = recorded.states
    wanted = M.spikes[-20:]
    recording = M.recording.__class__(3)
    recording.__setstate__(M.recording.__getstate__())
    recording.keep_last(20)
    neurons, _, values = recording.read_all()
    assert [item[0] for item in wanted] == neurons.tolist()
    assert [item[2] for item in wanted] == values[:, 0].tolist()
    assert recording.record_bytes == 12 + 3 * 8
    assert M.nspikes > 500


def test_an_unknown_variable_is_refused(recorded):
    with pytest.raises(UnknownNameError, match="v, drive, u"):
        StateSpikeMonitor(recorded.S, "w")
    M = StateSpikeMonitor(recorded.S, "u")
    with pytest.raises(UnknownNameError, match="does not record 'v'"):
        M.values("v")
