"""Python functions read as expressions, as routines, or not at all."""

import ast
import math

import numpy as np
import pytest

from brian_nb.equations.applying import FunctionCalls
from brian_nb.equations.expressions import Name, evaluate, to_source
from brian_nb.equations.function_inputs import find_inputs
from brian_nb.equations.function_source import FunctionSource, Untranslatable
from brian_nb.equations.routines import Routine
from brian_nb.equations.tables import Tabulate
from brian_nb.units import ALL_UNITS, check_units

mV, ms, volt = (ALL_UNITS[name] for name in ("mV", "ms", "volt"))
scale = 2.5
data = np.arange(10.0)
table = Tabulate(lambda x: x**2, 0.0, 1.0, 10)


def apply(function, *names):
    """The expression of a function at some names."""
    calls = FunctionCalls(
        lambda source, name, value, span, path: Name(f"{source.name}.{name}"),
        lambda name, item: name,
    )
    return calls.apply("f", function, [Name(name) for name in names])


def write(function, *names):
    return to_source(apply(function, *names))


# -- finding the source ------------------------------------------------------------------------


def body_of(function):
    return "; ".join(ast.unparse(item) for item in FunctionSource(function, "f").body)


def test_lambdas_of_one_line_are_told_apart():
    pair = [lambda t: t * scale, lambda t: t + scale]
    assert [body_of(item) for item in pair] == ["return t * scale", "return t + scale"]
    inner = (lambda x: lambda t: t - x)(3)
    assert body_of(inner) == "return t - x"
    assert FunctionSource(inner, "f").find_value("x") == 3


def test_functions_behind_decorators_of_units_are_found():
    @check_units(v=volt, result=volt)
    def double(v):
        return 2 * v

    assert write(double, "v") == "2*v"


@pytest.mark.parametrize("function", [eval("lambda t: t"), len, np.sort, print, int, object()])
def test_what_has_no_source_is_left_to_python(function):
    with pytest.raises(Untranslatable):
        if function is int:
            raise Untranslatable  # it is known
        apply(function, "t")


# -- expressions -------------------------------------------------------------------------------


def test_local_names_conditions_and_returns_make_one_expression():
    def f(v, w):
        a = v + 1
        a *= w
        b, c = a, -a
        if b > 3:
            return c
        return b

    assert write(f, "x", "y") == "-((x + 1)*y) if (x + 1)*y > 3 else (x + 1)*y"


def test_and_and_or_give_one_of_their_sides():
    expression = apply(lambda t: (t < 2 and 30) or t, "t")
    assert evaluate(expression, {"t": np.array([1.0, 3.0])}).tolist() == [30, 3]
    expression = apply(lambda t: t < 2 and 0 or 7, "t")
    assert evaluate(expression, {"t": np.array([1.0, 3.0])}).tolist() == [7, 7]
    assert write(lambda t: t > 1 and not t > 5, "t") == "t > 1 and not t > 5"


def test_numbers_stand_for_constants_and_units_for_themselves():
    assert write(lambda v: v * scale + 3 * mV, "v") == "v*f.scale + 3*0.001"
    assert write(lambda v: math.exp(v * np.pi), "v") == "exp(v*3.141592653589793)"


def test_defaults_are_constants_of_the_call():
    def f(v, factor=4):
        return v * factor

    assert write(f, "v") == "v*4"
    assert write(f, "v", "w") == "v*w"


@pytest.mark.parametrize(
    "function, reason",
    [
        (lambda t: data[int(t)], "it contains `data"),
        (lambda t: t.real, "it contains `t.real`"),
        (lambda t: [t], "it contains `\\[t\\]`"),
        (lambda t: t if t > 0 else None, "it contains None"),
        (lambda t: np.clip(t, a_min=0, a_max=1), "it contains `np.clip"),
        (lambda t: unknown(t), "it uses unknown, which has no value"),  # noqa: F821
        (lambda t: np.sort(t), "sort is no plain Python function"),
        (lambda t: t + np.zeros((2, 2)).T, "it contains"),
        (lambda *t: 0, "takes arguments by"),
    ],
)
def test_what_cannot_be_read_says_why(function, reason):
    with pytest.raises(Untranslatable, match=reason):
        apply(function, "t")


def test_statements_that_do_something_else_are_not_read():
    def prints(t):
        print(t)
        return t

    def may_end(t):
        if t > 0:
            return t

    def tries(t):
        try:
            return t
        except ValueError:
            return 0

    def asserts(t):
        assert t > 0
        return t

    for function in (prints, may_end, tries, asserts):
        with pytest.raises(Untranslatable):
            apply(function, "t")


# -- routines ----------------------------------------------------------------------------------


def collatz(n):
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps


def swap(x, n):
    a, b = 0.0, x
    for _i in range(int(n)):
        a, b = b, a + b * scale
    return a


def test_loops_make_routines_that_compute_the_same():
    call = apply(collatz, "n")
    assert isinstance(call.external, Routine)
    numbers = np.arange(1.0, 30.0)
    assert evaluate(call, {"n": numbers}).tolist() == [collatz(n) for n in range(1, 30)]
    call = apply(swap, "x", "n")
    values = {"x": np.array([1.0, 2.0]), "n": 6.0, "f.scale": scale}
    assert evaluate(call, values).tolist() == [swap(1.0, 6), swap(2.0, 6)]


def test_routines_are_equal_where_they_do_the_same():
    def make(limit):
        def f(x):
            while x < limit:
                x = x * 2
            return x

        return f

    first, second = apply(make(3.0), "x"), apply(make(5.0), "x")
    assert first.external == second.external
    assert apply(collatz, "x").external != first.external


# -- what a function comes from ----------------------------------------------------------------


def test_pure_functions_say_what_they_come_from():
    offset = [1.0, 2.0]

    def helper(t):
        return np.interp(t, offset, offset)

    def f(t):
        picked = data[int(t / (1 * ms))]
        return picked * scale + helper(t) + table(0.5) + np.linalg.norm(data)

    values = find_inputs(f)()
    assert sorted(np.size(item) for item in values) == sorted([10, 1, 1, 2, 2, 10, 10])


class Thing:
    value = 3


thing = Thing()


@pytest.mark.parametrize(
    "function",
    [
        lambda t: np.random.rand(),
        lambda t: thing.value,
        lambda t: print(t),
        lambda t: open("file"),
        lambda t: data.__setitem__(0, 1) or data.fill(t) if False else unknown,  # noqa: F821
        lambda t: globals()["scale"],
        np.sort,
    ],
)
def test_functions_that_use_more_than_numbers_and_arrays_are_told_apart(function):
    assert find_inputs(function) is None


def test_functions_that_change_something_are_told_apart():
    def writes(t):
        data[0] = t
        return t

    def counts(t):
        nonlocal n
        n += 1
        return n

    n = 0
    assert find_inputs(writes) is None and find_inputs(counts) is None
