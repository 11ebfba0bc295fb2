"""Steps that are left for Python code: what it changes, ends, stores or fails at."""

import os
import pickle
import signal
import threading
import time

import numpy as np
import pytest

from brian_nb import (
    Connection,
    EventClock,
    Network,
    NetworkOperation,
    NeuronGroup,
    PopulationRateMonitor,
    SpikeMonitor,
    StateMonitor,
    stop,
)
from brian_nb.errors import SimulationError
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]


def make_ramp(n=1):
    tau = 1 * ms  # noqa: F841
    return NeuronGroup(n, "dx/dt = 1/tau : 1", threshold="x > 100", reset="x = 0")


class FailOnce:
    """Fails in one of the steps in which it is called."""

    def __init__(self, step):
        self.n_calls, self.step = 0, step

    def __call__(self):
        self.n_calls += 1
        if self.n_calls == self.step:
            raise ValueError("my own mistake")


def fail_in_step(network, step, when="end"):
    """Let the network run until a function fails within a step, and give the function."""
    fail = FailOnce(step)
    network.add(NetworkOperation(fail, when=when))
    with pytest.raises(ValueError, match="my own mistake"):
        network.run(10 * ms)
    return fail


# -- what is recorded ----------------------------------------------------------------------


@pytest.mark.parametrize("when", ["start", "after_groups", "end"])
def test_a_constant_changed_in_every_step_loses_no_record(when):
    G = make_ramp()
    V, R, S = (
        StateMonitor(G, "x", record=True, when=when),
        PopulationRateMonitor(G),
        SpikeMonitor(G),
    )
    change = NetworkOperation(lambda: setattr(G, "tau", 1 * ms))
    Network(G, V, R, S, change).run(2 * ms)
    assert np.allclose(V.times, np.arange(20) * 1e-4, atol=1e-12)
    assert np.allclose(R.times, np.arange(20) * 1e-4, atol=1e-12)


def test_a_restored_step_is_recorded_from_where_it_was_left():
    G = make_ramp()
    V = StateMonitor(G, "x", record=True, when="start")
    network, states = Network(G, V), []

    def go_back():
        if len(states) == 0 and G.x[0] > 0.45:
            states.append(network.store())
        elif len(states) == 1 and G.x[0] > 0.75:
            states.append(None)
            network.restore(states[0])

    network.add(NetworkOperation(go_back))
    network.run(1 * ms)
    # Step 4 was left after its record; steps 5 to 7 are done twice.
    assert np.rint(V.times * 1e4).tolist() == [*range(8), *range(5, 10)]
    assert np.allclose(V[0], np.rint(V.times * 1e4) / 10, atol=1e-12)


# -- errors within a step ------------------------------------------------------------------


def test_a_run_of_no_duration_does_not_go_on_with_a_broken_step():
    G = make_ramp()
    network = Network(G)
    fail = fail_in_step(network, 3)
    network.run(0 * ms)
    assert fail.n_calls == 3
    assert G.x[0] == pytest.approx(0.3)


@pytest.mark.parametrize("go_on", ["as it is", "threads", "another monitor", "copy", "one step"])
def test_a_step_broken_by_an_error_is_finished_once(go_on):
    G = make_ramp()
    network = Network(G)
    fail_in_step(network, 3, when="middle")
    if go_on == "copy":
        network, G = pickle.loads(pickle.dumps((network, G)))
    elif go_on == "threads":
        network.threads = 2
    elif go_on == "another monitor":
        network.add(SpikeMonitor(G))
    network.update() if go_on == "one step" else network.run(0.5 * ms)
    assert G.x[0] == pytest.approx(float(network.clock.t / ms))


def test_no_neuron_fires_in_a_step_whose_threshold_fails():
    steps = []

    def fires(x):
        steps.append(float(x[0]))
        if len(steps) == 6:
            raise ValueError("my own mistake")
        return np.array([len(steps) % 2 == 0])

    G = NeuronGroup(1, "dx/dt = 1/ms : 1", threshold=fires)
    H = NeuronGroup(1, "y : 1")
    C, M = Connection(G, H, "y", weight=1), SpikeMonitor(G)
    network = Network(G, H, C, M)
    with pytest.raises(ValueError, match="my own mistake"):
        network.run(1 * ms)
    network.run(0.4 * ms)
    assert [round(t / 1e-4) for _, t in M.spikes] == [1, 3, 7]
    assert H.y[0] == 3


