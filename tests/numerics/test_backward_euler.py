"""Backward Euler: its definition, its order, and stiff equations."""

import numpy as np
import pytest

from brian_nb import Clock, Equations, Network, NeuronGroup, StateMonitor, seed
from brian_nb.errors import SimulationError
from brian_nb.units import ALL_UNITS

ms, second, mV = (ALL_UNITS[name] for name in ("ms", "second", "mV"))

SLOPE_TOLERANCE = 0.15
"""How far a measured order may be off: higher terms of the error at the largest step."""

HODGKIN_HUXLEY = """
    dv/dt = (10 - 0.3*(v - 10.6) - 120*m**3*h*(v - 120) - 36*n**4*(v + 12))/ms : 1
    dm/dt = (0.1*(25 - v)/(exp((25 - v)/10) - 1)*(1 - m) - 4*exp(-v/18)*m)/ms : 1
    dh/dt = (0.07*exp(-v/20)*(1 - h) - h/(exp((30 - v)/10) + 1))/ms : 1
    dn/dt = (0.01*(10 - v)/(exp((10 - v)/10) - 1)*(1 - n) - 0.125*exp(-v/80)*n)/ms : 1
    """
"""The membrane of 1952 with a current of 10 uA/cm2; millivolt above rest."""


def run(text, duration, dt, start, method="backward_Euler", reference=False):
    group = NeuronGroup(1, text, method=method, clock=Clock(dt=dt * second))
    for name, value in start.items():
        setattr(group, name, value)
    monitors = [StateMonitor(group, name, record=0, clock=group.clock) for name in start]
    network = Network(group, *monitors)
    network._reference = reference
    network.run(duration)
    return np.array([monitor[0] for monitor in monitors])


def test_error_falls_with_first_order():
    steps = np.array([0.4e-3, 0.2e-3, 0.1e-3, 0.05e-3])
    text = "dx/dt = -x*x/(10*ms) : 1"
    errors = [abs(run(text, 20 * ms, dt, {"x": 1.0})[0, -1] - 1 / 3) for dt in steps]
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert abs(slope - 1) < SLOPE_TOLERANCE


def test_error_of_coupled_equations_falls_with_first_order():
    start = {"v": 0.0, "m": 0.05, "h": 0.6, "n": 0.32}
    steps = np.array([0.02e-3, 0.01e-3, 0.005e-3])
    best = run(HODGKIN_HUXLEY, 1.6 * ms, 0.0005e-3, start, method="RK")[:, -1]
    errors = [np.abs(run(HODGKIN_HUXLEY, 1.6 * ms, dt, start)[:, -1] - best) for dt in steps]
    slopes = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert np.all(np.abs(slopes - 1) < SLOPE_TOLERANCE)


def test_each_step_solves_the_implicit_equation():
    start = {"v": 0.0, "m": 0.05, "h": 0.6, "n": 0.32}
    trace = run(HODGKIN_HUXLEY, 20 * ms, 0.1e-3, start)
    functions = Equations(HODGKIN_HUXLEY).compile_functions(freeze=True)
    drift = np.array(
        [functions[name].compute(dict(zip(start, trace, strict=True))) for name in start]
    )
    residual = trace[:, 1:] - trace[:, :-1] - 1e-4 * drift[:, 1:]
    assert trace[0].max() > 80  # it spikes
    assert np.abs(residual[0]).max() < 1e-8  # millivolt
    assert np.abs(residual[1:]).max() < 1e-10


def test_linear_equation_is_solved_in_one_step_of_newton():
    trace = run("dx/dt = (3 - x)/(2*ms) : 1", 5 * ms, 1e-3, {"x": 0.0})
    assert trace[0] == pytest.approx(3 - 3 / 1.5 ** np.arange(1, 6), abs=1e-12)


def test_time_is_that_of_the_end_of_the_step():
    trace = run("dx/dt = t/(1*second**2) - x*0/second : 1", 10 * ms, 1e-3, {"x": 0.0})
    assert trace[0] == pytest.approx(1e-6 * np.cumsum(np.arange(1, 11)), abs=1e-15)


def test_stiff_equation_does_not_overflow():
    text = "dx/dt = -(x - cos(t*1000/second))*5e4/second - x*x*x/second : 1"
    trace = run(text, 100 * ms, 1e-3, {"x": 1.0})
    times = np.arange(1, 101) * 1e-3
    assert np.abs(trace[0] - np.cos(1000 * times)).max() < 0.05
    with pytest.raises(ArithmeticError):
        run(text, 100 * ms, 1e-3, {"x": 1.0}, method="Euler")


