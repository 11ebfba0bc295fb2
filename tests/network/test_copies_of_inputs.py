"""Copies and pickles of groups with inputs go on by themselves."""

import copy
import pickle

import numpy as np
import pytest

from brian_nb import (
    Clock,
    Network,
    NeuronGroup,
    PoissonGroup,
    SpikeGeneratorGroup,
    SpikeMonitor,
    TimedArray,
    linked_var,
    seed,
)
from brian_nb.correlatedspikes import HomogeneousCorrelatedSpikeTrains
from brian_nb.units import ALL_UNITS

ms, mV, Hz = (ALL_UNITS[name] for name in ("ms", "mV", "Hz"))


def wave(t):
    return 500 * Hz * (1 + np.sin(t * 100 * Hz))


def make_network():
    seed(1)
    clock = Clock()
    rng = np.random.default_rng(2)
    A = TimedArray(rng.normal(size=400), dt=0.1 * ms)
    S = SpikeGeneratorGroup(9, (rng.integers(0, 9, 500), rng.uniform(0, 0.04, 500)), clock=clock)
    G = NeuronGroup(9, "dv/dt = (A(t) + I - v)/ms : 1\nI : 1\nw : 1", clock=clock)
    G.I = TimedArray(rng.normal(size=(40, 9)), clock=Clock(dt=1 * ms))
    G.w = linked_var(G, "v")
    P = PoissonGroup(9, wave, clock=clock)
    H = HomogeneousCorrelatedSpikeTrains(9, 100 * Hz, 0.3, 5 * ms, clock=clock)
    monitors = [SpikeMonitor(group) for group in (S, P, H)]
    return Network(S, G, P, H, monitors), G, monitors


@pytest.mark.parametrize("how", [copy.deepcopy, lambda item: pickle.loads(pickle.dumps(item))])
def test_a_copy_does_what_the_original_does(how):
    network, G, monitors = make_network()
    network.run(17 * ms)
    other, H, others = how((network, G, monitors))
    network.run(20 * ms)
    before = G.v.copy(), G.w.copy(), [monitor.spikes for monitor in monitors]
    other.run(20 * ms)
    assert np.array_equal(H.v, before[0]) and np.array_equal(H.w, before[1])
    assert [monitor.spikes for monitor in others] == before[2]
    assert sum(map(len, before[2])) > 100
    assert np.array_equal(G.v, before[0])
