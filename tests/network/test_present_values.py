"""Static equations with functions that Python calls: right for whoever reads them, and when."""

import copy

import numpy as np
import pytest

from brian_nb import (
    Connection,
    Network,
    NeuronGroup,
    RecentStateMonitor,
    SpikeMonitor,
    StateMonitor,
    StateSpikeMonitor,
    defaultclock,
    linked_var,
    network_operation,
)
from brian_nb.units import ALL_UNITS
from tests.network.euler import RUNS

ms, Hz = ALL_UNITS["ms"], ALL_UNITS["Hz"]
N_CALLS = [0]


def double(x):
    N_CALLS[0] += 1  # what lies outside of a function is for Python
    return 2 * x


def run(*objects, threads=1, reference=False, duration=2 * ms):
    network = Network(*objects, threads=threads)
    network._reference = reference
    network.run(duration)
    return network


# -- between runs ------------------------------------------------------------------------------


def test_static_equations_are_read_as_the_state_is():
    G = NeuronGroup(3, "x : 1\ny = double(x) : 1\nz = y + x : 1")
    G.x = 1
    assert np.all(G.y == 2) and np.all(G.z == 3) and np.all(G[1:].z == 3)
    network = run(G)
    G.x = [1, 5, 7]
    assert G.y.tolist() == [2, 10, 14] and G.z.tolist() == [3, 15, 21]
    twin = copy.deepcopy(network)
    assert twin.groups[0].z.tolist() == [3, 15, 21]


def test_calls_within_calls_and_functions_of_time_are_read_as_they_are_now():
    defaultclock.reinit()
    wave = np.array([3.0, 4.0])

    def of_time(t):
        return np.sort(wave)[int(t / defaultclock.dt + 0.5) % 2]

    G = NeuronGroup(2, "x : 1\nw = 10*x : 1\ny = double(double(w) + 1) + of_time(t) : 1")
    G.x = [1, 2]
    assert G.y.tolist() == [45, 85]
    network = run(G, duration=0.1 * ms)
    assert G.y.tolist() == [46, 86]
    seen = []

    @network_operation(when="end")
    def look():
        seen.append(G.y[0])

    network.add(look)
    network.run(0.2 * ms)
    assert seen == [46, 45]


def test_resting_states_are_found_through_functions_of_python():
    def pull(x):
        N_CALLS[0] += 1
        return 2 - np.sin(x)

    G = NeuronGroup(2, "dx/dt = (drive - x)/ms : 1\ndrive = pull(x) : 1")
    G.rest()
    assert np.allclose(G.x, 2 - np.sin(G.x), rtol=1e-9)


def test_a_value_that_the_user_has_set_is_not_computed_any_more():
    G = NeuronGroup(2, "x : 1\ny = double(x) : 1", threshold="y > 1", reset="x = 0")
    assert G.python_parts == ["the threshold with double()", "the function double()"]
    G.double_value = 0.5
    assert np.all(G.y == 0.5) and G.python_parts == []
    G.x = 1
    S = SpikeMonitor(G)
    assert not run(G, S).build.model.calls and S.nspikes == 0


# -- in runs -----------------------------------------------------------------------------------

RAMP = "dx/dt = 1/ms : 1\ny = double(x) + x : 1"


@pytest.mark.parametrize("threads, reference", RUNS)
@pytest.mark.parametrize("when", ["start", "middle", "end"])
def test_monitors_record_them_as_the_state_is(when, threads, reference):
    G = NeuronGroup(300, RAMP, threshold="x > 0.75", reset="x = 0.1")
    G.x = np.linspace(0, 0.3, 300)
    X, Y = (StateMonitor(G, name, record=True, when=when) for name in "xy")
    recent = RecentStateMonitor(G, "y", when=when)
    statistics = StateMonitor(G, "y", when=when)
    at_spikes = StateSpikeMonitor(G[100:], ("x", "y"))
    run(G, X, Y, recent, statistics, at_spikes, threads=threads, reference=reference)
    assert np.array_equal(Y.values, 3 * X.values)
    assert np.array_equal(recent.values[-1], Y.values[:, -1])
    assert np.allclose(statistics.mean, Y.values.mean(axis=1))
    assert at_spikes.nspikes >= 200
    assert np.array_equal(at_spikes.values("y"), 3 * at_spikes.values("x"))


def test_only_who_reads_such_a_value_has_it_computed():
    def count(*names):
        G = NeuronGroup(1, RAMP)
        monitors = [StateMonitor(G, name) for name in names]
        N_CALLS[0] = 0
        run(G, *monitors, duration=1 * ms)
        return N_CALLS[0]

    assert count("x") == 10 and count("y") == count("y", "x") == 20


@pytest.mark.parametrize("threads, reference", RUNS)
def test_thresholds_resets_and_periods_read_them_as_the_state_is(threads, reference):
    def make(function):
        defaultclock.reinit()
        names = {"function": function, "ms": ms}
        text = (
            "dx/dt = 1/ms : 1\ny = function(x) + x : 1\nlow : 1\nw : 1\npause = y*0.5*ms : second"
        )
        G = NeuronGroup(
            300,
            text,
            threshold="y > 2.95",
            reset="low = y; x = 0.05*y; w += y",
            refractory="pause",
            namespace=names,
        )
        G.x = np.linspace(0, 1, 300)
        S = SpikeMonitor(G)
        run(G, S, threads=threads, reference=reference, duration=5 * ms)
        return G, S

    (found, spikes), (expected, others) = make(double), make(lambda x: 2 * x)
    rules = [f"the {what} with function()" for what in ("threshold", "reset")]
    assert found.python_parts == [*rules, "the function function()"]
    assert expected.python_parts == []
    assert spikes.spikes == others.spikes and 600 < spikes.nspikes < 1500
    for name in ("x", "low", "w"):
        assert np.allclose(found.state(name), expected.state(name), rtol=1e-12)


def test_links_and_modulation_read_them_as_the_state_is():
    defaultclock.reinit()
    source = NeuronGroup(1, RAMP)
    G = NeuronGroup(1, "u : 1")
    G.u = linked_var(source, "y", when="end")
    run(source, G, duration=0.3 * ms)
    assert np.allclose(G.u, 0.9)

    sender = NeuronGroup(1, RAMP, threshold="x > 0.25", reset="x = 0")
    target = NeuronGroup(1, "v : 1")
    C = Connection(sender, target, "v", weight=2.0, modulation="y")
    run(sender, target, C, duration=0.5 * ms)
    assert np.allclose(target.v, 2 * 3 * 0.3)


def test_methods_of_a_class_read_them_as_compiled_code_does():
    class Own(NeuronGroup):
        def update(self):
            super().update()

        def reset(self):
            super().reset()

    def make(kind, function):
        defaultclock.reinit()
        text = "dx/dt = 1/ms : 1\ny = function(x) : 1\nw : 1\npause = 0.1*y*ms : second"
        rules = {"threshold": "function(x) > 1.5 and y > w", "reset": "w += 0.01*y; x = 0.05"}
        names = {"function": function, "ms": ms}
        G = kind(50, text, **rules, refractory="pause", namespace=names)
        G.x = np.linspace(0, 1, 50)
        S = SpikeMonitor(G)
        run(G, S, duration=5 * ms)
        return S.spikes, G.w

    expected, w = make(NeuronGroup, lambda x: 2 * x)
    for kind in (NeuronGroup, Own):
        spikes, found = make(kind, double)
        assert spikes == expected and np.allclose(found, w, rtol=1e-12)
    assert len(expected) > 300
