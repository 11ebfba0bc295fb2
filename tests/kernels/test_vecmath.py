"""Elementary functions against 60 digits and against NumPy's special cases."""

import re
from pathlib import Path

import mpmath
import numpy as np
import pytest

from brian_nb.kernels import allocate, compile_kernel, compile_reference
from brian_nb.kernels.library import FORMULAS

RANDOM = np.random.default_rng(1)
N = 400

SEAMS = (RANDOM.integers(-20, 20, N) + 0.5) * np.log(2)
"""Where the exponent of `exp` goes from one integer to the next: its rest is largest there."""
WIDE = np.concatenate(
    [
        RANDOM.uniform(-700, 700, N),
        RANDOM.uniform(-2, 2, N),
        RANDOM.normal(size=N) * 10 ** RANDOM.uniform(-15, 1, N),
        np.log(2) / 2 * RANDOM.choice([-1, 1], N) + 0.01 * RANDOM.normal(size=N),
        SEAMS + 1e-6 * RANDOM.normal(size=N),
    ]
)
POSITIVE = np.concatenate(
    [
        10 ** RANDOM.uniform(-307, 307, N),
        RANDOM.uniform(0.5, 2, N),
        1 + 1e-5 * RANDOM.normal(size=N),
        # the mantissa is largest or smallest
        2.0 ** RANDOM.choice([-0.5, 0.5], N) * (1 + 0.02 * RANDOM.normal(size=N)),
    ]
)
ABOVE_MINUS_1 = np.concatenate([RANDOM.uniform(-0.999, 2, N), POSITIVE - 1, POSITIVE * 1e-9])
ANGLES = np.concatenate(
    [
        RANDOM.uniform(-10, 10, N),
        RANDOM.normal(size=N) * 10 ** RANDOM.uniform(-9, 14, N),
        # the float64 next to multiples of pi/2: almost everything cancels
        np.arange(1, N) * np.pi / 2,
        # the angle within its quadrant is largest
        (RANDOM.integers(-200, 200, N) + 0.5) * np.pi / 2 + 1e-3 * RANDOM.normal(size=N),
    ]
)
UNIT = RANDOM.uniform(-1, 1, 3 * N)

# In units in the last place; docs/explanation/functions.md says what was measured.
ACCURACY = {
    "exp": (WIDE, mpmath.exp, 1.2),
    "expm1": (WIDE, mpmath.expm1, 2.4),
    "exprel": (WIDE, lambda x: mpmath.expm1(x) / x, 2.7),
    "log": (POSITIVE, mpmath.log, 0.9),
    "log10": (POSITIVE, mpmath.log10, 1.6),
    "log1p": (ABOVE_MINUS_1[ABOVE_MINUS_1 > -1], mpmath.log1p, 0.9),
    "sin": (ANGLES, mpmath.sin, 0.9),
    "cos": (ANGLES, mpmath.cos, 0.9),
    "tan": (ANGLES, mpmath.tan, 2.4),
    "sinh": (WIDE, mpmath.sinh, 2.6),
    "cosh": (WIDE, mpmath.cosh, 1.5),
    "tanh": (WIDE / 20, mpmath.tanh, 2.6),
    "arcsin": (UNIT, mpmath.asin, 1.0),
    "arccos": (UNIT, mpmath.acos, 1.0),
    "arctan": (WIDE, mpmath.atan, 1.0),
    "sqrt": (POSITIVE, mpmath.sqrt, 0.5),
}
POWER_ULP = 1.5
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "functions.md"

ENDS = np.array(
    [0.0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e-300, 5e-324, -5e-324, 709.7, 710, -700, -745.2]
    + [-800, 1e300, -1e300, 2.0**53 + 2, np.inf, -np.inf, np.nan]
)
SEVERAL = {"power", "minimum", "maximum", "modulo", "floor_divide", "clip", "bounded", "inside"}
UNARY = sorted(set(FORMULAS) - SEVERAL - {"exprel"})
BINARY = {"power": np.power, "minimum": np.minimum, "maximum": np.maximum}
ALMOST = 1e-14
"""Relative difference from NumPy, whose own functions err by some ulp."""


def write_source(calls):
    loops = "".join(
        f"    for i in range(n):\n        y[{k} * n + i] = {call}\n" for k, call in enumerate(calls)
    )
    return (
        "def advance(A, thread, n_threads):\n    y = f64(A, 0)\n    a = f64(A, 1)\n"
        "    b = f64(A, 2)\n    n = i64(A, 3)[0]\n" + loops + "    return 0\n"
    )


def evaluate(compiler, calls, a, b=None):
    """float64[n_calls, n_points]: every call at every point."""
    arrays = [allocate((len(calls), len(a))), allocate(len(a)), allocate(len(a)), allocate(1, "i8")]
    arrays[1][:], arrays[2][:], arrays[3][0] = a, a if b is None else b, len(a)
    assert compiler(write_source(calls))(arrays)() == 0
    return arrays[0]


