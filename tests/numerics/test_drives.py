"""Oscillations that are fast for the time step are found, and told of with the group."""

import numpy as np
import pytest

from brian_nb import Clock, Equations, NeuronGroup
from brian_nb.numerics.drives import find_fast_drives
from brian_nb.units import ALL_UNITS

ms, Hz = ALL_UNITS["ms"], ALL_UNITS["Hz"]


def find(text, dt=1e-4, **values):
    system = Equations(text, namespace={"f": 1500 * Hz}).resolve()
    constants = {name: float(value) for name, value in system.constants.items()}
    return [drive.turn for drive in find_fast_drives(system, constants | values, dt)]


def test_turn_is_that_of_the_argument_in_a_step():
    text = "dv/dt = (sin(2*pi*f*t + 1) - v)/(10*ms) : 1"
    assert find(text) == [pytest.approx(2 * np.pi * 0.15)]
    assert find(text, dt=1e-5) == []


@pytest.mark.parametrize(
    ("text", "n_found"),
    [
        ("dv/dt = (I - v)/(10*ms) : 1\nI = cos(w*t) : 1\nw = 2*pi*f : Hz", 1),
        ("dv/dt = (cos(f*t) - sin(100*f*t) - v)/(10*ms) : 1", 1),
        ("dv/dt = sin(2*pi*f*t*t/ms)/ms : 1", 0),  # a sweep has no single rate
        ("dv/dt = sin(v*1000)/ms : 1", 0),
        ("dv/dt = sin(2*pi*g*t)/ms : 1\ng : Hz", 1),
    ],
)
def test_what_counts(text, n_found):
    assert len(find(text, g=np.array([1.0, 2000.0]))) == n_found


def test_group_tells_of_it():
    f = 1500 * Hz
    text = "dv/dt = (sin(2*pi*f*t) - v)/(10*ms) : 1"
    page = NeuronGroup(1, text, clock=Clock(dt=0.1 * ms)).to_html()
    assert "<code>sin(2*pi*f*t)</code> turns by 0.94 rad in a time step" in page
    assert "turns by" not in NeuronGroup(1, text, clock=Clock(dt=0.01 * ms)).to_html()
