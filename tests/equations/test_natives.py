"""Functions of the user that Numba compiles: which, and what they compute."""

import copy
import math
import pickle

import numba
import numpy as np
import pytest

from brian_nb.equations.applying import FunctionCalls
from brian_nb.equations.expressions import Name, evaluate, walk
from brian_nb.equations.function_source import FunctionSource, Untranslatable
from brian_nb.equations.natives import Native, compile_function, find_native_code
from brian_nb.errors import ModelError
from brian_nb.units import ALL_UNITS, check_units
from brian_nb.units import reductions as star

mV, ms, volt, second = (ALL_UNITS[name] for name in ("mV", "ms", "volt", "second"))
X = np.array([-1.3, 0.0, 0.4, 2.0])


def compile_it(function, n_args=1):
    return find_native_code(function, "f", n_args)


# -- what is compiled --------------------------------------------------------------------------


def of_the_library(x):
    return math.erf(x) + math.lgamma(3 + x) + math.atan2(x, 2) + math.hypot(x, 1)


def with_a_list(x):
    parts = [x, 2 * x, 3.0]
    parts.append(1.5)
    return sum(parts) + len(parts)


def with_a_tuple(x):
    parts = (x, 2 * x)
    low, high = min(parts), max(parts)
    return high - low


def with_an_array(x):
    parts = np.zeros((2, 3))
    for k in range(3):
        parts[0, k] = x**k
        parts[1, k] = k
    return float(np.sum(parts[0] * parts[1]))


def factorial(n):
    return 1.0 if n < 1 else n * factorial(n - 1)


def with_helpers(x):
    parts = [helper(x), helper(x, scale=3)]
    return parts[0] - parts[1]


def helper(x, scale=2):
    def inner(y):
        return y * scale

    return math.atan2(inner(x), 1.5)


def of_powers(x):
    n, parts = 2, [1, 2]
    return n ** -parts[0] + x ** parts[1]


@numba.njit
def of_njit(x):
    return [x, x + 1][1]


@numba.njit(error_model="python")
def dividing(x):
    return [1.0, x][0] / x


@pytest.mark.parametrize(
    "function",
    [
        *(of_the_library, with_a_list, with_a_tuple, with_an_array, factorial, with_helpers),
        *(of_powers, of_njit, lambda x: [x, -x][int(x > 0)]),
    ],
)
def test_what_numba_compiles_computes_what_python_does(function):
    code = compile_it(function)
    assert [code(x) for x in X] == pytest.approx([function(x) for x in X], rel=1e-14)


TABLE = np.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: star.sum([1.0, x, x * x]) + star.sum([x], 1.5),
        lambda x: star.sum(np.array([x, 2.0])) + star.sum(TABLE) + star.sum(TABLE, axis=0)[1],
        lambda x: star.sum(TABLE, 1)[0] * x + star.sum(k * x for k in range(3)),
        lambda x: 1.0 if star.any([x > 1, x < 0]) else 2.0 * star.all((x > 0, x < 1)),
        lambda x: 1.0 if star.any(TABLE < x) else 2.0 * star.all(TABLE > x),
        lambda x: [x, 1.0][int(any([x > 1, x < 0]))] * all(x > k for k in range(-2, 1)),
        lambda x: sum(x * k for k in range(3)) + max(k - x for k in range(3)) * len([x]),
    ],
)
def test_sums_and_tests_of_python_and_of_the_star_import_are_compiled(function):
    code = compile_it(function)
    assert [code(x) for x in X] == pytest.approx([function(x) for x in X], rel=1e-14)


def test_a_sum_that_numpy_takes_over_all_neurons_is_not_compiled():
    with pytest.raises(Untranslatable, match="one thing of the values of all neurons"):
        compile_it(lambda x: star.sum([x, 2 * x]))


@numba.vectorize
def of_vectorize(x):
    return x * 2 if x > 0 else -x


@numba.vectorize(["int64(int64)", "float64(float64)"])
def of_typed_vectorize(x):
    return x * 2 if x > 0 else -x


@numba.cfunc("float64(float64)")
def of_cfunc(x):
    return x * 2 if x > 0 else -x


@pytest.mark.parametrize("function", [of_vectorize, of_typed_vectorize, of_cfunc])
def test_functions_that_numba_has_made_are_read_like_others(function):
    calls = FunctionCalls(None, None, None)
    expression = calls.apply("f", function, [Name("x")])
    assert not any(getattr(item, "external", None) for item in walk(expression))
    assert evaluate(expression, {"x": X}).tolist() == [1.3, 0, 0.8, 4]


def test_what_numba_has_made_for_other_numbers_is_left_alone():
    @numba.vectorize(["float32(float32)"])
    def narrow(x):
        return x

    with pytest.raises(Untranslatable, match="no plain Python function"):
        FunctionSource(narrow, "f")


