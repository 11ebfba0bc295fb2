"""Functions of arrays are read as expressions of one neuron, or left to Python."""

import copy
import pickle

import numpy as np
import pytest

from brian_nb.diagnostics import Source
from brian_nb.equations import parse_equations, resolve_equations
from brian_nb.equations.array_functions import read_condition_function, read_reset_function
from brian_nb.equations.expressions import to_source
from brian_nb.errors import ModelError
from brian_nb.units import ALL_UNITS

mV = ALL_UNITS["mV"]
bound, n_times, w = 10 * mV, 3, 4.0
table = np.arange(3.0)

SYSTEM = resolve_equations(
    parse_equations(
        Source("dv/dt = 1*volt/second : volt\nw : volt\nx = 2*v : volt\nV = v", "equations")
    ),
    {},
)


def condition(function, *variables):
    found = read_condition_function(function, "the threshold", variables or ("v",), SYSTEM)
    return found and to_source(found.expression)


def reset(function):
    found = read_reset_function(function, "the reset", SYSTEM)
    if found is None:
        return None
    return [f"{a.name} {a.op} {to_source(a.expression)}" for a in found.assignments]


def test_arguments_are_variables_and_conditions_are_joined_as_arrays_are():
    assert condition(lambda a: a > bound) == "v > bound"
    text = condition(lambda a, b: (a > b) & ~(b > 3 * mV) | (np.abs(a) > bound), "v", "w")
    assert text == "v > w and not w > 3*0.001 or abs(v) > bound"
    assert condition(lambda v: np.where(v > 0, v, 0) > bound) is not None


def test_a_value_that_is_called_like_a_variable_gets_another_name():
    assert condition(lambda v: v > w) == "v > w_2"


@pytest.mark.parametrize(
    "function",
    [
        lambda v: v,
        lambda v: v & 3 > 1,
        lambda v: v > table,
        lambda v: v > np.random.rand(len(v)),
        lambda v: v > undefined,  # noqa: F821
        lambda v: sorted(v) > bound,
        lambda v: v.real > bound,
        lambda *v: v > bound,
        np.isfinite,
    ],
)
def test_what_is_no_condition_of_known_functions_is_left_to_python(function):
    assert condition(function) is None


def test_statements_for_the_neurons_that_fired_are_assignments():
    def jump(P, spikes):
        """Draws a number."""
        P.V[spikes] = 0 * mV
        P.w[spikes] += n_times * mV * np.random.rand(len(spikes)) + P.x_[spikes]

    assert reset(jump) == ["v = 0*0.001", "w += n_times*0.001*rand() + x"]


def spread(P, spikes):
    P.v[spikes] = 0
    P.w += 1


def set_static(P, spikes):
    P.x[spikes] = 0


def shift(P, spikes):
    P.v[spikes + 1] = 0


def use_group(P, spikes):
    P.v[spikes] = P.w


def draw_too_many(P, spikes):
    P.v[spikes] = np.random.rand(len(P))


def nothing(P, spikes):
    pass


@pytest.mark.parametrize(
    "function", [spread, set_static, shift, use_group, draw_too_many, nothing, lambda P: None]
)
def test_statements_for_others_are_left_to_python(function):
    assert reset(function) is None


def test_numbers_around_a_function_are_followed_in_copies_too():
    global n_times
    numbers = read_condition_function(count, "the threshold f()", ("v",), SYSTEM).numbers
    assert numbers.quantities == {"n_times": 3}
    n_times = 5
    for item in (numbers, copy.deepcopy(numbers), pickle.loads(pickle.dumps(numbers))):
        values = {"n_times": 3.0}
        item.refresh(values)
        assert values == {"n_times": 5.0}
    kept = numbers.forget_places()
    n_times = "three"
    kept.refresh({})
    with pytest.raises(ModelError, match=r"n_times, which the threshold f\(\) uses, .* 'three'"):
        numbers.refresh({})
    n_times = 3


def count(v):
    return v > n_times
