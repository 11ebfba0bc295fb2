"""Code for single neurons knows their sizes and delays of zero, and follows when these change."""

import pytest

from brian_nb import (
    Connection,
    Network,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    reinit_default_clock,
    seed,
)
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]
DRIVEN = "dx/dt = 1/(10*ms) : 1"


def build(delay=0 * ms, monitor_delay=0 * ms, **options):
    """One neuron that fires every 10 ms, another that counts its spikes."""
    source = NeuronGroup(1, DRIVEN, threshold="x > 0.9999", reset="x = 0")
    target = NeuronGroup(1, "dg/dt = 0/ms : 1")
    synapse = Connection(source, target, "g", weight=1.0, delay=delay)
    spikes = SpikeMonitor(source, delay=monitor_delay)
    trace = StateMonitor(target, "g", record=True)
    network = Network(source, target, synapse, spikes, trace, **options)
    return network, synapse, spikes, trace


def find_rises(trace):
    """Times at which a count rose, in ms."""
    times, values = trace.times / ms, trace[0]
    return [round(float(t), 1) for t in times[1:][values[1:] > values[:-1]]]


@pytest.mark.parametrize("reference", [False, True])
def test_a_delay_may_come_and_go(reference):
    network, synapse, spikes, trace = build()
    network._reference = reference
    network.run(25 * ms)
    undelayed = find_rises(trace)
    assert len(undelayed) == 2
    synapse.delay = 3 * ms
    network.run(20 * ms)
    synapse.delay = 0 * ms
    network.run(10 * ms)
    at_once = [round(float(t / ms), 1) for _, t in spikes.spikes]
    assert len(at_once) == 5
    shifts = [round(b - a, 1) for a, b in zip(at_once, find_rises(trace), strict=True)]
    assert [shifts[k] - shifts[0] for k in range(5)] == pytest.approx([0, 0, 3, 3, 0])


def test_a_delay_of_zero_is_known_and_others_are_not():
    networks = [build(delay=d * ms)[0] for d in (0, 1, 2)] + [build(monitor_delay=1 * ms)[0]]
    for network in networks:
        network.prepare()
    none, one, two, seen_late = (network.build.kernel for network in networks)
    assert one is two
    assert len({id(none), id(one), id(seen_late)}) == 3


def test_spikes_that_are_on_their_way_arrive_whatever_becomes_of_the_delay():
    network, synapse, _, trace = build(delay=5 * ms)
    network.run(12 * ms)
    synapse.delay = 0 * ms
    network.run(20 * ms)
    assert trace[0][-1] == pytest.approx(len(find_rises(trace)))
    assert len(find_rises(trace)) >= 2


def test_threads_without_a_neuron_are_not_used():
    alone, shared = build()[0], build(threads=2)[0]
    for network in (alone, shared):
        network.prepare()
    assert alone.build.kernel is shared.build.kernel
    assert shared.build.n_threads == 1


@pytest.mark.parametrize("threshold", ["x > 1", "x > 0.9 + 0.2*rand()"])
def test_the_same_bits_for_any_number_of_threads(threshold):
    found = []
    for threads in (1, 2, 3):
        reinit_default_clock()
        seed(4)
        group = NeuronGroup(
            1,
            "dx/dt = (2 - x)/(10*ms) + xi/ms**0.5 : 1",
            threshold=threshold,
            reset="x = 0.3*rand()",
        )
        trace = StateMonitor(group, "x", record=True)
        Network(group, trace, threads=threads).run(50 * ms)
        found.append(trace[0].tobytes())
    assert len(set(found)) == 1
