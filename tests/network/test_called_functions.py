"""Functions and tables of the user that equations call without becoming expressions."""

import numpy as np
import pytest

from brian_nb import (
    Network,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    Tabulate,
    TabulateInterp,
    defaultclock,
    network_operation,
)
from brian_nb.errors import DimensionMismatchError, EquationError, ModelError, SimulationError
from brian_nb.network.python_values import PythonInput
from brian_nb.network.setters import ForecastSetter
from brian_nb.units import ALL_UNITS
from tests.network.euler import RUNS, START, TAU, N, run_euler

ms, mV, volt, second, Hz = (ALL_UNITS[name] for name in ("ms", "mV", "volt", "second", "Hz"))


# -- tables ------------------------------------------------------------------------------------


@pytest.mark.parametrize("threads, reference", RUNS)
@pytest.mark.parametrize("kind", [Tabulate, TabulateInterp])
def test_tables_are_looked_up_by_the_compiled_loop(kind, threads, reference):
    table = kind(lambda x: np.cos(x), -20.0, 20.0, 1001)
    G = run_euler(
        "dx/dt = table(x*k)/ms : 1\nk : 1",
        threads=threads,
        reference=reference,
        namespace={"table": table, "ms": ms},
        n_steps=0,
    )
    G.k = np.linspace(0.5, 2, N)
    network = Network(G, threads=threads)
    network._reference = reference
    network.run(3 * ms)
    x = START.copy()
    for _ in range(30):
        x = x + 0.1 * table(x * G.k)
    assert np.allclose(G.x, x, rtol=1e-9)


def test_a_table_with_units_is_checked():
    rate = TabulateInterp(lambda v: (10 * mV - v) / TAU, -100 * mV, 100 * mV, 1000)
    G = NeuronGroup(1, "dv/dt = rate(v) : volt")
    Network(G).run(5 * ms)
    # Linear in v, so the lines are exact and this is Euler's method.
    assert G.v[0] == pytest.approx(10e-3 * (1 - 0.98**50), rel=1e-9)
    with pytest.raises(DimensionMismatchError, match="takes a value in volt"):
        NeuronGroup(1, "dx/dt = rate(x)/mV : 1")


def test_outside_a_table_there_is_nothing():
    table = Tabulate(lambda x: 1.0, 0.0, 2.0, 10)
    G = NeuronGroup(2, "dx/dt = table(x)/ms : 1")
    G.x = [0.0, 1.5]
    with pytest.raises(SimulationError, match="x of `G` became nan at t = 0.5 ms, in neuron 1"):
        Network(G).run(5 * ms)


# -- functions that only Python can compute ----------------------------------------------------


@pytest.mark.parametrize("threads, reference", RUNS)
def test_a_function_of_numpy_is_called_at_the_start_of_each_step(threads, reference):
    def spread(x):
        return np.sort(x)[::-1]

    G = run_euler(
        "dx/dt = (spread(x) - x)/ms : 1",
        threads=threads,
        reference=reference,
        namespace={"spread": spread, "ms": ms},
    )
    x = START.copy()
    for _ in range(30):  # the value is held during a step, so that the equation is linear
        x = spread(x) + (x - spread(x)) * np.exp(-0.1)
    assert np.allclose(G.x, x, rtol=1e-12)
    assert isinstance(G.attached[0], PythonInput)
    note = "spread() is called by Python in every step, as it contains `np.sort(x)[::-1]`"
    assert note in repr(G.attached[0]) and note in G.reason


def test_functions_of_python_can_be_nested_and_stand_in_static_equations():
    def order(x):
        return np.argsort(np.argsort(x))

    def centre(r):
        return r - np.mean(r)

    G = NeuronGroup(4, "rank = centre(order(x) + 1) : 1\ndx/dt = rank/ms : 1")
    G.x = [3, 1, 2, 0]
    M = StateMonitor(G, "rank", record=True)
    Network(G, M).run(1 * ms)
    assert np.allclose(G.x, np.array([3, 1, 2, 0]) + [1.5, -0.5, 0.5, -1.5])
    assert np.allclose(M.values[:, 0], [1.5, -0.5, 0.5, -1.5])


def test_scalars_come_with_their_unit_and_arrays_are_plain():
    seen = []

    def f(v, t):
        seen.append((type(v), t))
        return list(v)

    G = NeuronGroup(2, "dv/dt = f(v, t)/ms : volt")
    Network(G).run(0.2 * ms)
    assert seen == [(np.ndarray, 0 * second), (np.ndarray, 0.1 * ms)]


