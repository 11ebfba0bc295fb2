"""Orders of the works of a step: what precedes the update sees the spikes of the last step."""

from itertools import permutations

import numpy as np
import pytest

from brian_nb import Connection, Network, NeuronGroup, SpikeMonitor, StateMonitor
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]
ORDERS = list(permutations(("groups", "connections", "resets")))


def build(order, threads, delay=0, refractory=0):
    """600 neurons that fire in steps 2, 5, 8, ..., and one that counts what it gets from them."""
    G = NeuronGroup(
        600,
        "dx/dt = 1/ms : 1",
        threshold="x > 0.25",
        reset="x = 0",
        refractory=refractory * 0.1 * ms,
    )
    H = NeuronGroup(1, "y : 1")
    C = Connection(G, H, "y", weight=1 / 600, delay=delay * 0.1 * ms)
    V, M = StateMonitor(G, "x", record=[0, 599]), SpikeMonitor(G)
    Y = StateMonitor(H, "y", record=True)
    network = Network(G, H, C, V, Y, M, threads=threads)
    network.set_update_schedule(order)
    return network, V, Y, M


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_spikes_are_reset_and_delivered_once_in_any_order(order, threads):
    network, V, Y, M = build(order, threads)
    network.run(0.5 * ms)
    network.run(0.6 * ms)
    is_reset_late = order.index("resets") < order.index("groups")
    is_sent_late = order.index("connections") < order.index("groups")
    x = [0.1, 0.2, 0.3] if is_reset_late else [0.1, 0.2, 0]
    assert np.allclose(V.values, np.tile(x, 4)[:11])
    arrivals = [(step - is_sent_late - 2) // 3 + 1 for step in range(11)]
    assert np.allclose(Y[0], arrivals)
    times = M.recording.times
    assert np.allclose(np.unique(times), [2e-4, 5e-4, 8e-4])
    assert M.nspikes == 1800


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_delays_and_refractoriness_are_as_long_in_any_order(order):
    network, V, Y, M = build(order, threads=1, delay=7, refractory=10)
    network.run(4 * ms)
    fired = np.array([2, 15, 28])
    assert np.allclose(np.unique(M.recording.times), fired * 1e-4)
    is_sent_late = order.index("connections") < order.index("groups")
    (arrived,) = np.nonzero(np.diff(Y[0]))
    assert (arrived + 1).tolist() == (fired + 7 + is_sent_late).tolist()