def test_functions_of_several_arguments_and_of_none():
    assert compile_it(math.hypot, 2)(3, 4) == 5
    assert compile_it(lambda: [1.0, 2.0][1], 0)() == 2
    assert compile_function(lambda: [1.0, 2.0][1], "f", 0).compute() == 2
    native = compile_function(math.hypot, "hypot", 2)
    assert native.compute(np.array([3.0, 5.0]), 4).tolist() == [5, math.sqrt(41)]


def test_where_python_raises_an_error_there_is_no_number():
    table = np.arange(6.0).reshape(2, 3)

    def look_up(x):
        return table[int(x), 1]

    code = compile_it(look_up)
    assert [code(0), code(1), code(-1)] == [1, 4, 4]
    assert math.isnan(code(2))
    assert compile_it(dividing)(0.0) == math.inf  # as everywhere in equations
    assert math.isnan(compile_it(factorial)(1e6)) and math.isnan(compile_it(factorial)(math.nan))


weights = np.array([0.5, 1.0, 2.0, 4.0, 8.0])


def test_sums_over_arrays_of_its_own_are_compiled():
    assert compile_it(lambda x: np.dot(weights[:3], np.array([1.0, x, x * x])))(3.0) == 21.5
    assert compile_it(lambda x: x * np.sum(weights))(2.0) == 31


# -- what it finds around it -------------------------------------------------------------------


def test_numbers_and_arrays_around_a_function_are_read_as_they_are_now():
    gain, table, pair = 2, np.arange(6.0).reshape(2, 3), (1, 2.5)

    def f(x):
        return [x, gain][1] * table[1, 2] + pair[1]

    code = compile_it(f)
    assert code.has_inputs and code(0) == 12.5
    table[1, 2] = 7
    assert code(0) == 16.5
    gain = 3
    code.refresh()
    assert code(0) == 23.5
    address = code.address
    table = np.ones((4, 5))  # another shape needs no other code
    code.refresh()
    assert code(0) == 5.5 and code.address == address
    gain = 0.5  # another type does
    code.refresh()
    assert code(0) == 3 and code.address != address
    pair = (1, 2)
    code.refresh()
    assert code(0) == 2.5
    gain = "none"
    with pytest.raises(ModelError, match=r"f\(\) was compiled, but .* it uses gain"):
        code.refresh()


def test_units_and_quantities_are_numbers_in_si():
    tau = 5 * ms

    def f(v):
        return [v / mV, math.pi][0] * (tau / ms)

    code = compile_it(f)
    assert code(3e-3) == pytest.approx(15)
    tau = 2 * ms
    code.refresh()
    assert code(3e-3) == pytest.approx(6)


def test_functions_with_the_same_code_are_different_functions():
    def make(scale):
        return lambda x: [scale * x, x][0]

    def twice(x):
        return [first(x), second(x)][0] * 10 + second(x)

    first, second = make(2.0), make(3.0)
    assert compile_it(first)(1) == 2 and compile_it(second)(1) == 3
    assert compile_it(twice)(1) == 23


def test_a_function_is_compiled_once_and_copies_share_it():
    code = compile_it(with_a_list)
    assert compile_it(with_a_list) is code
    assert copy.deepcopy(code) is code and pickle.loads(pickle.dumps(code)) is code
    assert compile_function(with_a_list, "f", 1) == compile_function(with_a_list, "g", 1)
    assert compile_function(with_a_list, "f", 1) != compile_function(with_a_tuple, "f", 1)


# -- in expressions ----------------------------------------------------------------------------


def apply(function, *names):
    calls = FunctionCalls(
        lambda source, name, value, span, path: Name(f"{source.name}.{name}"),
        lambda name, item: name,
        compile_function,
    )
    return calls.apply("f", function, [Name(name) for name in names])


def natives_in(expression):
    found = [getattr(item, "external", None) for item in walk(expression)]
    return [item for item in found if isinstance(item, Native)]


def test_only_what_cannot_be_read_is_compiled():
    assert natives_in(apply(lambda x: math.exp(x) if x > 0 else x, "x")) == []
    inlined = apply(lambda x: 2 * math.erf(x) + 1, "x")
    (native,) = natives_in(inlined)
    assert native.code.function is math.erf and native.n_args == 1
    assert evaluate(inlined, {"x": 0.3}) == 2 * math.erf(0.3) + 1
    whole = apply(with_a_list, "x")
    assert whole.external.code.function is with_a_list
    (native,) = natives_in(apply(factorial, "x"))
    assert native.code.function is factorial


log = []


def appends(x):
    log.append(x)
    return x


def test_both_reasons_are_told():
    with pytest.raises(Untranslatable, match="it contains `log.append.*`, and it uses log"):
        apply(appends, "x")


def test_units_that_are_stated_are_those_of_the_native():
    @check_units(v=volt, t=second, result=volt)
    def f(v, t):
        return [v, t][0]

    found = apply(f, "v", "t").external
    assert found.arguments == tuple(item.dimension for item in (volt, second))
    assert found.result == volt.dimension
    assert apply(with_a_list, "v").external.arguments == (None,)
