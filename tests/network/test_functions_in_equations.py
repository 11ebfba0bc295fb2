"""Functions of the user that equations call, in a run."""

import math

import numpy as np
import pytest

from brian_nb import (
    Equations,
    Network,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    Tabulate,
    TabulateInterp,
    check_units,
    defaultclock,
    network_operation,
)
from brian_nb.errors import DimensionMismatchError, EquationError, ModelError, SimulationError
from brian_nb.network.python_values import PythonInput
from brian_nb.network.setters import ForecastSetter
from brian_nb.units import ALL_UNITS

ms, mV, volt, second, Hz = (ALL_UNITS[name] for name in ("ms", "mV", "volt", "second", "Hz"))
RUNS = [(1, False), (2, False), (3, False), (1, True)]
N = 300
START = np.linspace(-3, 3, N)
TAU = 5 * ms


def run_euler(text, start=START, n_steps=30, threads=1, reference=False, namespace=None):
    """Values of x after some steps, for a group with one equation."""
    defaultclock.reinit()
    G = NeuronGroup(len(start), Equations(text, namespace=namespace))
    G.x = start
    network = Network(G, threads=threads)
    network._reference = reference
    network.run(n_steps // 3 * 0.1 * ms)
    network.run(n_steps // 3 * 2 * 0.1 * ms)
    return G


def euler(f, start=START, n_steps=30, dt=0.1):
    x = np.array(start, dtype=float)
    for step in range(n_steps):
        x = x + dt * np.array([float(f(one, step * 1e-4 * second)) for one in x])
    return x


def check(f, threads=1, reference=False, n_steps=30, **others):
    """Compare ``dx/dt = f(x, t)/ms`` with Euler's method in plain Python."""
    namespace = {"f": f, "ms": ms, **others}
    G = run_euler("dx/dt = f(x, t)/ms : 1", START, n_steps, threads, reference, namespace)
    assert np.allclose(G.x, euler(f, START, n_steps), rtol=1e-9, atol=1e-12)
    return G


# -- functions that become expressions ---------------------------------------------------------

LEAK = 0.7


def simple(x, t):
    return -LEAK * x + math.sin(200 * t / second)


def branching(x, t, low=-1, high=1):
    """A docstring."""
    y = x * x
    if x > high:
        return low
    elif x < low or t > 2 * ms:
        y += 1
        return np.exp(-abs(y))
    z: float = y
    return 0.5 if 0 < z < 0.3 else -min(z, 0.2, x)


def nested(x, t):
    return simple(x, t) - np.clip(branching(x, t), -0.1, 0.1)


@pytest.mark.parametrize("threads, reference", RUNS)
@pytest.mark.parametrize("function", [simple, branching, nested])
def test_functions_made_of_expressions_are_put_into_the_equations(function, threads, reference):
    G = check(function, threads, reference)
    assert not G.attached


def test_known_functions_of_python_math_and_numpy_are_understood():
    check(
        lambda x, t: np.where(x > 0, -np.tanh(x), math.exp(-2)) + float(int(x)) + pow(x, 2) * 0.01
    )
    check(lambda x, t: (x > 1 and 0.5) or (not x < -1 and np.square(x)) or -0.25)
    check(lambda x, t: math.floor(x) - np.ceil(x) + x % 0.7 + x // 0.7 - np.sign(x) + math.atan(x))


def test_a_linear_function_leaves_the_step_exact():
    def leak(v):
        return -v / TAU

    G = NeuronGroup(1, "dv/dt = leak(v) : volt")
    G.v = 1 * mV
    Network(G).run(10 * ms)
    assert G.integrator == "linear"
    assert G.v[0] == pytest.approx(1e-3 * np.exp(-2), rel=1e-12)


def test_units_are_checked_through_functions():
    def drift(v, E):
        return (E - v) / TAU

    E = 3 * mV
    NeuronGroup(1, "dv/dt = drift(v, E) : volt")
    with pytest.raises(DimensionMismatchError, match="the two sides of dv/dt"):
        NeuronGroup(1, "dv/dt = drift(v, E)/TAU : volt")

    @check_units(v=volt)
    def rate(v):
        return 1 / TAU

    NeuronGroup(1, "dv/dt = -v*rate(v) : volt")


def test_numbers_of_a_function_become_constants_of_the_group():
    gain = 3.0

    def f(x):
        return -gain * x

    G = NeuronGroup(1, "dx/dt = f(x)/(10*ms) : 1")
    assert G.values.constants["f_gain"] == 3.0
    G.f_gain = 1.0
    G.x = 1
    Network(G).run(10 * ms)
    assert G.x[0] == pytest.approx(np.exp(-1), rel=1e-12)


def test_arrays_of_a_function_have_a_value_for_each_neuron_and_may_change():
    target = np.array([1.0, 2.0, 3.0])

    def f(x):
        return target - x

    G = NeuronGroup(3, "dx/dt = f(x)/ms : 1")
    network = Network(G)
    network.run(30 * ms)
    assert np.allclose(G.x, [1, 2, 3])
    target[:] = 7
    network.run(30 * ms)
    assert np.allclose(G.x, 7)
    with pytest.raises(ModelError, match="target has 3 values, one for each neuron"):
        NeuronGroup(4, "dx/dt = f(x)/ms : 1")


def test_a_users_function_of_a_known_name_is_the_users():
    def exp(x):
        return 2.0

    check(lambda x, t: exp(x))
    G = NeuronGroup(1, "dx/dt = exp(x)/ms : 1")
    Network(G).run(1 * ms)
    assert G.x[0] == pytest.approx(2.0)


# -- functions that become routines ------------------------------------------------------------


def series(x, t):
    total, term = 0.0, 1.0
    for k in range(1, 12):
        term *= 0.3 * x / k
        total += term
        if abs(term) < 1e-3:
            break
    while total > 0.5:
        total = total / 2
    return total - x + helper(x, 4)


def helper(x, n):
    result = 0
    for i in range(n, 0, -1):
        if i == 3:
            continue
        result += i * LEAK
    return result * x * 0.01


def early(x, t):
    k = 0
    while True:
        k += 1
        if k > 5:
            return k * 0.1
        if x > k - 3:
            return -x
    return 0


@pytest.mark.parametrize("threads, reference", RUNS)
@pytest.mark.parametrize("function", [series, early])
def test_functions_with_loops_become_compiled_routines(function, threads, reference):
    if function is series:
        function = lambda x, t: series_in_python(x)  # noqa: E731
        G = run_euler(
            "dx/dt = series(x, t)/ms : 1",
            threads=threads,
            reference=reference,
            namespace={"series": series, "ms": ms},
        )
        assert np.allclose(G.x, euler(function), rtol=1e-9)
        assert not G.attached
    else:
        assert not check(function, threads, reference).attached


def series_in_python(x):
    return series(x, 0.0)


def test_routines_can_be_read_outside_of_runs_and_recorded():
    def f(x):
        total = 0.0
        for k in range(3):
            total += x**k
        return total

    G = NeuronGroup(2, "dx/dt = -x/ms : 1\ny = f(x) : 1", threshold="f(x) > 6.5", reset="x = f(0)")
    G.x = [1.0, 2.0]
    assert G.y.tolist() == [3, 7]
    M, S = StateMonitor(G, "y", record=True), SpikeMonitor(G)
    Network(G, M, S).run(0.1 * ms)
    assert np.allclose(M[0], 1 + np.exp(-0.1) + np.exp(-0.2))
    G.x = [1.0, 4.0]
    Network(G, S).run(0.1 * ms)
    assert S.nspikes == 1 and G.x[1] == 1


def test_another_body_is_other_code_and_another_number_is_not():
    def build(f):
        network = Network(NeuronGroup(2, "dx/dt = f(x)/ms : 1"))
        network.prepare()
        return network.build.program.source

    def make(scale):
        def f(x):
            for _k in range(3):
                x = x * scale
            return x

        return f

    def other(x):
        for _k in range(4):
            x = x * 0.5
        return x

    assert build(make(0.5)) == build(make(0.7))
    assert build(make(0.5)) != build(other)


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
    with pytest.raises(ModelError, match="must give numbers, not 'b'"):
        Network(H).run(1 * ms)


def test_thresholds_resets_and_noise_need_compiled_functions():
    def f(x):
        return np.flip(x)

    with pytest.raises(EquationError, match=r"f\(\) cannot be compiled: flip is no plain"):
        NeuronGroup(1, "x : 1", threshold="f(x) > 1", reset="x = 0")
    with pytest.raises(EquationError, match="cannot take the noise"):
        NeuronGroup(1, "dx/dt = f(xi)/ms**0.5 : 1")
    G = NeuronGroup(2, "y = f(x) : 1\nx : 1", threshold="y > 1", reset="x = 0")
    G.x = [5, 0]
    S = SpikeMonitor(G)
    Network(G, S).run(0.1 * ms)
    assert [i for i, _ in S.spikes] == [1]


def test_recursion_and_wrong_numbers_of_arguments_are_named():
    def f(x):
        return f(x - 1) if x > 0 else 0.0

    with pytest.raises(EquationError, match="it calls itself"):
        NeuronGroup(1, "x : 1", threshold="f(x) > 1", reset="x = 0")
    with pytest.raises(EquationError, match=r"f\(\) does not take 2 arguments"):
        NeuronGroup(1, "dx/dt = f(x, x)/ms : 1")
