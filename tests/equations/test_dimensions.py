"""Units of equations, thresholds and resets."""

import pytest

from brian_nb.diagnostics import Source
from brian_nb.equations import resolve_expression, resolve_statements
from brian_nb.equations.dimensions import (
    check_assignments,
    check_dimensions,
    check_threshold,
    infer_dimension,
)
from brian_nb.equations.expressions import Compare, Name
from brian_nb.errors import DimensionMismatchError, EquationError
from brian_nb.units import ALL_UNITS, DIMENSIONLESS, get_dimension
from tests.equations.conftest import COBAHH, COBAHH_VALUES, make_namespace, parse, resolve

VALUES = "tau=10*ms El=-60*mV R=50*Mohm C=100*pF sigma=2*mV g=10*nS n=3"
BASE = {"v": "volt", "s": "second", "a": "amp", "k": "radian"}


def dimension_of(name):
    return get_dimension(ALL_UNITS[BASE[name]])


def dimension(word):
    return get_dimension(ALL_UNITS[word])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v", dimension("volt")),
        ("3", DIMENSIONLESS),
        ("-v + v", dimension("volt")),
        ("v/a", dimension("ohm")),
        ("a*s", dimension("coulomb")),
        ("s**2", dimension("second") ** 2),
        ("s**-.5", dimension("second") ** -0.5),
        ("s**(1./3)", dimension("second") ** (1 / 3)),
        ("s**0", DIMENSIONLESS),
        ("sqrt(v*v)", dimension("volt")),
        ("abs(v)", dimension("volt")),
        ("sign(v)", DIMENSIONLESS),
        ("exp(v/v)", DIMENSIONLESS),
        ("k**k", DIMENSIONLESS),
        ("minimum(v, 2*v)", dimension("volt")),
        ("clip(v, -v, 0)", dimension("volt")),
        ("v % v", dimension("volt")),
        ("v // v", DIMENSIONLESS),
        ("v if a > a else v", dimension("volt")),
        ("0 if k > 1 else v", dimension("volt")),
        ("v + 0", dimension("volt")),
        ("0 - v", dimension("volt")),
        ("0", DIMENSIONLESS),
        ("0*v", dimension("volt")),
        ("(v > v)*a", dimension("amp")),
        ("not v > 0", DIMENSIONLESS),
        ("v > 0 and a < 0", DIMENSIONLESS),
    ],
)
def test_an_expression_has_this_dimension(text, expected):
    assert infer_dimension(parse(text), dimension_of) == expected


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("v + a", ["v", "a"]),
        ("v + 1", ["v", "1"]),
        ("k*(v - a*2)", ["v", "a*2"]),
        ("v > a", ["v", "a"]),
        ("v % a", ["v", "a"]),
        ("v // a", ["v", "a"]),
        ("exp(v)", ["v"]),
        ("k**v", ["v"]),
        ("v**k", ["v", "k"]),
        ("minimum(v, a)", ["v", "a"]),
        ("clip(v, 0, 1)", ["v", "1"]),
        ("v if k > 1 else a", ["v", "a"]),
        ("floor(v)", ["v"]),
    ],
)
def test_what_does_not_agree_is_marked(text, marked):
    with pytest.raises(DimensionMismatchError) as caught:
        infer_dimension(parse(text), dimension_of)
    (problem,) = caught.value.diagnostics
    assert [mark.span.text for mark in problem.marks] == marked


def test_a_problem_is_reported_once_and_hides_no_other():
    with pytest.raises(DimensionMismatchError) as caught:
        infer_dimension(parse("(v + a)*s - (v + a) + exp(s)"), dimension_of)
    assert len(caught.value.diagnostics) == 3


@pytest.mark.parametrize(
    "text",
    [
        "dv/dt = (El - v)/tau : volt",
        "dv/dt = (-(v - El) + R*I)/tau : volt\nI : amp",
        "dv/dt = (g*(El - v) + I)/C : volt\nI : amp",
        "dv/dt = -v/tau + sigma*xi/tau**.5 : volt",
        "dv/dt = -v/tau + sigma*(2./tau)**.5*xi : volt",
        "dx/dt = -x/tau + u/tau**.5 : 1\nu = xi : second**(-.5)",
        "dv/dt = El*sin(2*pi*t/tau)/tau : volt",
        "dv/dt = 0 : volt",
        "dx/dt = x**n/tau : 1",
        "dv/dt = 25.27*mV/ms + (39.24*mV/ms**0.5)*xi : volt",
        "rate = 10*Hz + 5/second : Hz",
        "dw/dt = 1/tau : 1\nz = w",
        COBAHH,
    ],
)
def test_these_models_agree(text):
    values = COBAHH_VALUES if text is COBAHH else VALUES
    check_dimensions(resolve(text, values))


def test_problems_of_all_equations_come_together_in_the_order_of_the_text():
    text = "u = v + R : volt\ndv/dt = -v : volt\ndw/dt = v/tau : 1"
    with pytest.raises(DimensionMismatchError) as caught:
        check_dimensions(resolve(text, VALUES))
    assert [item.marks[0].span.line for item in caught.value.diagnostics] == [1, 2, 3]


MODEL = resolve("dv/dt = -v/tau : volt\nw : 1\nu = 2*v : volt", VALUES)


def check_text(text, values=""):
    expression, constants = resolve_expression(
        Source(text), MODEL, make_namespace(values), allow_random=True
    )
    check_threshold(expression, MODEL.with_constants(constants))


def check_reset(text, values=""):
    found, constants = resolve_statements(Source(text), MODEL, make_namespace(values))
    check_assignments(found, MODEL.with_constants(constants))


@pytest.mark.parametrize("text", ["v > vt", "u >= -50*mV and w < 1", "v > 0", "rand() < w",
                                  "not v < vt", "v > vt + w*mV if w > 0 else v > vt"])  # fmt: skip
def test_these_thresholds_are_conditions(text):
    check_text(text, "vt=-50*mV")


@pytest.mark.parametrize("text", ["v", "w", "v + vt", "v if w > 1 else vt"])
def test_a_number_is_no_threshold(text):
    with pytest.raises(EquationError, match="must be a condition"):
        check_text(text, "vt=-50*mV")


def test_a_threshold_compares_equal_dimensions():
    with pytest.raises(DimensionMismatchError, match="the threshold"):
        check_text("v > -50")


def test_a_threshold_without_a_text_is_checked_too():
    system = MODEL.with_constants({"vt": 3.0})
    with pytest.raises(DimensionMismatchError):
        check_threshold(Compare(">", Name("v"), Name("vt")), system)


@pytest.mark.parametrize("text", ["v = vr", "v += 3*mV; w = 1", "w *= 2", "v /= w", "v = 0"])
def test_these_resets_agree(text):
    check_reset(text, "vr=-60*mV")


@pytest.mark.parametrize("text", ["v = 3", "v += w", "w = v", "v *= 2*mV", "w -= vr"])
def test_these_resets_do_not_agree(text):
    with pytest.raises(DimensionMismatchError):
        check_reset(text, "vr=-60*mV")


def test_assignments_of_another_place_are_named_after_it():
    found, _ = resolve_statements(Source("v = 3; w *= 2*mV"), MODEL, {})
    with pytest.raises(DimensionMismatchError) as caught:
        check_assignments(found, MODEL, "the initial values")
    assert all("in the initial values" in item.fact for item in caught.value.diagnostics)
