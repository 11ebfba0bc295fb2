"""Functions of the user that are left to Python, and why."""

import numpy as np
import pytest

from brian_nb.equations.function_source import Untranslatable
from brian_nb.equations.natives import find_native_code
from brian_nb.units import ALL_UNITS

mV, ms, volt, second = (ALL_UNITS[name] for name in ("mV", "ms", "volt", "second"))


def compile_it(function, n_args=1):
    return find_native_code(function, "f", n_args)


data, log = np.arange(4.0), []


class Thing:
    value = 3


thing = Thing()


def changes_an_array(x):
    data[0] = x
    return x


def changes_it_by_another_name(x):
    alias = data
    alias[0] = x
    return x


def changes_it_by_a_function(x):
    np.fill_diagonal(data.reshape(2, 2), x)
    return x


def changes_it_by_an_iterator(x):
    data.flat[0] = x
    return x


def changes_it_by_a_view(x):
    view = np.ascontiguousarray(data)
    view[0] = x
    return x


def counts(x):
    global n_calls
    n_calls = 1
    return x


def appends(x):
    log.append(x)
    return x


def raises(x):
    if x > 1e9:
        raise ValueError
    return x


def tries(x):
    try:
        return 1 / x
    except ZeroDivisionError:
        return 0.0


def to_and_fro(x):
    return fro(x - 1) if x > 0 else 0.0


def fro(x):
    return to_and_fro(x)


def gives_text(x):
    return "a" if x > 0 else "b"


def gives_an_array(x):
    return np.zeros(3) + x


@pytest.mark.parametrize(
    "function, reason",
    [
        (changes_an_array, "Numba cannot compile it"),
        (changes_it_by_another_name, "Numba cannot compile it"),
        (changes_it_by_a_function, "it uses fill_diagonal"),
        (changes_it_by_an_iterator, "it uses flat"),
        (changes_it_by_a_view, "it uses ascontiguousarray"),
        (counts, "it contains `global n_calls`"),
        (appends, "it uses log"),
        (raises, "it contains `raise ValueError`"),
        (tries, "it contains `try:`"),
        (to_and_fro, "by way of another function"),
        (gives_text, "Numba cannot compile it"),
        (gives_an_array, "Numba cannot compile it"),
        (lambda x: print(x) or x, "it uses print"),
        (lambda x: thing.value * x, "it uses thing"),
        (lambda x: np.random.rand() * x, "it uses np.random.rand"),
        (lambda x: np.random.default_rng(int(x)).normal(), "it uses np.random.default_rng"),
        (np.random.rand, "no plain Python function"),
    ],
)
def test_what_changes_or_draws_something_is_left_to_python(function, reason):
    before = data.copy()
    with pytest.raises(Untranslatable, match=reason):
        compile_it(function)
    assert np.array_equal(data, before)


weights = np.array([0.5, 1.0, 2.0, 4.0, 8.0])


@pytest.mark.parametrize(
    "function, n_args",
    [
        (lambda x: x - np.mean(x), 1),
        (lambda x: np.sum(weights - x), 1),  # for as many neurons as there are weights
        (lambda x, t: np.max(x) * t, 2),
        (np.sum, 1),
        (lambda x: np.size(x) * [x][0], 1),
    ],
)
def test_what_makes_one_thing_of_all_neurons_is_left_to_python(function, n_args):
    with pytest.raises(Untranslatable, match="one thing of the values of all neurons"):
        compile_it(function, n_args)
