"""The same seed gives the same spikes, however a run is cut, shared out or shown."""

import numpy as np
import pytest

from brian_nb import (
    STDP,
    Connection,
    Network,
    NeuronGroup,
    PoissonGroup,
    SpikeGeneratorGroup,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    seed,
)
from brian_nb.network.streams import number_streams
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


# -- other objects -------------------------------------------------------------------------


def make_noisy(n=50):
    return NeuronGroup(n, "dv/dt = -v/(10*ms) + xi/ms**0.5 : 1", threshold=1, reset=0)


def run_beside(*make_others, later=False):
    """Values of noisy neurons and their random weights after a run beside objects made before."""
    defaultclock.reinit()
    seed(5)
    others = [make() for make in make_others]
    G = make_noisy()
    C = Connection(G, G, "v", weight=0.1, sparseness=0.1)
    rule = STDP(C, "da/dt = -a/ms : 1", pre="w += 0.01*rand()", post="", wmax=10)
    network = Network(*(() if later else others), G, C, rule)
    network._seed = 3
    network.run(2 * ms)
    if later:
        network.add(*others)
    network.run(2 * ms)
    return np.concatenate([G.v, C.W.todense().ravel()])


def make_decay():
    return NeuronGroup(3, "dx/dt = -x/ms : 1", threshold=1, reset=0)


def make_generator():
    return SpikeGeneratorGroup(2, [(0, 1 * ms)])


def test_objects_that_draw_nothing_change_no_random_numbers():
    expected = run_beside()
    assert np.array_equal(run_beside(make_decay, make_generator), expected)
    assert np.array_equal(run_beside(make_generator, later=True), expected)


def test_what_is_added_between_runs_changes_no_random_numbers_of_those_that_go_on():
    assert np.array_equal(run_beside(make_noisy, later=True), run_beside())
    assert not np.array_equal(run_beside(make_noisy), run_beside())


def test_each_group_has_numbers_of_its_own():
    groups = [make_noisy() for _ in range(3)]
    Network(*groups).run(1 * ms)
    values = np.concatenate([group.v for group in groups])
    values = values[values != 0]  # those that were not reset
    assert len(np.unique(values)) == len(values) > 100


def test_numbers_are_kept_and_others_get_the_lowest_that_are_free():
    first = number_streams(["a", "b", "c"], {})
    assert first == {"a": 0, "b": 1, "c": 2}
    assert number_streams(["d", "c", "e", "a"], first) == {"a": 0, "c": 2, "d": 1, "e": 3}
