"""Every integrator converges with the order that it declares."""

import numpy as np
import pytest

from brian_nb import Network, NeuronGroup
from brian_nb.network import Clock
from brian_nb.numerics.methods import METHODS
from brian_nb.units import ALL_UNITS

ms, second = ALL_UNITS["ms"], ALL_UNITS["second"]

SLOPE_TOLERANCE = 0.15
"""How far a measured order may be off: higher terms of the error at the largest step."""


def final_value(method, dt, model="dx/dt = -x*x/(10*ms) : 1"):
    """x(20 ms) of a nonlinear equation whose solution is 1/(1 + t/tau)."""
    G = NeuronGroup(1, model, method=method, clock=Clock(dt=dt * second))
    G.x = 1.0
    Network(G).run(20 * ms)
    return G.x[0]


@pytest.mark.parametrize("method", ["Euler", "RK", "backward_Euler"])
def test_error_falls_with_the_declared_order(method):
    steps = np.array([0.4e-3, 0.2e-3, 0.1e-3, 0.05e-3])
    errors = [abs(final_value(method, dt) - 1 / 3) for dt in steps]
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert abs(slope - METHODS[method].ORDER) < SLOPE_TOLERANCE


def test_midpoint_sees_the_time_in_the_middle_of_the_step():
    G = NeuronGroup(1, "dx/dt = t/(1*second**2) : 1", method="RK", clock=Clock(dt=1 * ms))
    Network(G).run(1 * second)
    assert G.x[0] == pytest.approx(0.5, abs=1e-12)


def test_exponential_euler_converges_with_first_order():
    model = """
        dx/dt = (y - x)/(10*ms) : 1
        dy/dt = (x*x - y)/(5*ms) : 1
        """
    steps = np.array([0.4e-3, 0.2e-3, 0.1e-3])
    best = final_value("RK", 0.001e-3, model)
    errors = [abs(final_value("exponential_Euler", dt, model) - best) for dt in steps]
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert abs(slope - 1) < SLOPE_TOLERANCE


def test_exponential_euler_is_exact_for_one_linear_equation():
    G = NeuronGroup(1, "dx/dt = (3 - x)/(2*ms) : 1", method="exponential_Euler")
    Network(G).run(5 * ms)
    assert G.x[0] == pytest.approx(3 * (1 - np.exp(-2.5)), abs=1e-12)
