"""Noise that two equations of a group share, and noises that they do not (section 4.12.5)."""

import numpy as np
import pytest

from brian_nb import Network, NeuronGroup, ms, seed

SHARED = """
    dx/dt = -x/tau + u/tau**0.5 : 1
    dy/dt = -y/tau + 2*u/tau**0.5 : 1
    u = xi : second**-0.5
    """
OWN = """
    dx/dt = -x/tau + xi/tau**0.5 : 1
    dy/dt = -y/tau + 2*xi/tau**0.5 : 1
    """
NONLINEAR = """
    dx/dt = -x*abs(x)/tau + u/tau**0.5 : 1
    dy/dt = -y*abs(x)/tau + 2*u/tau**0.5 : 1
    u = xi : second**-0.5
    """


def run(text, **options):
    seed(5)
    tau = 10 * ms
    group = NeuronGroup(3000, text, **options)
    Network(group).run(20 * ms)
    return group


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (SHARED, {}),
        (SHARED, {"method": "Euler"}),
        (SHARED, {"method": "exponential_Euler"}),
        (NONLINEAR, {}),
        (NONLINEAR, {"order": 2}),
        (NONLINEAR, {"implicit": True}),
    ],
)
def test_one_xi_is_the_same_number_for_all_that_use_it(text, options):
    group = run(text, **options)
    assert np.allclose(group.y, 2 * group.x, rtol=1e-9)
    assert np.unique(group.x).size == 3000


def test_each_xi_of_the_text_is_a_number_of_its_own():
    group = run(OWN)
    correlation = np.corrcoef(group.x, group.y)[0, 1]
    assert abs(correlation) < 4 / np.sqrt(3000)


def test_stationary_variance_is_that_of_the_process():
    group = run(OWN)
    var = 0.5 * (1 - np.exp(-4))  # of dx = -x dt/tau + dW/sqrt(tau) after two time constants
    # Noise is added at the end of a step of dt/tau = 0.01, so the variance is 1 % too large.
    assert group.x.var() == pytest.approx(var, rel=4 * np.sqrt(2 / 3000) + 0.01)
