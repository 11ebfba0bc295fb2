"""Linear expressions taken apart, with SymPy as the oracle."""

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from brian_nb.equations.affine import (
    decompose_affine,
    find_conditional_nonlinearity,
    find_nonlinearity,
    is_conditionally_linear,
    is_linear,
)
from brian_nb.equations.expressions import Binary, Name, Number, Unary, names_in, to_source
from tests.equations.conftest import COBAHH, COBAHH_VALUES, parse, resolve
from tests.equations.strategies import expressions

CORPUS = [
    "(ge - gi - (V - El))/taum",
    "gl*(El - v)/C",
    "am*(1 - m) - bm*m",
    "-v/tau",
    "(gl*(El - v) + ge*(Ee - v) + gi*(Ei - v) - gNa*(m*m*m)*h*(v - ENa))/C",
    "a*(b*(c*(v + d) - e*v) + v)/(f*g)",
    "-(-(v - w)*2)/3 + (v/2 - w)/(1 + a)",
    "(v*2 + w*3)*(a + b)**2/c - v",
    "v + v + v - 2*v",
    "(v - v + 2)*v",
    "w - (v - (w - v))",
    "exp(a)*v + sqrt(b)*w + log(c)",
    "v**1 + a**2",
    "El",
]
VARIABLES = ["v", "w", "V", "m", "ge", "gi"]


def to_sympy(expression):
    """The same for SymPy, numbers exact."""
    names = {name: sympy.Symbol(name) for name in names_in(expression)}
    return sympy.nsimplify(sympy.sympify(to_source(expression), locals=names), rational=True)


@pytest.mark.parametrize("text", CORPUS)
@pytest.mark.parametrize("variables", [["v"], ["V"], ["m"], ["v", "w"], ["ge", "gi", "V"]])
def test_the_parts_are_those_that_sympy_finds(text, variables):
    expression = parse(text)
    exact = sympy.expand(to_sympy(expression))
    symbols = [sympy.Symbol(name) for name in variables]
    affine = decompose_affine(expression, variables)
    if not is_affine(exact, symbols):
        assert affine is None
        return
    assert affine is not None
    polynomial = sympy.Poly(exact, *symbols)
    for symbol in symbols:
        expected = polynomial.coeff_monomial(symbol)
        found = affine.coefficients.get(symbol.name, Number(0.0))
        assert sympy.simplify(to_sympy(found) - expected) == 0
    assert sympy.simplify(to_sympy(affine.rest) - polynomial.coeff_monomial(1)) == 0


def is_affine(exact, symbols):
    return exact.is_polynomial(*symbols) and sympy.Poly(exact, *symbols).total_degree() <= 1


def grow(parts):
    divisors = st.sampled_from([Name("a"), Name("b"), Number(2.0), parse("a + 3"), parse("exp(b)")])
    return st.one_of(
        st.builds(Binary, st.sampled_from(["+", "-", "*"]), parts, parts),
        st.builds(Binary, st.just("/"), parts, divisors),
        st.builds(Unary, st.just("-"), parts),
    )


rational = st.recursive(
    st.sampled_from([Name(n) for n in "abxy"] + [Number(float(k)) for k in range(4)]),
    grow,
    max_leaves=10,
)


@given(rational)
@settings(max_examples=150, deadline=None)
def test_nothing_linear_in_form_is_missed_and_nothing_else_is_found(expression):
    x, y = sympy.symbols("x y")
    exact = sympy.expand(to_sympy(expression))
    affine = decompose_affine(expression, ["x", "y"])
    if affine is None:
        # Products of variables that cancel (x*y - y*x) are beyond structural algebra.
        assert multiplies_variables(expression)
        return
    parts = [to_sympy(value) * sympy.Symbol(name) for name, value in affine.coefficients.items()]
    assert sympy.simplify(sum(parts) + to_sympy(affine.rest) - exact) == 0
    assert is_affine(exact, [x, y])


