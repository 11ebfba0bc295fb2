"""Linear equations as matrices, and functions that are linear."""

import numpy as np
import pytest
from scipy.linalg import expm

from brian_nb import Equations, NeuronGroup, get_linear_equations, is_affine, run
from brian_nb.errors import EquationError, ModelError
from brian_nb.units import ALL_UNITS

mV, ms, pF, nS, volt = (ALL_UNITS[name] for name in ("mV", "ms", "pF", "nS", "volt"))

CUBA = """
dge/dt = -ge/taue : volt
dgi/dt = -gi/taui : volt
dV/dt = (ge + gi - (V + 49*mV))/taum : volt
"""
TIMES = {"taue": 5 * ms, "taui": 10 * ms, "taum": 20 * ms}


def test_matrix_and_vector_are_those_of_the_equations():
    matrix, vector = get_linear_equations(Equations(CUBA, **TIMES))
    # V, gi, ge: the membrane potential changes places with the first variable.
    assert matrix == pytest.approx(np.array([[-50, 50, 50], [0, -100, 0], [0, 0, -200]]))
    assert vector == pytest.approx([-0.049, 0, 0])


def test_the_matrix_exponential_steps_as_the_simulation_does():
    eqs = Equations(CUBA, **TIMES)
    matrix, vector = get_linear_equations(eqs)
    group = NeuronGroup(1, eqs)
    state = np.array([-0.05, 0.004, 0.003])
    for name, value in zip(group.system.variables, state, strict=True):
        group.set_variable(name, np.array([value]))
    run(5 * ms)
    expected = vector + expm(matrix * 5e-3) @ (state - vector)
    found = [group.state(name)[0] for name in group.system.variables]
    assert found == pytest.approx(expected, rel=1e-10)


def test_parameters_are_variables_that_do_not_change():
    matrix, vector = get_linear_equations(Equations("dv/dt = (I - v)/ms : 1\nI : 1"))
    assert matrix == pytest.approx(np.array([[-1000, 1000], [0, 0]]))
    assert matrix @ vector == pytest.approx([0, 0])


def test_a_matrix_without_inverse_has_a_vector_where_the_drift_is_zero():
    eqs = Equations("dx/dt = (y - x)/ms : 1\ndy/dt = (x - y)/ms : 1")
    matrix, vector = get_linear_equations(eqs)
    assert np.linalg.matrix_rank(matrix) == 1
    assert matrix @ vector == pytest.approx([0, 0])


def test_what_never_rests_has_no_vector():
    with pytest.raises(ModelError, match="no fixed point"):
        get_linear_equations(Equations("dx/dt = 3/ms : 1"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dv/dt = -v*v/ms : 1", "not linear"),
        ("dv/dt = -k*v/ms : 1\nk : 1", "not linear in the variables and parameters"),
        ("dv/dt = -v/ms + t/ms**2 : 1", "time enters"),
    ],
)
def test_what_is_not_linear_is_refused_at_its_place(text, message):
    with pytest.raises(EquationError, match=message) as caught:
        get_linear_equations(Equations(text))
    assert caught.value.diagnostics[0].marks[0].span.text.startswith("dv/dt")


AFFINE = [
    lambda: 3,
    lambda x: x,
    lambda x: 3,
    lambda x, y: 2 * x - y / 4 + 1,
    lambda x: -(+x - 3) * np.float64(2),
    lambda v: (-60 * mV - v) / (10 * ms),
    lambda x, y: (x + y, 3 * x),
    lambda x, k=2: x * k**2,
    lambda x: np.float64(3) - x,
]
BENT = [
    lambda x: x * x,
    lambda x, y: x / y,
    lambda x: 1 / x,
    lambda x: np.exp(x),
    lambda x: x**2,
    lambda x: abs(x),
    lambda x: x if x > 0 else 0,
    lambda x: 3 if x == 0 else x,
    lambda x: float(x),
]


@pytest.mark.parametrize("function", AFFINE)
def test_a_linear_function_is_seen(function):
    assert is_affine(function)


@pytest.mark.parametrize("function", BENT)
def test_a_function_that_is_not_linear_is_seen(function):
    assert not is_affine(function)


def test_the_errors_of_a_function_are_its_own():
    with pytest.raises(NameError):
        is_affine(lambda x: nothing_of_that_name * x)  # noqa: F821


def test_equations_can_be_asked_too():
    assert is_affine(Equations(CUBA, **TIMES))
    assert not is_affine(Equations("dv/dt = -v*v/ms : 1"))