def test_static_equations_and_coupling_are_followed():
    text = "dx/dt = s/ms : 1\ns = y - x*x*x : 1\ndy/dt = -(s + y)/ms : 1"
    trace = run(text, 5 * ms, 0.1e-3, {"x": 0.5, "y": 1.0})
    x, y = trace
    s = y - x**3
    assert np.allclose(np.diff(x), 0.1 * s[1:], rtol=0, atol=1e-12)
    assert np.allclose(np.diff(y), -0.1 * (s + y)[1:], rtol=0, atol=1e-12)


def test_plain_python_gives_the_same():
    start = {"v": 0.0, "m": 0.05, "h": 0.6, "n": 0.32}
    compiled = run(HODGKIN_HUXLEY, 3 * ms, 0.1e-3, start)
    plain = run(HODGKIN_HUXLEY, 3 * ms, 0.1e-3, start, reference=True)
    assert np.allclose(compiled, plain, rtol=1e-9, atol=1e-12)  # rounding, grown by the upstroke


def test_noise_is_added_at_the_end_of_the_step():
    seed(3)
    group = NeuronGroup(4000, "dx/dt = -x*abs(x)/second + 2*xi/second**0.5 : 1",
                        method="backward_Euler")  # fmt: skip
    Network(group).run(10 * ms)
    assert group.x.std() == pytest.approx(2 * np.sqrt(0.01), rel=4 / np.sqrt(8000) + 0.002)


def test_implicit_takes_exponential_euler_where_it_can_and_backward_euler_elsewhere():
    conditional = NeuronGroup(1, "dx/dt = (y - x)/ms : 1\ndy/dt = (x*x - y)/ms : 1", implicit=True)
    general = NeuronGroup(1, "dx/dt = (y - x*x)/ms : 1\ndy/dt = (x - y)/ms : 1", implicit=True)
    linear = NeuronGroup(1, "dx/dt = -x/ms : 1", implicit=True)
    assert conditional.integrator == "exponential_Euler"
    assert general.integrator == "backward_Euler"
    assert "dx/dt contains x*x" in general.reason
    assert linear.integrator == "linear"


def test_second_order_is_that_of_the_exponential_method_where_there_is_one():
    options = {"implicit": True, "order": 2}
    conditional = NeuronGroup(1, "dx/dt = (y - x)/ms : 1\ndy/dt = (x*x - y)/ms : 1", **options)
    general = NeuronGroup(1, "dx/dt = (y - x*x)/ms : 1\ndy/dt = (x - y)/ms : 1", **options)
    linear = NeuronGroup(1, "dx/dt = -x/ms : 1", **options)
    assert conditional.integrator == "exponential_RK2"
    assert conditional.reason == "implicit=True and order=2 ask for it"
    assert general.integrator == "backward_Euler"
    assert linear.integrator == "linear"


FOLDED = "dv/dt = (v - v**3/3 - w)/(0.01*ms) : 1\ndw/dt = v/(50*ms) : 1"
"""Van der Pol's oscillator: at the ends of the outer branches, v jumps to the other one."""


@pytest.mark.parametrize("reference", [False, True])
def test_a_run_ends_where_newton_does_not_come_to_rest(reference):
    with pytest.raises(SimulationError, match=r"v of .* became nan at t = 40\.5 ms"):
        run(FOLDED, 50 * ms, 1e-4, {"v": 2.0, "w": -2 / 3}, reference=reference)


def test_a_jump_that_the_steps_resolve_is_no_obstacle():
    v, w = run(FOLDED, 150 * ms, 2e-6, {"v": 2.0, "w": -2 / 3})
    assert v.min() == pytest.approx(-2, abs=0.02) and v.max() == pytest.approx(2, abs=0.02)
    assert abs(w).max() < 0.72


def test_what_cancels_to_nothing_has_come_to_rest():
    text = "dx/dt = (0.3*(x - 5) + 0.3*(5 + x) - 2*x + y)/ms : 1\ndy/dt = -x/ms - 20*y/ms : 1"
    x, y = run(text, 200 * ms, 1e-3, {"x": 0.1, "y": 0.0})
    assert abs(x[-1]) < 1e-12 and abs(y[-1]) < 1e-12
