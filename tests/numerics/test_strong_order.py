"""Noise: how fast single paths converge, against solutions that are known for each path.

The equations carry the path of their noise along: where one ``xi`` drives ``x`` and ``w``, ``w`` is
the Brownian motion that ``x`` has seen. So each neuron knows its own exact solution.
"""

import numpy as np
import pytest

from brian_nb import Clock, Network, NeuronGroup, seed
from brian_nb.numerics.methods import METHODS
from brian_nb.units import ALL_UNITS

ms, second = ALL_UNITS["ms"], ALL_UNITS["second"]

N_PATHS = 4000
STEPS = np.array([0.8e-3, 0.4e-3, 0.2e-3, 0.1e-3])
TOLERANCE = 0.1
"""Of an order measured over four steps with `N_PATHS` paths: standard error about 0.03."""

NOISY = [name for name in METHODS if hasattr(METHODS[name], "STRONG_ORDER")]

GEOMETRIC = """
    dx/dt = mu*x + sigma*x*u : 1
    dw/dt = u : second**0.5
    u = xi : second**-0.5
    mu = 10/second : Hz
    sigma = 4/second**0.5 : second**-0.5
    """
"""Geometric Brownian motion: ``x = exp((mu - sigma**2/2)*t + sigma*w)`` (Kloeden & Platen
1992, 4.4)."""

BRIDGE = """
    dx/dt = (u - x/s)/(1 + t/s) : second**0.5
    dw/dt = u : second**0.5
    u = xi : second**-0.5
    s = 20*ms : second
    """
"""Additive noise that depends on time: ``x = w/(1 + t/s)`` (Kloeden & Platen 1992, 4.4)."""


def simulate(text, method, dt, duration, **start):
    seed(7)
    group = NeuronGroup(N_PATHS, text, method=method, clock=Clock(dt=dt * second))
    for name, value in start.items():
        setattr(group, name, value)
    Network(group).run(duration)
    return group


def measure_order(text, method, solution, **start):
    errors = []
    for dt in STEPS:
        group = simulate(text, method, dt, 40 * ms, **start)
        errors.append(np.mean(np.abs(group.x - solution(group.w))))
    return np.polyfit(np.log(STEPS), np.log(errors), 1)[0]


def geometric(w):
    return np.exp((10 - 4**2 / 2) * 0.04 + 4 * w)


@pytest.mark.parametrize("method", NOISY)
def test_paths_converge_with_the_declared_order_where_the_noise_depends_on_the_state(method):
    order = measure_order(GEOMETRIC, method, geometric, x=1)
    assert abs(order - METHODS[method].STRONG_ORDER) < TOLERANCE


@pytest.mark.parametrize("method", NOISY)
def test_paths_converge_with_first_order_where_the_noise_is_additive(method):
    order = measure_order(BRIDGE, method, lambda w: w / 3)
    assert abs(order - 1) < TOLERANCE


def test_milstein_is_closer_than_euler_on_the_same_paths():
    errors = {
        method: np.mean(np.abs(group.x - geometric(group.w)))
        for method in ("Euler", "Milstein")
        for group in [simulate(GEOMETRIC, method, 0.1e-3, 40 * ms, x=1)]
    }
    assert errors["Milstein"] < 0.2 * errors["Euler"]


@pytest.mark.parametrize("method", NOISY)
def test_noise_is_that_of_ito(method):
    """The mean is that of the drift alone; in the sense of Stratonovich it would grow by
    ``exp(sigma**2*t/2)``, here 1.38."""
    x = simulate(GEOMETRIC, method, 0.1e-3, 40 * ms, x=1).x
    deviation = np.sqrt(np.exp(4**2 * 0.04) - 1)
    assert x.mean() / np.exp(10 * 0.04) == pytest.approx(
        1, abs=4 * deviation / np.sqrt(N_PATHS) + 0.01
    )