def measure_ulp(values, points, exact):
    """Largest error in units in the last place of the exact value."""
    with mpmath.workdps(60):
        truth = [exact(*(mpmath.mpf(float(x)) for x in point)) for point in points]
        errors = [abs(mpmath.mpf(float(y)) - e) for y, e in zip(values, truth, strict=True)]
        return max(float(d / np.spacing(abs(float(e)))) for d, e in zip(errors, truth, strict=True))


@pytest.fixture(scope="module")
def unary_kernel():
    return compile_kernel(write_source([f"{name}(a[i])" for name in ACCURACY]))


@pytest.fixture(scope="module")
def accurate_values(unary_kernel):
    n = max(len(points) for points, *_ in ACCURACY.values())
    values = {}
    for row, (name, (points, *_)) in enumerate(ACCURACY.items()):
        padded = np.resize(points, n)
        arrays = [allocate((len(ACCURACY), n)), allocate(n), allocate(n), allocate(1, "i8")]
        arrays[1][:], arrays[3][0] = padded, n
        unary_kernel(arrays)()
        values[name] = arrays[0][row, : len(points)].copy()
    return values


@pytest.mark.parametrize("name", ACCURACY)
def test_error_stays_below_the_stated_ulp(name, accurate_values):
    points, exact, limit = ACCURACY[name]
    assert measure_ulp(accurate_values[name], points[:, None], exact) <= limit


def test_power_stays_below_the_stated_ulp():
    near_root = 2**-0.5 + 0.01 * RANDOM.normal(size=N)
    x = np.concatenate([10 ** RANDOM.uniform(-5, 5, N), RANDOM.uniform(0.5, 2, N), near_root])
    y = np.concatenate([RANDOM.uniform(-60, 60, N), RANDOM.uniform(-4, 4, N), 1e3 * UNIT[:N]])
    [values] = evaluate(compile_kernel, ["power(a[i], b[i])"], x, y)
    assert measure_ulp(values, np.stack([x, y], 1), mpmath.power) <= POWER_ULP


def test_the_page_states_the_bounds_of_these_tests():
    rows = re.findall(
        r"^\| `(\w+)\(.*?\)` \| [\d.]+ \| ([\d.]+) \|", PAGE.read_text(), re.MULTILINE
    )
    stated = {name: limit for name, (_, _, limit) in ACCURACY.items()} | {"power": POWER_ULP}
    assert {name: float(limit) for name, limit in rows} == stated


@pytest.fixture(scope="module")
def values_at_ends():
    calls = [f"{name}(a[i])" for name in UNARY]
    return dict(zip(UNARY, evaluate(compile_kernel, calls, ENDS), strict=True))


@pytest.mark.parametrize("name", UNARY)
def test_special_values_are_those_of_numpy(name, values_at_ends):
    values, points = values_at_ends[name], ENDS
    if name in ("sin", "cos", "tan"):
        values, points = values[abs(ENDS) < 2.0**50], ENDS[abs(ENDS) < 2.0**50]
    with np.errstate(all="ignore"):
        expected = getattr(np, name)(points)
    expected[abs(expected) < np.finfo(float).tiny] *= name != "exp"
    np.testing.assert_allclose(values, expected, rtol=ALMOST, atol=0)
    known = ~np.isnan(expected)
    assert (np.signbit(values) == np.signbit(expected))[known].all()


def test_an_angle_too_large_to_mean_anything_gives_nan(values_at_ends):
    for name in ("sin", "cos", "tan"):
        assert np.isnan(values_at_ends[name][abs(ENDS) > 2.0**50]).all()


def test_a_result_below_the_normal_numbers_is_kept_but_for_exp():
    tiny = np.finfo(float).tiny
    [flushed] = evaluate(compile_kernel, ["exp(a[i])"], np.array([-708.3, -708.5, -740.0]))
    assert flushed[0] > tiny and (flushed[1:] == 0).all()
    [powers] = evaluate(compile_kernel, ["power(2.0, a[i])"], np.array([-1030.0, -1074.0, -1076]))
    np.testing.assert_array_equal(powers, [2.0**-1030, 5e-324, 0])
    points = np.array([5e-324, -1e-310])
    for values in evaluate(
        compile_kernel, [f"{n}(a[i])" for n in "sin expm1 tanh".split()], points
    ):
        np.testing.assert_array_equal(values, points)


def test_exprel_has_its_limits():
    points = np.array([0.0, -0.0, 1e-300, -1e-20, np.inf, -np.inf, 712.0, 720.0, np.nan])
    [values] = evaluate(compile_kernel, ["exprel(a[i])"], points)
    expected = [1, 1, 1, 1, np.inf, 0, np.exp(712.0 - 1.0 - np.log(712.0)) * np.e, np.inf, np.nan]
    np.testing.assert_allclose(values, expected, rtol=1e-12)


def test_exprel_is_1_at_the_smallest_numbers_and_falls_like_a_hyperbola():
    points = np.array([5e-324, -5e-324, 3e-318, -1e-310, 2.5e-308, -1e3, -1e300])
    [values] = evaluate(compile_kernel, ["exprel(a[i])"], points)
    np.testing.assert_allclose(values, [1, 1, 1, 1, 1, 1e-3, 1e-300], rtol=1e-15)


