"""Every integrator converges with the order that it declares, on whatever way it is run."""

import numpy as np
import pytest

from brian_nb import Clock, Network, NeuronGroup, StateMonitor, seed
from brian_nb.errors import EquationError
from brian_nb.numerics.methods import METHODS
from brian_nb.units import ALL_UNITS

ms, second = ALL_UNITS["ms"], ALL_UNITS["second"]

SLOPE_TOLERANCE = 0.15
"""How far a measured order may be off: higher terms of the error at the largest step."""

STEPPED = [name for name in METHODS if np.isfinite(METHODS[name].ORDER)]

PAIR = """
    dx/dt = -s*x : 1
    dy/dt = -s_other*y : 1
    s = y*drive : Hz
    s_other = x*drive : Hz
    drive = (1 + cos(2*pi*t/(10*ms)))/(10*ms) : Hz
    """
"""Nonlinear, but each linear in its own variable; from ``x = y = 1`` both are ``1/(1 + integral of
the drive)``."""

NOISY = """
    dx/dt = s - x*x*x/(10*ms) + 0.1*x*xi/ms**0.5 : 1
    dy/dt = (cos(t/(3*ms)) - y - x*y)/(5*ms) + (0.1 + a)*xi/ms**0.5 : 1
    s = (y - x)/(10*ms) : Hz
    a : 1
    """
NOISY_CONDITIONAL = NOISY.replace("x*x*x", "x*y*y")


def solve(t):
    """Both variables of `PAIR` at a time in seconds."""
    return 1 / (1 + (t + np.sin(2 * np.pi * t / 0.01) / (200 * np.pi)) / 0.01)


def run_pair(method, dt, **options):
    """Root of the mean squared error of `PAIR` over 15 ms."""
    group = NeuronGroup(1, PAIR, method=method, clock=Clock(dt=dt * second), **options)
    group.x = group.y = 1
    trace = StateMonitor(group, "x", record=0, clock=group.clock)
    Network(group, trace).run(15 * ms)
    assert group.x[0] == pytest.approx(group.y[0], abs=1e-13)
    return np.sqrt(np.mean((trace[0] - solve(trace.times + dt)) ** 2))


@pytest.mark.parametrize("method", STEPPED)
def test_error_falls_with_the_declared_order(method):
    assert abs(measure_order(method) - METHODS[method].ORDER) < SLOPE_TOLERANCE


@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize("order", [1, 2])
def test_error_falls_with_the_order_that_was_asked_for(order, implicit):
    assert abs(measure_order(None, order=order, implicit=implicit) - order) < SLOPE_TOLERANCE


def measure_order(method, **options):
    """The power of the time step with which the error of `PAIR` falls."""
    steps = np.array([0.1e-3, 0.05e-3, 0.025e-3])
    errors = [run_pair(method, dt, **options) for dt in steps]
    return np.polyfit(np.log(steps), np.log(errors), 1)[0]


def test_methods_of_higher_order_are_closer_at_the_same_step():
    errors = {name: run_pair(name, 0.1e-3) for name in STEPPED}
    by_order = {
        order: [error for name, error in errors.items() if METHODS[name].ORDER == order]
        for order in (1, 2, 4)
    }
    assert max(by_order[2]) < 0.05 * min(by_order[1])
    assert max(by_order[4]) < 0.01 * min(by_order[2])


def test_methods_of_second_order_see_the_time_within_the_step():
    for method in ("RK", "Heun", "RK4", "exponential_RK2"):
        group = NeuronGroup(1, "dx/dt = t/(1*second**2) : 1", method=method, clock=Clock(dt=1 * ms))
        Network(group).run(1 * second)
        assert group.x[0] == pytest.approx(0.5, abs=1e-12)


def test_fourth_order_is_that_of_a_quadrature_by_simpson():
    """Where nothing but the time enters, polynomials of third degree are integrated exactly."""
    text = "dx/dt = t**3/(1*second**4) : 1"
    group = NeuronGroup(1, text, method="RK4", clock=Clock(dt=100 * ms))
    Network(group).run(1 * second)
    assert group.x[0] == pytest.approx(0.25, abs=1e-14)


