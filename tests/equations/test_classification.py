"""The kind of each equation, and why."""

import pytest

from brian_nb.equations.classification import classify_equations
from tests.equations.conftest import COBAHH, COBAHH_VALUES, resolve


def kinds(system):
    return {item.name: item.kind for item in classify_equations(system)}


def test_the_benchmark_model_is_linear_in_its_conductances_and_conditionally_in_the_rest():
    expected = dict.fromkeys(["v", "m", "n", "h"], "conditionally linear")
    assert kinds(resolve(COBAHH, COBAHH_VALUES)) == expected | {"ge": "linear", "gi": "linear"}


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("dv/dt = -v/second : 1", "linear", ""),
        ("dv/dt = k*(E - v)/second + t/second**2 + xi/second**.5 : 1\nk : 1\nE : 1", "linear", ""),
        ("dv/dt = -v*t/second**2 : 1", "conditionally linear", "depends on the time t"),
        (
            "dv/dt = -v*w/second : 1\ndw/dt = -w/second : 1",
            "conditionally linear",
            "v*w, which is not linear in v and w",
        ),
        ("dv/dt = -v*u/second : 1\nu = v + 1 : 1", "nonlinear", "not linear in v"),
        ("dv/dt = exp(v)/second : 1", "nonlinear", "exp(v), which is not linear in v"),
    ],
)
def test_an_equation_is_of_the_first_kind_that_fits(text, kind, reason):
    first = classify_equations(resolve(text))[0]
    assert first.kind == kind
    assert (reason in first.reason) if reason else not first.reason
