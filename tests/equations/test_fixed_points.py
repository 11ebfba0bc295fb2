"""Where models come to rest."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from brian_nb.equations.expressions import evaluate
from brian_nb.equations.fixed_points import find_fixed_points
from tests.equations.conftest import resolve

QUADRATIC = resolve("dv/dt = (v - 1)*(v - 3)/second : 1")
ADAPTING = resolve(
    "dv/dt = (gl*(El - v) + gl*D*exp((v - VT)/D) - w + I)/C : volt\n"
    "dw/dt = (a*(v - El) - w)/tauw : amp\nI : amp",
    "C=281*pF gl=30*nS El=-70.6*mV VT=-50.4*mV D=2*mV tauw=144*ms a=4*nS",
)
AXON = resolve(
    "dv/dt = (gl*(El - v) + gNa*m**3*h*(ENa - v) + gK*n**4*(EK - v) + I)/C : volt\n"
    "dm/dt = (1/exprel(2.5 - v/(10*mV))*(1 - m) - 4*exp(-v/(18*mV))*m)/ms : 1\n"
    "dh/dt = (0.07*exp(-v/(20*mV))*(1 - h) - h/(1 + exp(3 - v/(10*mV))))/ms : 1\n"
    "dn/dt = (0.1/exprel(1 - v/(10*mV))*(1 - n) - 0.125*exp(-v/(80*mV))*n)/ms : 1\nI : amp",
    "C=1*uF gl=0.3*mS El=10.613*mV gNa=120*mS ENa=115*mV gK=36*mS EK=-12*mV",
)


def find(system, is_near=True, **start):
    values = {name: float(value) for name, value in system.constants.items()}
    return find_fixed_points(system, values | dict.fromkeys(system.variables, 0.0) | start, is_near)


def drift(system, point, **parameters):
    values = {name: float(value) for name, value in system.constants.items()} | point | parameters
    return [evaluate(system.inline_statics(i.expression), values) for i in system.differentials]


def test_linear_equations_have_the_rest_of_their_closed_form():
    system = resolve("dx/dt = (2*y - x + 3)/second : 1\ndy/dt = (1 - y - x)/second : 1")
    found, has_converged = find(system)
    assert has_converged.all()
    assert found["x"] == pytest.approx(5 / 3)
    assert found["y"] == pytest.approx(-2 / 3)


def test_the_search_near_the_start_finds_a_fixed_point_that_is_not_stable():
    starts = np.array([-5.0, 1.4, 2.6, 3.1, 50.0])
    found, has_converged = find(QUADRATIC, v=starts)
    assert has_converged.all()
    assert found["v"] == pytest.approx([1, 1, 3, 3, 3])


def test_the_other_search_goes_where_a_neuron_left_alone_would():
    found, has_converged = find(QUADRATIC, is_near=False, v=np.array([-5.0, 1.4, 2.6, 2.99]))
    assert has_converged.all()
    assert found["v"] == pytest.approx([1, 1, 1, 1])


def test_each_neuron_has_the_fixed_point_of_its_own_parameters():
    currents = np.linspace(-1e-9, 0.5e-9, 7)
    found, has_converged = find(ADAPTING, is_near=False, I=currents, v=-0.07)
    assert has_converged.all()
    assert np.abs(drift(ADAPTING, found, I=currents)).max() < 1e-9
    assert np.all(np.diff(found["v"]) > 0)


def test_where_there_is_no_fixed_point_none_is_found():
    _, has_converged = find(ADAPTING, I=np.array([0.0, 2e-9]), v=-0.07)
    assert has_converged.tolist() == [True, False]
    _, has_converged = find(resolve("dv/dt = (1 + v**2)/second : 1"))
    assert not has_converged.any()
    _, has_converged = find(resolve("dv/dt = 3/second : 1"))
    assert not has_converged.any()


def test_a_perfect_integrator_without_input_rests_where_it_is():
    found, has_converged = find(resolve("dv/dt = I/second : 1\nI : 1"), v=4.0)
    assert has_converged.all()
    assert found["v"] == [4.0]


def test_the_axon_rests_at_the_potential_where_its_currents_cancel():
    found, has_converged = find(AXON, is_near=False)
    assert has_converged.all()
    # El = 10.613 mV was chosen for a rest at 0 mV (Hodgkin & Huxley 1952, p. 519).
    assert abs(found["v"][0]) < 1e-5
    rates = {"m": (0.22356, 4.0), "h": (0.07, 0.047426), "n": (0.058198, 0.125)}
    for name, (alpha, beta) in rates.items():
        assert found[name] == pytest.approx(alpha / (alpha + beta), rel=1e-3)


def test_the_rest_of_a_neuron_left_alone_is_that_of_a_long_integration():
    names = [item.name for item in AXON.differentials]

    def field(t, point):
        return drift(AXON, dict(zip(names, point, strict=True)), I=2e-6)

    course = solve_ivp(field, (0, 1.0), [0.0] * 4, method="LSODA", rtol=1e-9, atol=1e-12)
    found, has_converged = find(AXON, is_near=False, I=2e-6)
    assert has_converged.all()
    assert [found[name][0] for name in names] == pytest.approx(course.y[:, -1], abs=1e-6)


def test_a_firing_axon_has_a_fixed_point_all_the_same():
    found, has_converged = find(AXON, I=10e-6)
    assert has_converged.all()
    assert np.abs(drift(AXON, found, I=10e-6)).max() < 1e-6


def test_noise_and_time_stand_still():
    system = resolve("dv/dt = (3*t - v)/second**2*second + xi/second**.5 : second")
    found, _ = find(system, t=2.0)
    assert found["v"] == pytest.approx(6)


def test_a_model_without_equations_rests():
    found, has_converged = find(resolve("x : 1"))
    assert found == {}
    assert has_converged.all()
