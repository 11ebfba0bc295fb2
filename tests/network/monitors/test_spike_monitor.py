"""Every spike: delays, functions, classes of the user's own."""

import numpy as np
import pytest

from brian_nb import Network, PopulationSpikeCounter, SpikeMonitor, StateMonitor, defaultclock
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS
from tests.network.monitors.conftest import DT, FIRST, LAST, N_STEPS, build

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]


@pytest.fixture(scope="session")
def plain_spikes():
    """What the network of all monitors fires, in the plainest of all ways."""
    parts = build()
    Network(parts.G, parts.C, parts.spikes).run(N_STEPS * DT * 1e3 * ms)
    return parts.spikes.recording.read()


def test_the_spikes_are_the_same_in_all_ways(recorded, plain_spikes):
    neurons, times = recorded.spikes.recording.read()
    same = times < times[-1] + DT / 2
    assert len(times) > 2000
    assert np.array_equal(neurons, plain_spikes[0][same])
    assert np.allclose(times, plain_spikes[1][same], rtol=1e-13)


def test_a_subgroup_counts_from_its_first_neuron(recorded):
    neurons, times = recorded.spikes.recording.read()
    inside = (neurons >= FIRST) & (neurons < LAST)
    part = recorded.part.recording.read()
    assert np.array_equal(part[0], neurons[inside] - FIRST)
    assert np.array_equal(part[1], times[inside])


def test_a_delay_shifts_spikes_to_their_arrival(recorded):
    neurons, times = recorded.spikes.recording.read()
    arrived = times + 2e-3 < N_STEPS * DT - DT / 2
    late = recorded.late.recording.read()
    assert np.array_equal(late[0], neurons[arrived])
    assert np.allclose(late[1], times[arrived] + 2e-3, rtol=1e-12)
    assert recorded.late_population.nspikes == np.count_nonzero(arrived)


def test_spikes_on_their_way_are_recorded_in_the_next_run(make_pulses):
    network = make_pulses([3, 15])
    late, population = (
        SpikeMonitor(network.G, delay=2 * ms),
        PopulationSpikeCounter(network.G, delay=2 * ms),
    )
    network.add(late, population)
    for _ in range(4):
        network.run(1 * ms)
    assert late[0] == pytest.approx([2.3e-3, 3.5e-3])
    assert population.nspikes == 2
    assert float(late.delay) == 2e-3


def test_a_function_gets_the_neurons_that_fire_in_every_step(make_pulses):
    network = make_pulses([3, 5], [], [3])
    steps = []
    M = SpikeMonitor(network.G, function=lambda spikes: steps.append(spikes.tolist()))
    network.add(M)
    network.run(0.4 * ms)
    network.run(0.4 * ms)
    assert steps == [[], [], [], [0, 2], [], [0], [], []]
    assert M.spikes == []


def test_a_function_counts_as_an_array_of_counters_does(make_pulses):
    network = make_pulses([2, 4, 9], [4], [1, 5])
    counts = np.zeros(2)

    def count(spikes):
        counts[spikes] += 1

    network.add(SpikeMonitor(network.G[1:], function=count))
    network.run(1 * ms)
    assert counts.tolist() == [1, 2]


def test_a_function_acts_before_the_resets(make_pulses):
    network = make_pulses([2])
    seen = []
    network.add(SpikeMonitor(network.G, function=lambda _: seen.append(float(network.G.x[0]))))
    network.run(0.4 * ms)
    assert seen == [0, 0, 1, 0]


class Selective(SpikeMonitor):
    """Records the spikes of even neurons, and counts calls."""

    n_calls = 0

    def propagate(self, spikes):
        self.n_calls += 1
        super().propagate(spikes[spikes % 2 == 0])


@pytest.mark.parametrize("threads", [1, 2])
def test_a_class_may_define_propagate_anew(make_pulses, threads):
    network = make_pulses([2, 6], [2], [3, 6])
    M, late = Selective(network.G), Selective(network.G, delay=0.3 * ms)
    network.add(M, late)
    network.run(1 * ms, threads=threads)
    assert M.n_calls == 10
    assert [(i, round(t / DT)) for i, t in M.spikes] == [(0, 2), (2, 3), (0, 6), (2, 6)]
    assert [(i, round(t / DT)) for i, t in late.spikes] == [(0, 5), (2, 6), (0, 9), (2, 9)]
    assert M.nspikes == 4
    M.reinit()
    assert M.nspikes == 0


class Counting(SpikeMonitor):
    """Counts the way old classes do."""

    def propagate(self, spikes):
        self.nspikes += len(spikes)


def test_a_class_may_count_by_itself(make_pulses):
    network = make_pulses([2, 6], [2])
    M = Counting(network.G)
    network.add(M)
    network.run(1 * ms)
    assert M.nspikes == 3


def test_trains_of_all_neurons(make_pulses):
    network = make_pulses([2, 6], [], [6])
    M = SpikeMonitor(network.G)
    network.add(M)
    network.run(1 * ms)
    trains = M.getspiketimes()
    assert {i: np.rint(train / DT).tolist() for i, train in trains.items()} == {
        0: [2, 6],
        1: [],
        2: [6],
    }
    assert all(np.array_equal(M.spiketimes[i], M[i]) for i in range(3))
    assert np.array_equal(M[-1], M[2])
    with pytest.raises(IndexError, match="neurons 0 to 2"):
        M[3]
    with pytest.raises(TypeError, match="are numbers"):
        M["x"]


def test_reinit_forgets_spikes_and_time(make_pulses):
    network = make_pulses([2, 6])
    M = SpikeMonitor(network.G)
    network.add(M)
    network.run(1 * ms)
    network.reinit()
    assert M.nspikes == 0
    network.run(0.5 * ms)
    assert [(i, round(t / DT)) for i, t in M.spikes] == [(0, 2)]


def test_one_monitor_in_two_networks_records_both_runs(make_pulses):
    network = make_pulses([2, 16], [4])
    M, count = SpikeMonitor(network.G), PopulationSpikeCounter(network.G)
    network.add(M, count)
    other = Network(*network.objects, StateMonitor(network.G, "x", record=True))
    network.run(1 * ms)
    other.run(1 * ms)
    network.run(1 * ms)
    assert [(i, round(t / DT)) for i, t in M.spikes] == [(0, 2), (1, 4), (0, 16)]
    assert count.nspikes == 3
    assert round(float(defaultclock.t) / DT) == 30


def test_a_wrong_monitor_is_refused(make_pulses):
    G = make_pulses([2]).G
    with pytest.raises(DimensionMismatchError):
        SpikeMonitor(G, delay=2)
    with pytest.raises(ModelError, match="negative"):
        SpikeMonitor(G, delay=-1 * ms)
    with pytest.raises(ModelError, match="calls a function"):
        SpikeMonitor(G, function=3)
    with pytest.raises(ModelError, match="records from a group"):
        SpikeMonitor(3)


def test_the_monitor_says_what_runs_in_python():
    def count(spikes):
        pass

    class Printer(SpikeMonitor):
        def propagate(self, spikes):
            pass

    G = build().G
    assert SpikeMonitor(G).python_parts == StateMonitor(G, "v").python_parts == []
    assert SpikeMonitor(G, function=count).python_parts == ["the function count()"]
    assert SpikeMonitor(G, function=lambda _: None).python_parts == ["a lambda"]
    assert Printer(G).python_parts == ["the method propagate()"]
    assert repr(SpikeMonitor(G)).endswith(": 0 spikes>")
    assert repr(SpikeMonitor(G, function=count)).endswith(
        "0 spikes, the function count() in Python>"
    )
