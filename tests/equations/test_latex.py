"""Equations as LaTeX."""

import pytest

from brian_nb.equations.latex import expression_to_latex, name_to_latex, system_to_latex
from tests.equations.conftest import COBAHH, COBAHH_VALUES, parse, resolve


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("v", "v"),
        ("tau", r"\tau"),
        ("tau_m", r"\tau_{m}"),
        ("taum", r"\tau_{m}"),
        ("El", "E_{l}"),
        ("E_Na", r"E_{\mathrm{Na}}"),
        ("gNa", r"g_{\mathrm{Na}}"),
        ("rate", r"\mathrm{rate}"),
        ("mug", r"m_{\mathrm{ug}}"),
        ("x1", "x_{1}"),
        ("xi_0", r"\xi_{0}"),
        ("g_e_max", r"g_{\mathrm{e,max}}"),
    ],
)
def test_a_name_becomes_a_symbol(name, expected):
    assert name_to_latex(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(E - v)/tau", r"\frac{E - v}{\tau}"),
        ("a*(b + c)", r"a \, \left(b + c\right)"),
        ("a - (b - c)", r"a - \left(b - c\right)"),
        ("-(a + b)", r"-\left(a + b\right)"),
        ("(a + b)**2", r"{\left(a + b\right)}^{2}"),
        ("(a/b)**.5", r"{\left(\frac{a}{b}\right)}^{0.5}"),
        ("a*2", r"a \cdot 2"),
        ("1e-20*a", r"1 \cdot 10^{-20} \, a"),
        ("exp(-a)", r"\exp\left(-a\right)"),
        ("clip(a, 0, 1)", r"\operatorname{clip}\left(a, 0, 1\right)"),
        ("sqrt(abs(a))", r"\sqrt{\left|a\right|}"),
        ("a >= b and not c == 1", r"a \ge b \land \lnot c = 1"),
        ("a if b > 0 else c",
         r"\begin{cases} a & \text{if } b > 0 \\ c & \text{else} \end{cases}"),
    ],
)  # fmt: skip
def test_an_expression_keeps_its_order_and_grouping(text, expected):
    assert expression_to_latex(parse(text)) == expected


def test_a_system_shows_equations_with_units():
    system = resolve("dv/dt = (3*mV - v)/tau : volt\nu = 2*v : volt\nI : amp", "tau=10*ms")
    assert system_to_latex(system) == (
        "$$\\begin{aligned}\n"
        r"\frac{d v}{dt} &= \frac{3 \, \mathrm{mV} - v}{\tau} &&: \mathrm{volt} \\" + "\n"
        r"u &= 2 \, v &&: \mathrm{volt} \\" + "\n"
        r"I & &&: \mathrm{amp}" + "\n"
        "\\end{aligned}$$"
    )


def test_brackets_and_braces_of_a_large_system_are_balanced():
    text = system_to_latex(resolve(COBAHH, COBAHH_VALUES))
    assert text.count("{") == text.count("}")
    assert text.count(r"\left") == text.count(r"\right")