@pytest.mark.parametrize("name", BINARY)
def test_special_values_of_two_arguments_are_those_of_numpy(name):
    x, y = (grid.ravel() for grid in np.meshgrid(ENDS, ENDS))
    [values] = evaluate(compile_kernel, [f"{name}(a[i], b[i])"], x, y)
    with np.errstate(all="ignore"):
        expected = BINARY[name](x, y)
    np.testing.assert_allclose(values, expected, rtol=10 * ALMOST, atol=0)
    if name == "power":
        known = ~np.isnan(expected)
        assert (np.signbit(values) == np.signbit(expected))[known].all()


def test_modulo_has_the_sign_of_the_divisor_and_lies_below_it():
    x, y = RANDOM.uniform(-50, 50, N), RANDOM.uniform(-3, 3, N)
    [values] = evaluate(compile_kernel, ["modulo(a[i], b[i])"], x, y)
    np.testing.assert_allclose(values, np.mod(x, y), atol=1e-14)


def test_floor_divide_gives_whole_numbers_that_go_with_modulo():
    x, y = RANDOM.uniform(-50, 50, N), RANDOM.uniform(-3, 3, N)
    x[:8] = 1.0, 0.3, 7.0, -7.0, 1.0, -1.0, 0.0, 1.0
    y[:8] = 0.1, 0.1, 7.0, 7.0, np.inf, np.inf, 0.0, 0.0
    [values] = evaluate(compile_kernel, ["floor_divide(a[i], b[i])"], x, y)
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(values, np.floor_divide(x, y))


def test_clip_moves_into_the_bounds_and_keeps_nan():
    points = np.array([-2.0, 0.25, 7.0, np.nan])
    [values] = evaluate(compile_kernel, ["clip(a[i], -1, 1)"], points)
    np.testing.assert_array_equal(values, [-1, 0.25, 1, np.nan])


def test_indices_always_fit_even_those_of_nan():
    points = np.array([-2.0, -0.0, 0.25, 7.0, 1e300, -np.inf, np.inf, np.nan])
    calls = ["bounded(a[i], 0.0, 4.0)", "inside(a[i], 4.0)"]
    for compile_source in (compile_kernel, compile_reference):
        held, dropped = evaluate(compile_source, calls, points)
        np.testing.assert_array_equal(held, [0, 0, 0.25, 4, 4, 0, 4, 0])
        np.testing.assert_array_equal(dropped, [4, 0, 0.25, 4, 4, 4, 4, 4])


def test_every_function_agrees_with_its_reference():
    calls = [f"{name}(a[i])" for name in (*UNARY, "exprel")] + [
        "power(absolute(a[i]), b[i])",
        "modulo(a[i], b[i])",
        "floor_divide(a[i], b[i])",
        "minimum(a[i], b[i])",
        "maximum(a[i], b[i])",
        "clip(a[i], -0.5, b[i])",
    ]
    points = RANDOM.uniform(-0.99, 0.99, 40)
    pair = calls, points, RANDOM.uniform(0.5, 2, 40)
    compiled, plain = evaluate(compile_kernel, *pair), evaluate(compile_reference, *pair)
    np.testing.assert_allclose(compiled, plain, rtol=ALMOST, atol=1e-15)


def test_lanes_have_the_bits_of_single_numbers():
    calls = [f"{name}(a[i])" for name in (*UNARY, "exprel")] + [
        f"{name}(a[i], b[i])"
        for name in ("power", "modulo", "floor_divide", "minimum", "maximum", "inside")
    ]
    calls += ["clip(a[i], -0.5, b[i])", "bounded(a[i], b[i], 2.0)"]
    x, y = (item.ravel() for item in np.meshgrid([*ENDS, *RANDOM.uniform(-9, 9, 40)], ENDS))
    single, lanes = (
        evaluate(
            lambda source, numbers=numbers: compile_kernel(rewrite(source, numbers)), calls, x, y
        )
        for numbers in ("range(n)", "lane_range(0, n)")
    )
    for call, one, other in zip(calls, single, lanes, strict=True):
        different = one.view(np.int64) != other.view(np.int64)
        assert not (different & ~(np.isnan(one) & np.isnan(other))).any(), call


def rewrite(source, numbers):
    """The source with its loops over other numbers; a line of `y` begins at ``y[i + offset]``."""
    return re.sub(r"y\[(\d+) \* n \+ i\]", r"y[i + \1 * n]", source.replace("range(n)", numbers))


def test_integers_and_truth_values_are_converted():
    source = """
def advance(A, thread, n_threads):
    y = f64(A, 0)
    y[0] = exp(1)
    y[1] = sqrt(y[0] > 2)
    return 0
"""
    array = allocate(2)
    compile_kernel(source)([array])()
    np.testing.assert_allclose(array, [np.e, 1])
