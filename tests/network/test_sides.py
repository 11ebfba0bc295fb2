"""Where each variable of a rule has its values."""

import pytest

from brian_nb import Equations
from brian_nb.equations.dimensions import check_dimensions
from brian_nb.network.rule_statements import read_statements
from brian_nb.network.sides import choose_sides
from brian_nb.units import ALL_UNITS, DIMENSIONLESS, Quantity

ms = ALL_UNITS["ms"]
BOUNDS = {"wmin": Quantity(0.0, DIMENSIONLESS), "wmax": Quantity(1.0, DIMENSIONLESS)}

CASES = {
    "each side its own": (
        "da/dt = -a/tau : 1\ndb/dt = -b/tau : 1",
        "a += 1; w += b",
        "b += 1; w += a",
        {"a": "pre", "b": "post"},
    ),
    "both sides change it": ("da/dt = -a/tau : 1", "a += 1", "a -= 1", {"a": "synapse"}),
    "a change reads the other side": (
        "da/dt = -a/tau : 1\ndb/dt = -b/tau : 1",
        "a += b",
        "b += 1",
        {"a": "synapse", "b": "post"},
    ),
    "a change reads the weight": ("a : 1", "a = w", "", {"a": "synapse"}),
    "equations are coupled": (
        "da/dt = -a/tau : 1\ndc/dt = (a - c)/tau : 1",
        "",
        "a += 1; w += c",
        {"a": "post", "c": "post"},
    ),
    "equations of both sides are coupled": (
        "da/dt = -a/tau : 1\ndb/dt = (a - b)/tau : 1",
        "a += 1",
        "b += 1",
        {"a": "synapse", "b": "synapse"},
    ),
    "coupled through a static equation": (
        "da/dt = -a/tau : 1\nf = a**2 : 1\ndc/dt = (f - c)/tau : 1",
        "a += 1",
        "w += f",
        {"a": "pre", "c": "pre"},
    ),
    "a parameter goes with what uses it": (
        "da/dt = -a/tau : 1\nstep : 1",
        "",
        "a += step",
        {"a": "post", "step": "post"},
    ),
    "a parameter that only the weight uses": (
        "step : 1",
        "",
        "w += step",
        {"step": "pre"},
    ),
    "one change makes others follow": (
        "a : 1\nb : 1\nc : 1",
        "a += 1; b = a",
        "c += b; b = 0",
        {"a": "pre", "b": "synapse", "c": "synapse"},
    ),
}


@pytest.mark.parametrize(("text", "pre", "post", "expected"), CASES.values(), ids=CASES)
def test_variables_are_where_their_changes_need_them(text, pre, post, expected):
    system = Equations(text, tau=20 * ms).resolve()
    check_dimensions(system)
    found = read_statements(system, pre, post, BOUNDS, DIMENSIONLESS, {})
    assert choose_sides(system, found.pre, found.post) == expected


def test_spikes_that_come_at_different_times_need_values_at_synapses():
    system = Equations("da/dt = -a/tau : 1\nb : 1", tau=20 * ms).resolve()
    found = read_statements(system, "a += 1", "b += 1", BOUNDS, DIMENSIONLESS, {})
    sides = choose_sides(system, found.pre, found.post, pre_side="synapse")
    assert sides == {"a": "synapse", "b": "post"}
