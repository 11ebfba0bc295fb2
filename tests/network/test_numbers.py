"""Whole numbers that Python 3 makes floats of."""

import numpy as np
import pytest

from brian_nb import Connection, Network, NeuronGroup, SpikeMonitor, StateMonitor
from brian_nb.errors import ModelError, WiringError
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]


def test_sizes_and_ranges_may_be_floats_with_a_whole_value():
    N = 100
    G = NeuronGroup(N * 8 / 10, "x : 1")
    assert len(G) == 80
    assert len(G.subgroup(N / 2)) == 50
    part = G[N / 10 : 2 * N / 5]
    assert (part.first, part.size) == (10, 30)
    assert G[N / 4].first == 25


def test_neurons_and_pairs_may_be_named_by_floats_with_a_whole_value():
    N = 10
    G = NeuronGroup(N, "v : 1", threshold="v > 0.5", reset=0)
    trace, spikes = StateMonitor(G, "v", record=N * 8 / 10), SpikeMonitor(G)
    G.v = np.arange(N) / 8
    Network(G, trace, spikes).run(0.1 * ms)
    assert trace[N * 8 / 10].tolist() == [0]
    assert spikes[N / 2].tolist() == [0]
    for structure in ("sparse", "dense", "dynamic"):
        C = Connection(G, G, "v", structure=structure)
        C[N / 2, 3] = 2
        C[0, 4 / 2 : N / 2] = 1
        assert C[5, 3] == C.W[N / 2, 3] == 2
        assert C.W[0, 4 / 2 : N / 2].tolist() == [1, 1, 1]
        with pytest.raises(WiringError, match="no source neuron 2.5"):
            C[N / 4, 3]
    with pytest.raises(ModelError, match=r"record=2\.5 names no neurons"):
        StateMonitor(G, "v", record=N / 4)


def test_a_fraction_of_a_neuron_is_refused():
    with pytest.raises(ModelError, match="whole number"):
        NeuronGroup(2.5, "x : 1")


def test_a_network_prepares_itself_once_and_a_subclass_may_do_more():
    class Started(Network):
        def prepare(self):
            Network.prepare(self)
            self.reinit()

        def reinit(self, value=1):
            Network.reinit(self)
            self.groups[0].x = value

    G = NeuronGroup(1, "dx/dt = 1/ms : 1")
    network = Started(G)
    network.run(1 * ms)
    network.run(1 * ms)
    assert G.x[0] == pytest.approx(3)
    assert float(network.clock.t) == pytest.approx(2e-3)
    network.reinit(5)
    network.run(1 * ms)
    assert G.x[0] == pytest.approx(6)