def multiplies_variables(expression):
    if isinstance(expression, Binary):
        sides = [{"x", "y"} & set(names_in(side)) for side in (expression.left, expression.right)]
        if expression.op == "*" and all(sides):
            return True
        return multiplies_variables(expression.left) or multiplies_variables(expression.right)
    return isinstance(expression, Unary) and multiplies_variables(expression.operand)


@given(expressions)
@settings(max_examples=150, deadline=None)
def test_the_parts_never_contain_a_variable(expression):
    affine = decompose_affine(expression, {"x", "y"})
    if affine is not None:
        for part in (affine.rest, *affine.coefficients.values()):
            assert not {"x", "y"} & set(names_in(part))


@pytest.mark.parametrize(
    ("text", "coefficient", "rest"),
    [
        ("-v/tau", "-(1/tau)", "0"),
        ("(El - v)/tau", "-(1/tau)", "El/tau"),
        ("a*(1 - v) - b*v", "-a - b", "a"),
        ("v*1 + 0", "1", "0"),
        ("v*a*0 + b", None, "b"),
        ("v - v", None, "0"),
        ("a*b + c", None, "a*b + c"),
        ("2*(3*v)", "6", "0"),
        ("v if a > 0 else -v", "1 if a > 0 else -1", "0"),
        ("v*a if t > 1 else b", "a if t > 1 else 0", "0 if t > 1 else b"),
    ],
)
def test_the_parts_are_written_simply(text, coefficient, rest):
    affine = decompose_affine(parse(text), ["v"])
    found = affine.coefficients.get("v")
    assert (found and to_source(found)) == coefficient
    assert to_source(affine.rest) == rest


@pytest.mark.parametrize(
    "text",
    [
        "v*v",
        "v**2",
        "v**0.5",
        "2**v",
        "1/v",
        "exp(v)",
        "v % 2",
        "v // 2",
        "abs(v)",
        "v > 1",
        "1 if v > 1 else 2",
        "(v + 1)*(w - 1)*w",
        "a + clip(v, 0, 1)",
    ],
)
def test_these_are_not_linear(text):
    assert decompose_affine(parse(text), ["v", "w"]) is None


def test_what_is_constant_stays_the_same_object():
    expression = parse("a*exp(b) + c")
    assert decompose_affine(expression, ["v"]).rest is expression


def test_a_linear_system_is_recognised():
    text = """
        dv/dt = (ge - gi - (v - El))/tau : 1
        dge/dt = -ge/tau : 1
        dgi/dt = -u : 1
        u = gi/tau : Hz
        """
    system = resolve(text, "tau=10*ms El=3")
    assert is_linear(system)
    assert is_conditionally_linear(system)


def test_a_hodgkin_huxley_system_is_linear_in_each_variable_only():
    system = resolve(COBAHH, COBAHH_VALUES)
    assert not is_linear(system)
    assert is_conditionally_linear(system)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("dv/dt = v*v/tau : 1", "dv/dt contains v*v, which is not linear in v"),
        ("dv/dt = -v*w/tau : 1\ndw/dt = -w/tau : 1",
         "dv/dt contains -v*w, which is not linear in v and w"),
        ("dv/dt = -v/tau : 1\ndw/dt = (w - u)/tau : 1\nu = exp(v) + 3 : 1",
         "dw/dt contains exp(v), which is not linear in v"),
    ],
)  # fmt: skip
def test_the_reason_is_a_sentence_in_the_users_words(text, reason):
    assert find_nonlinearity(resolve(text, "tau=10*ms")) == reason


def test_the_reason_of_a_nonlinearity_in_the_own_variable():
    system = resolve("dv/dt = -v*w/tau : 1\ndw/dt = -w**2/tau : 1", "tau=10*ms")
    expected = "dw/dt contains w**2, which is not linear in w"
    assert find_conditional_nonlinearity(system) == expected