# -- stopping ------------------------------------------------------------------------------


def test_stop_from_another_thread_ends_the_run():
    G = make_ramp(1000)
    calls = []
    network = Network(G, NetworkOperation(lambda: calls.append(1), EventClock(dt=1 * ms)))
    network.run(1 * ms)
    threading.Timer(0.2, network.stop).start()
    network.run(1e9 * ms)
    assert len(calls) == -(-round(network.clock.t / (0.1 * ms)) // 10)


def test_the_function_stop_ends_any_run():
    G = make_ramp()
    network = Network(G, NetworkOperation(lambda: stop() if G.x[0] > 0.45 else None))
    network.run(5 * ms)
    assert G.x[0] == pytest.approx(0.5)


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)


def test_an_interrupt_within_a_function_ends_the_run_after_the_step():
    G = make_ramp()
    network = Network(G, NetworkOperation(lambda: interrupt() if G.x[0] > 0.45 else None))
    with pytest.raises(KeyboardInterrupt, match="data is kept"):
        network.run(5 * ms)
    assert G.x[0] == pytest.approx(0.5)
    assert network.clock.t == pytest.approx(0.5 * ms)


def test_a_second_interrupt_ends_a_function_that_does_not_come_back():
    G = make_ramp()

    def hang():
        if G.x[0] > 0.45:
            threading.Timer(0.1, interrupt).start()
            threading.Timer(0.2, interrupt).start()
            time.sleep(20)

    network = Network(G, NetworkOperation(hang))
    start = time.perf_counter()
    with pytest.raises(KeyboardInterrupt):
        network.run(5 * ms)
    assert time.perf_counter() - start < 10
    assert G.x[0] == pytest.approx(0.5)


# -- the network itself --------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["run", "update", "reinit"])
def test_a_function_cannot_run_the_network_that_calls_it(deed):
    G = make_ramp()
    network = Network(G)
    deeds = {"run": lambda: network.run(1 * ms), "update": network.update, "reinit": network.reinit}
    network.run(0.2 * ms)
    network.add(NetworkOperation(deeds[deed]))
    with pytest.raises(SimulationError, match="cannot run the same network"):
        network.run(1 * ms)
    assert network.clock.t == 0.2 * ms


def test_a_function_may_run_another_network():
    G, H = make_ramp(), NeuronGroup(1, "dy/dt = 1/ms : 1", clock=EventClock(dt=0.1 * ms))
    inner = Network(H)
    Network(G, NetworkOperation(lambda: inner.run(0.2 * ms))).run(1 * ms)
    assert (G.x[0], H.y[0]) == pytest.approx((1, 2))


def test_a_state_can_be_stored_while_a_function_rewires_the_network():
    G = NeuronGroup(2, "dx/dt = 1/ms : 1", threshold="x > 0.15", reset="x = 0")
    H = NeuronGroup(2, "y : 1")
    C = Connection(G, H, "y", weight=1)
    network = Network(G, H, C, threads=2)

    def rewire():
        C[0, 0] = 5
        network.store()

    network.add(NetworkOperation(rewire, EventClock(dt=100 * ms)))
    network.run(0.2 * ms)
    assert H.y.tolist() == [6, 2]
    network.run(0.2 * ms)
    assert H.y.tolist() == [12, 4]


def test_an_operation_can_be_moved_to_another_place_and_clock():
    G = make_ramp()
    seen = []
    operation = NetworkOperation(lambda: seen.append(round(G.x[0], 9)))
    network = Network(G, operation)
    network.run(0.2 * ms)
    operation.when = "start"
    network.run(0.2 * ms)
    operation.clock = EventClock(dt=0.2 * ms, t=0.4 * ms)
    network.run(0.4 * ms)
    assert seen == [0.1, 0.2, 0.2, 0.3, 0.5, 0.7]


def test_a_longer_delay_set_within_a_step_loses_no_spike():
    G = NeuronGroup(1, "x : 1", threshold="x > 0.5", reset="x = 0")
    H = NeuronGroup(1, "y : 1")
    C, D = Connection(G, H, "y", weight=1), Connection(G, H, "y", weight=0)
    G.x = 1

    def lengthen():
        D.delay = 3 * ms

    Network(G, H, C, D, NetworkOperation(lengthen, when="middle")).run(1 * ms)
    assert (G.x[0], H.y[0]) == (0, 1)
