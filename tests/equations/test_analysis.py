"""Formulas that solve equations, compared with their numerical solution."""

import numpy as np
import pytest
import sympy
from scipy.integrate import solve_ivp

from brian_nb.equations.analysis import analyse_system
from brian_nb.equations.expressions import evaluate
from tests.equations.conftest import COBAHH, COBAHH_VALUES, resolve

CUBA = (
    "dv/dt = (ge + gi - (v - El))/taum : volt\ndge/dt = -ge/taue : volt\ndgi/dt = -gi/taui : volt"
)
SOLVED = {
    "leak": ("dv/dt = (El - v)/taum : volt", "taum=20*ms El=-60*mV"),
    "synapses": (CUBA, "taum=20*ms taue=5*ms taui=10*ms El=-49*mV"),
    "alpha": ("dy/dt = (exp(1)*x - y)/tau : 1\ndx/dt = -x/tau : 1", "tau=5*ms"),
    "three alike": (
        "dx/dt = (y - x)/tau : 1\ndy/dt = (z - y)/tau : 1\ndz/dt = -z/tau : 1",
        "tau=5*ms",
    ),
    "integrator": ("dx/dt = y/tau : 1\ndy/dt = k/tau : 1", "tau=50*ms k=3"),
    "growth": ("dx/dt = x/tau + k/tau : 1", "tau=50*ms k=3"),
}
START = {"v": -0.055, "ge": 0.003, "gi": -0.002, "x": 1.5, "y": 0.5, "z": 2.0}


@pytest.mark.parametrize("name", SOLVED)
def test_the_course_is_that_of_a_numerical_solution(name):
    text, values = SOLVED[name]
    system = resolve(text, values)
    names = [item.name for item in system.differentials]
    report = analyse_system(system)

    def field(t, point):
        known = system.constants | dict(zip(names, point, strict=True))
        return [evaluate(item.expression, known) for item in system.differentials]

    times = np.linspace(0, 0.05, 6)
    start = [START[name] for name in names]
    solved = solve_ivp(field, (0, 0.05), start, t_eval=times, rtol=1e-10, atol=1e-14)
    for row, item in enumerate(names):
        course = read(report[item].course.text, system)
        assert [course(t) for t in times] == pytest.approx(solved.y[row], rel=1e-7, abs=1e-12)


def read(text, system):
    """A formula as a function of the time."""
    text = text.replace("(0)", "__start")
    words = {f"{name}__start": value for name, value in START.items()}
    words |= {name: float(value) for name, value in system.constants.items()}
    time = sympy.Symbol("t")
    names = {word: sympy.Symbol(word) for word in words} | {"t": time}
    form = sympy.sympify(text, locals=names).subs({names[word]: v for word, v in words.items()})
    return lambda t: float(form.subs({time: t}))


def test_a_leak_has_the_formula_of_the_textbook():
    report = analyse_system(resolve(*SOLVED["leak"]))["v"]
    assert report.kind == "linear"
    assert [form.text for form in report.rest] == ["El"]
    assert report.time_constant.text == "taum"
    assert report.course.text == "El + (-El + v(0))*exp(-t/taum)"


def test_gates_have_their_rest_and_time_constant_in_terms_of_the_rates():
    report = analyse_system(resolve(COBAHH, COBAHH_VALUES))
    for gate in "mnh":
        alpha, beta = f"alpha{gate}", f"beta{gate}"
        assert report[gate].kind == "conditionally linear"
        assert report[gate].rest[0].text == f"{alpha}/({alpha} + {beta})"
        assert report[gate].time_constant.text == f"1/({alpha} + {beta})"
        assert report[gate].course is None
    assert report["v"].time_constant.text == "Cm/(g_kd*n**4 + g_na*h*m**3 + ge + gi + gl)"


def test_linear_equations_rest_together():
    report = analyse_system(
        resolve("dx/dt = (y - x + 1)/ms : 1\ndy/dt = (x - 3*y + k)/ms : 1\nk : 1")
    )
    assert [report[name].rest[0].text for name in "xy"] == ["k/2 + 3/2", "k/2 + 1/2"]
    assert report["x"].course is None


def test_a_parabola_has_two_fixed_points():
    text = "dv/dt = a*(v - EL)*(v - VT)/C : volt\na : siemens/volt"
    report = analyse_system(resolve(text, "EL=-70*mV VT=-50*mV C=200*pF"))["v"]
    assert {form.text for form in report.rest} == {"EL", "VT"}
    assert report.kind == "nonlinear"
    assert "which is not linear in v" in report.reason


@pytest.mark.parametrize(
    "text",
    [
        "x : 1",
        "dv/dt = exp(v)/ms : 1",
        "dv/dt = v**3/ms : 1",
        "dv/dt = (v if v > 0 else -v)/ms : 1",
        "dv/dt = floor(v)/ms + (v % 2)/ms : 1",
        "dv/dt = (v > 0.5)/ms : 1",
        "dv/dt = -v*t/ms**2 : 1",
        "dv/dt = sin(t/ms)/ms - v/ms : 1",
        "dv/dt = v*(1 - v)*(2 - v)*clip(v, 0, 1)/ms : 1",
        "dv/dt = 0/ms : 1",
        "\n".join(f"dx{k}/dt = (x{(k + 1) % 9} - x{k})/ms : 1" for k in range(9)),
    ],
)
def test_what_has_no_formula_is_reported_without_one(text):
    report = analyse_system(resolve(text))
    assert all(item.kind for item in report.variables)
    assert report._repr_html_().startswith("<table>")


def test_noise_counts_with_its_mean():
    system = resolve("dv/dt = -v/tau + xi/tau**.5 : 1", "tau=10*ms")
    assert analyse_system(system)["v"].course.text == "v(0)*exp(-t/tau)"


def test_the_report_can_be_read():
    report = analyse_system(
        resolve("dv/dt = (El - v)/tau : volt\ndw/dt = w*v/(mV*ms) : 1", "tau=5*ms El=3*mV")
    )
    assert str(report) == (
        "v: linear\n    at rest El\n    time constant tau\n"
        "w: conditionally linear (dw/dt contains w*v, which is not linear in w and v)\n"
        "    at rest 0\n    time constant -mV*ms/v"
    )
    page = report._repr_html_()
    assert "<td>v</td>" in page
    assert r"$E_{l}$" in page
    with pytest.raises(KeyError):
        report["q"]