@pytest.mark.parametrize("method", ["exponential_Euler", "exponential_RK2"])
def test_exponential_methods_are_exact_for_an_equation_that_nothing_else_moves(method):
    group = NeuronGroup(2, "dx/dt = (3 - x)/tau : 1\ntau : second", method=method)
    group.tau = [2 * ms, 10 * ms]
    Network(group).run(5 * ms)
    assert group.x == pytest.approx(3 * (1 - np.exp([-2.5, -0.5])), abs=1e-12)


@pytest.mark.parametrize("method", ["exponential_Euler", "exponential_RK2"])
def test_equation_that_is_not_linear_in_its_own_variable_is_refused_by_name(method):
    with pytest.raises(EquationError, match="dw/dt is not linear in w, so exponential") as caught:
        NeuronGroup(1, "dv/dt = (w - v)/ms : 1\ndw/dt = -w*w/ms : 1", method=method)
    assert "dw/dt = -w*w/ms" in str(caught.value)


# -- one model, many ways to run it --------------------------------------------------------------


def final_state(method, text, n_threads=1, segments=(3,), reference=False):
    seed(11)
    group = NeuronGroup(600, text, method=method, clock=Clock(dt=0.1 * ms))
    group.x, group.y, group.a = np.linspace(-1, 1, 600), 0.5, np.linspace(0, 0.2, 600)
    network = Network(group, threads=n_threads)
    network._reference = reference
    for duration in segments:
        network.run(duration * ms)
    return np.array([group.x, group.y])


@pytest.mark.parametrize("method", STEPPED)
def test_threads_and_segments_change_nothing(method):
    text = NOISY_CONDITIONAL if "exponential" in method else NOISY
    state = final_state(method, text)
    assert np.isfinite(state).all()
    for n_threads in (2, 3):
        assert np.array_equal(final_state(method, text, n_threads, segments=(1, 2)), state)


@pytest.mark.parametrize("method", STEPPED)
def test_plain_python_gives_the_same(method):
    text = NOISY_CONDITIONAL if "exponential" in method else NOISY
    plain = final_state(method, text, segments=(0.5,), reference=True)
    compiled = final_state(method, text, segments=(0.5,))
    assert np.allclose(plain, compiled, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("method", STEPPED)
def test_step_in_python_is_the_compiled_one(method):
    group = NeuronGroup(3, PAIR, method=method)
    called = NeuronGroup(3, PAIR, method=method, clock=group.clock)
    updater = called._state_updater
    called._state_updater = lambda P: updater(P)
    for item in (group, called):
        item.x, item.y = [0.2, 0.5, 1], 0.7
    Network(group, called).run(2 * ms)
    assert np.allclose(group._S, called._S, rtol=0, atol=1e-13)


# -- stiff equations -----------------------------------------------------------------------------

STIFF = "dx/dt = -(x - cos(t*1000/second))*1e5/second : 1"
"""Relaxes in a hundredth of the step of 1 ms to a cosine of 1000/second."""


@pytest.mark.parametrize(
    ("method", "delay"), [("exponential_Euler", 1), ("exponential_RK2", 0), ("backward_Euler", 0)]
)
def test_stiff_equation_stays_with_what_drives_it(method, delay):
    """Exponential Euler follows a step behind: it sees the drive at the start of a step alone."""
    group = NeuronGroup(1, STIFF, method=method, clock=Clock(dt=1 * ms))
    group.x = 1
    trace = StateMonitor(group, "x", record=0, clock=group.clock)
    Network(group, trace).run(100 * ms)
    assert np.abs(trace[0] - np.cos(np.arange(1, 101) - delay)).max() < 0.02


@pytest.mark.parametrize("method", ["Euler", "RK", "Heun", "RK4", "Milstein"])
def test_explicit_methods_do_not_stay(method):
    group = NeuronGroup(1, STIFF, method=method, clock=Clock(dt=1 * ms))
    with pytest.raises(ArithmeticError):
        Network(group).run(300 * ms)
