"""Elementary functions against 60 digits and against NumPy's special cases."""

import mpmath
import numpy as np
import pytest

from brian_nb.kernels import allocate, compile_kernel, compile_reference
from brian_nb.kernels.library import FORMULAS

RANDOM = np.random.default_rng(1)
N = 400

WIDE = np.concatenate(
    [
        RANDOM.uniform(-700, 700, N),
        RANDOM.uniform(-2, 2, N),
        RANDOM.normal(size=N) * 10 ** RANDOM.uniform(-15, 1, N),
    ]
)
POSITIVE = np.concatenate(
    [
        10 ** RANDOM.uniform(-307, 307, N),
        RANDOM.uniform(0.5, 2, N),
        1 + 1e-5 * RANDOM.normal(size=N),
    ]
)
ANGLES = np.concatenate(
    [
        RANDOM.uniform(-10, 10, N),
        RANDOM.normal(size=N) * 10 ** RANDOM.uniform(-9, 14, N),
        # the float64 next to multiples of pi/2: almost everything cancels
        np.arange(1, N) * np.pi / 2,
    ]
)
UNIT = RANDOM.uniform(-1, 1, 3 * N)

# Errors in units in the last place: the largest seen on 10 times as many points, rounded up.
ACCURACY = {
    "exp": (WIDE, mpmath.exp, 1.1),
    "expm1": (WIDE, mpmath.expm1, 1.8),
    "exprel": (WIDE, lambda x: mpmath.expm1(x) / x, 2.2),
    "log": (POSITIVE, mpmath.log, 0.9),
    "log10": (POSITIVE, mpmath.log10, 1.6),
    "log1p": (POSITIVE, mpmath.log1p, 0.9),
    "sin": (ANGLES, mpmath.sin, 0.9),
    "cos": (ANGLES, mpmath.cos, 0.9),
    "tan": (ANGLES, mpmath.tan, 2.2),
    "sinh": (WIDE, mpmath.sinh, 2.4),
    "cosh": (WIDE, mpmath.cosh, 1.6),
    "tanh": (WIDE / 20, mpmath.tanh, 2.8),
    "arcsin": (UNIT, mpmath.asin, 1.0),
    "arccos": (UNIT, mpmath.acos, 1.0),
    "arctan": (WIDE, mpmath.atan, 1.0),
    "sqrt": (POSITIVE, mpmath.sqrt, 0.5),
}
POWER_ULP = 1.5

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
    x = np.concatenate([10 ** RANDOM.uniform(-5, 5, N), RANDOM.uniform(0.5, 2, N)])
    y = np.concatenate([RANDOM.uniform(-60, 60, N), RANDOM.uniform(-4, 4, N)])
    [values] = evaluate(compile_kernel, ["power(a[i], b[i])"], x, y)
    assert measure_ulp(values, np.stack([x, y], 1), mpmath.power) <= POWER_ULP


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


def test_exprel_has_its_limits():
    points = np.array([0.0, -0.0, 1e-300, -1e-20, np.inf, -np.inf, 712.0, 720.0, np.nan])
    [values] = evaluate(compile_kernel, ["exprel(a[i])"], points)
    expected = [1, 1, 1, 1, np.inf, 0, np.exp(712.0 - 1.0 - np.log(712.0)) * np.e, np.inf, np.nan]
    np.testing.assert_allclose(values, expected, rtol=1e-12)


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


@pytest.mark.parametrize("name", ACCURACY)
def test_lines_of_numbers_get_what_single_numbers_get(name):
    source = f"""
def advance(A, thread, n_threads):
    x = f64(A, 0)
    y = f64(A, 1)
    for i in lane_range(0, {N}):
        y[i] = {name}(x[i])
    return 0
"""
    x, y = allocate(N), allocate(N)
    x[:] = ACCURACY[name][0][:N]
    found = []
    for text in (source, source.replace("lane_range", "index_range")):
        compile_kernel(text)([x, y])()
        found.append(y.copy())
    np.testing.assert_array_equal(*found)
