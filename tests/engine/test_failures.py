"""Runs that meet a state that is no number, or an interrupt: nothing is lost."""

import os
import signal
import threading

import numpy as np
import pytest

from brian_nb import (
    Clock,
    ISIHistogramMonitor,
    Network,
    NetworkOperation,
    NeuronGroup,
    PopulationSpikeCounter,
    SpikeCounter,
    SpikeMonitor,
    StateMonitor,
)
from brian_nb.errors import SimulationError
from brian_nb.units import ALL_UNITS

ms, second, mV = (ALL_UNITS[name] for name in ("ms", "second", "mV"))


def explode():
    G = NeuronGroup(3, "dx/dt = x*x/(1*ms) : 1")
    G.x = [1, 0.1, 2]
    M = StateMonitor(G, "x", record=True)
    return G, M, Network(G, M)


def test_overflow_names_group_variable_neuron_and_time():
    G, _, network = explode()
    with pytest.raises(SimulationError) as caught:
        network.run(100 * ms)
    message = str(caught.value)
    assert "x of `G` became inf at t = 1.5 ms, in neuron 2" in message
    assert f"{G.x[2]:.6g}" in message


def test_overflow_keeps_the_data_up_to_the_last_good_step():
    G, M, network = explode()
    with pytest.raises(SimulationError):
        network.run(100 * ms)
    assert np.isfinite(M.values).all()
    assert len(M.times) == round(network.clock.t / (0.1 * ms))
    assert M[2][-1] == G.x[2]


def test_after_an_overflow_the_network_can_go_on():
    G, M, network = explode()
    with pytest.raises(SimulationError):
        network.run(100 * ms)
    G.x = 0.001
    before = len(M.times)
    network.run(10 * ms)
    assert len(M.times) == before + 100


def test_after_an_overflow_all_that_was_counted_fits_together():
    G = NeuronGroup(40, "x : 1", threshold="rand() < 0.2")
    _, _, failing = explode()
    S, counter = SpikeMonitor(G), SpikeCounter(G)
    total, intervals = PopulationSpikeCounter(G), ISIHistogramMonitor(G, [0 * ms])
    network = Network(failing.objects, S, counter, total, intervals)
    network.run(0.5 * ms)
    with pytest.raises(SimulationError):
        network.run(100 * ms)
    counts = np.bincount(S.recording.neurons, minlength=40)
    assert S.nspikes > 50
    assert np.array_equal(counter.count, counts)
    assert total.nspikes == S.nspikes
    assert intervals.count[0] == np.maximum(counts - 1, 0).sum()


def test_an_interrupt_ends_the_run_after_a_whole_step_with_all_data():
    G = NeuronGroup(20_000, "dv/dt = (20*mV - v)/(10*ms) : volt", threshold=10 * mV, reset=0 * mV)
    M = SpikeMonitor(G)
    network = Network(G, M)
    network.run(1 * ms)
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt, match="data is kept"):
        network.run(10_000 * second)
    steps = round(network.clock.t / (0.1 * ms))
    assert 10 < steps < 10**8
    assert M.nspikes == 20_000 * (steps // 70)
    spikes = M.nspikes
    network.run(7 * ms)
    assert M.nspikes == spikes + 20_000


@pytest.mark.parametrize("places", [("start", "after_groups"), ("middle",), ("end", "end")])
@pytest.mark.parametrize("threads", [1, 2])
def test_an_overflow_between_calls_of_python_is_found(places, threads):
    G = NeuronGroup(3, "dx/dt = 10*x*x/ms : 1", method="Euler")
    G.x[1] = 1
    M = StateMonitor(G, "x", record=[1])
    calls = [NetworkOperation(lambda: None, when=when) for when in places]
    network = Network(G, M, *calls, threads=threads)
    with pytest.raises(SimulationError, match="x of `G` became inf at t = 1 ms, in neuron 1"):
        network.run(10 * ms)
    assert len(M.times) == 10
    assert np.isfinite(G.x).all()
    G.x = 0
    network.run(1 * ms)
    assert np.allclose(M.times, np.arange(20) * 1e-4, atol=1e-12)


@pytest.mark.parametrize("slow", [0.25, 0.4, 1])
def test_an_overflow_on_a_slow_clock_is_found(slow):
    G = NeuronGroup(1, "dz/dt = 100*z*z/ms : 1", method="Euler", clock=Clock(dt=slow * ms))
    F = NeuronGroup(1, "dx/dt = 1/ms : 1")
    G.z = 1
    network = Network(F, G, NetworkOperation(lambda: None, Clock(dt=0.3 * ms)))
    with pytest.raises(SimulationError, match="z of `G` became inf at t = ([0-9.]+) ms") as caught:
        network.run(100 * ms)
    when = float(str(caught.value).split("at t = ")[1].split(" ms")[0])
    assert when == pytest.approx(float(G.clock.t / ms))  # the first step that was not done
    assert np.isfinite(G.z[0])
    assert F.x[0] == pytest.approx(float(F.clock.t / ms))
    assert when - 0.15 < F.x[0] < when + 0.15


def test_a_parameter_that_is_meant_to_be_infinite_is_not_blamed():
    G = NeuronGroup(2, "limit : 1\ndx/dt = x*x/ms : 1", method="Euler", threshold="x > limit")
    G.x, G.limit = 1, np.inf
    with pytest.raises(SimulationError, match="x of `G` became inf"):
        Network(G).run(100 * ms)


def test_a_value_that_was_no_number_before_is_to_be_set_anew():
    G = NeuronGroup(2, "dx/dt = -x/ms : 1")
    network = Network(G)
    G.x = [1, np.nan]
    for _ in range(2):
        with pytest.raises(SimulationError, match="set x of `G` anew before the next run"):
            network.run(1 * ms)
    G.x = 1
    network.run(1 * ms)
    assert G.x == pytest.approx([np.exp(-1)] * 2)
