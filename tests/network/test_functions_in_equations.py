"""Functions of the user that equations call, in a run."""

import math

import numpy as np
import pytest

from brian_nb import (
    Network,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    check_units,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS
from tests.network.euler import RUNS, TAU, check, euler, run_euler

ms, mV, volt, second, Hz = (ALL_UNITS[name] for name in ("ms", "mV", "volt", "second", "Hz"))


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
