"""Expressions as text."""

import pytest
from hypothesis import given, settings

from brian_nb.equations.expressions import Number, to_source
from tests.equations.conftest import parse
from tests.equations.strategies import expressions


@given(expressions)
@settings(max_examples=300, deadline=None)
def test_what_is_written_reads_the_same(expression):
    assert parse(to_source(expression)) == expression


@pytest.mark.parametrize(
    "text",
    [
        "a - (b - c)",
        "a - b - c",
        "(a + b)*c",
        "a/(b*c)",
        "-a**2",
        "(-a)**2",
        "a**-b",
        "(a**b)**c",
        "a**b**c",
        "exp(-v/tau)",
        "(a if b > 0 else c)*2",
        "not (a > b and c > d)",
        "a > b and (c > d or e > f)",
        "0.5*v",
        "1e-05*v",
    ],
)
def test_no_bracket_is_written_that_is_not_needed(text):
    assert to_source(parse(text)) == text


def test_whole_numbers_are_written_without_a_point():
    assert to_source(parse("v**2.0")) == "v**2"
    assert to_source(Number(1e22)) == "1e+22"


def test_names_can_be_written_otherwise():
    assert to_source(parse("v + w"), {"v": "x_v"}) == "x_v + w"
    assert to_source(parse("v + w"), lambda name: f"{name}[i]") == "v[i] + w[i]"
