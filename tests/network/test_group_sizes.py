"""Groups of every size compute the same: neurons at the end, and those that lie behind it."""

import numpy as np
import pytest

from brian_nb import Network, NeuronGroup, SpikeMonitor, defaultclock, ms

MOST = 300
EQS = """
dv/dt = (a - v*exp(-w))/(5*ms) : 1
dw/dt = (v**2 - w)/(20*ms) : 1
a : 1
"""


def run(size, refractory=0 * ms, **keywords):
    """Final values float64[3, size] and spikes of the first neurons among 300 different ones."""
    defaultclock.reinit()
    group = NeuronGroup(size, EQS, threshold=0.1, reset=-2.0, refractory=refractory)
    group.v = -2
    group.a = np.linspace(0.8, 0.2, MOST)[:size]
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(30 * ms, **keywords)
    return np.array([group.v, group.w, group.a]), monitor.spikes


@pytest.fixture(scope="module")
def expected():
    return run(MOST)


@pytest.mark.parametrize("size", [*range(1, 10), 15, 17, 255, 256, 257, 263])
def test_a_neuron_does_not_see_how_many_others_there_are(size, expected):
    values, spikes = run(size)
    np.testing.assert_allclose(values, expected[0][:, :size], rtol=1e-13)
    assert spikes == [spike for spike in expected[1] if spike[0] < size]
    assert len(spikes) > size


@pytest.mark.parametrize("size", [1, 3, 8, 259])
@pytest.mark.parametrize("refractory", [0 * ms, 3 * ms])
def test_threads_share_groups_that_do_not_fill_their_lines(size, refractory):
    alone, shared = run(size, refractory), run(size, refractory, threads=2)
    np.testing.assert_allclose(alone[0], shared[0], rtol=1e-13)
    assert alone[1] == shared[1]


def test_what_lies_behind_the_last_neuron_never_fires():
    group = NeuronGroup(3, "dx/dt = -x/(10*ms) : 1", threshold="x > -1", reset="x = -9")
    group.x = -9
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(1 * ms)
    assert monitor.nspikes == 0