def test_a_function_of_time_is_computed_ahead():
    w = np.random.default_rng(1).normal(size=1000)
    calls = []

    def stimulus(t):
        return w[np.array(t / defaultclock.dt + 0.5, dtype=int)]

    G = NeuronGroup(3, "dx/dt = stimulus(t)/ms : 1")
    M = StateMonitor(G, "x", record=True)
    assert isinstance(G.attached[0], ForecastSetter)
    network = Network(G, M)
    for duration in (1, 30, 9):
        network.run(duration * ms)
    assert np.allclose(M[1], np.cumsum(w[:400]) * 0.1)
    state = network.store()
    network.run(5 * ms)
    later = G.x.copy()
    network.restore(state)
    network.run(5 * ms)
    assert np.array_equal(G.x, later)


def test_what_is_computed_ahead_follows_changes_of_what_it_comes_from():
    w = np.ones(1000)

    def stimulus(t):
        return w[int(t / (1 * ms))]

    G = NeuronGroup(1, "dx/dt = stimulus(t)/ms : 1")

    @network_operation(when="end")
    def change():
        if abs(defaultclock.t - 2 * ms) < 0.01 * ms:
            w[:] = 3

    network = Network(G, change)
    network.run(4 * ms)
    # 21 steps with 1, 19 steps with 3
    assert G.x[0] == pytest.approx(2.1 + 5.7)
    w[:] = 0
    network.run(4 * ms)
    assert G.x[0] == pytest.approx(7.8)


def test_a_function_of_the_example_of_the_prey_is_called_with_delays():
    w = np.sin(np.arange(2000) * 0.1)

    def rates(t):
        return w[np.array(t / defaultclock.dt + 0.5, dtype=int)]

    G = NeuronGroup(4, "dv/dt = (1 + rates(t - d) - v)/TAU : 1\nd : second")
    G.d = [0, -0.1e-3, -1e-3, -2e-3]
    Network(G).run(10 * ms)
    v = np.zeros(4)
    for step in range(100):
        target = 1 + w[step + np.array([0, 1, 10, 20])]
        v = target + (v - target) * np.exp(-0.02)  # held during a step
    assert np.allclose(G.v, v)


def test_wrong_results_are_named():
    def f(x):
        return np.zeros(7) + np.sum(np.flip(x))

    G = NeuronGroup(3, "dx/dt = f(x)/ms : 1")
    with pytest.raises(ModelError, match=r"f\(\) gave 7 values; it must give one"):
        Network(G).run(1 * ms)

    def g(x):
        return "a" if np.any(np.flip(x) > 5) else "b"

    H = NeuronGroup(3, "dx/dt = g(x)/ms : 1")
    with pytest.raises(ModelError, match=r"g\(\), which .* `H`, must give numbers, not 'b'"):
        Network(H).run(1 * ms)


@pytest.mark.parametrize(
    "result", [None, "3", 1j, [1.0, None], [1.0, np.ones(2)], np.ones(2) * 1j, object()]
)
def test_what_is_no_number_for_each_neuron_is_named_with_function_and_group(result):
    def f(x):
        print("", end="")
        return result

    G = NeuronGroup(2, "dx/dt = f(x)/ms : 1")
    with pytest.raises(ModelError, match=r"^f\(\), which Python calls for `G`, must give numbers"):
        Network(G).run(1 * ms)


def test_an_error_in_a_function_says_for_which_group_it_was_called():
    def f(x):
        print("", end="")
        return np.array([x, 1.0])

    G = NeuronGroup(2, "dx/dt = f(x)/ms : 1")
    with pytest.raises(ValueError) as info:
        Network(G).run(1 * ms)
    (note,) = info.value.__notes__
    assert note.startswith("Python calls f() for all 2 neurons of `G` at once, as ")


def test_periods_and_noise_need_compiled_functions():
    def f(x):
        return np.flip(x)

    with pytest.raises(EquationError, match=r"f\(\) cannot be compiled: flip is no plain"):
        NeuronGroup(1, "x : 1", threshold="x > 1", reset="x = 0", refractory="f(x)*ms")
    with pytest.raises(EquationError, match="cannot take the noise"):
        NeuronGroup(1, "dx/dt = f(xi)/ms**0.5 : 1")
    G = NeuronGroup(2, "y = f(x) : 1\nx : 1", threshold="y > 1", reset="x = 0")
    G.x = [5, 0]
    S = SpikeMonitor(G)
    Network(G, S).run(0.1 * ms)
    assert [i for i, _ in S.spikes] == [1]


def test_mutual_recursion_and_wrong_numbers_of_arguments_are_named():
    def f(x):
        return g(x - 1) if x > 0 else 0.0

    def g(x):
        return f(x)

    with pytest.raises(EquationError, match="it calls itself by way of another function"):
        NeuronGroup(1, "x : 1", threshold="x > 1", reset="x = 0", refractory="f(x)*ms")
    with pytest.raises(EquationError, match=r"f\(\) does not take 2 arguments"):
        NeuronGroup(1, "dx/dt = f(x, x)/ms : 1")
