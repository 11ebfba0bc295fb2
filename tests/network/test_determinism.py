"""The same seed gives the same spikes, however a run is cut, shared out or shown."""

import numpy as np
import pytest

from brian_nb import (
    Connection,
    Network,
    NeuronGroup,
    PoissonGroup,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    seed,
)
from brian_nb.units import ALL_UNITS

mV, ms, Hz = (ALL_UNITS[name] for name in ("mV", "ms", "Hz"))
N = 700


def build(delay=0 * ms, reference=False, extra_monitor=False):
    """A noisy network with Poisson input, recurrent synapses and refractoriness."""
    defaultclock.reinit()
    seed(11)
    tau, taus = 10 * ms, 5 * ms  # noqa: F841
    G = NeuronGroup(
        N,
        """
        dv/dt = (g-v)/tau + 3*mV*xi/tau**0.5 : volt
        dg/dt = -g/taus : volt
        """,
        threshold=10 * mV,
        reset="v = 2*mV*rand()",
        refractory=2 * ms,
    )
    P = PoissonGroup(300, rates=40 * Hz)
    C = Connection(P, G, "g", weight=2 * mV, sparseness=0.1)
    D = Connection(
        G, G, "v", weight=lambda i, j: 0.2 * mV * np.cos(j), sparseness=0.05, delay=delay
    )
    G.v = 10 * mV * np.random.rand(N)
    M = SpikeMonitor(G)
    objects = [G, P, C, D, M]
    if extra_monitor:
        objects.append(StateMonitor(G, "v", record=[3]))
    network = Network(*objects)
    network._reference = reference
    return network, M


def spikes(monitor):
    return np.stack([monitor.recording.neurons, np.rint(monitor.recording.times * 1e4)])


@pytest.fixture(scope="module", params=[0.0, 1.5])
def batch(request):
    network, monitor = build(request.param * ms)
    network.run(60 * ms)
    assert monitor.nspikes > 500
    return request.param * ms, spikes(monitor)


def test_ten_segments_give_the_spikes_of_one_run(batch):
    delay, expected = batch
    network, monitor = build(delay)
    for _ in range(10):
        network.run(6 * ms)
    assert np.array_equal(spikes(monitor), expected)


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_do_not_change_the_spikes(batch, threads):
    delay, expected = batch
    network, monitor = build(delay)
    network.run(60 * ms, threads=threads)
    assert np.array_equal(spikes(monitor), expected)


def test_threads_can_change_between_runs(batch):
    delay, expected = batch
    network, monitor = build(delay)
    network.run(20 * ms, threads=2)
    network.run(20 * ms, threads=1)
    network.run(20 * ms, threads=3)
    assert np.array_equal(spikes(monitor), expected)


def test_a_further_monitor_does_not_change_the_spikes(batch):
    delay, expected = batch
    network, monitor = build(delay, extra_monitor=True)
    network.run(60 * ms)
    assert np.array_equal(spikes(monitor), expected)


def test_a_restored_state_repeats_what_followed(batch):
    delay, expected = batch
    network, monitor = build(delay)
    network.run(20 * ms)
    state = network.store()
    network.run(40 * ms)
    monitor.clear_recordings()
    network.restore(state)
    network.run(40 * ms)
    later = expected[:, expected[1] >= 200]
    assert np.array_equal(spikes(monitor), later)


def test_plain_python_gives_the_spikes_of_compiled_code(batch):
    delay, expected = batch
    network, monitor = build(delay, reference=True)
    network.run(10 * ms)
    early = expected[:, expected[1] < 100]
    assert np.array_equal(spikes(monitor), early)


def test_another_seed_gives_other_spikes(batch):
    delay, expected = batch
    network, monitor = build(delay)
    network._seed = 12
    network.run(60 * ms)
    assert not np.array_equal(spikes(monitor), expected)
