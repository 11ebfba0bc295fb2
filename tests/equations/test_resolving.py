"""What names stand for."""

import math
import pickle

import numpy as np
import pytest

from brian_nb.diagnostics import Source
from brian_nb.equations import resolve_expression, resolve_statements
from brian_nb.equations.expressions import Name, Number, to_source, walk
from brian_nb.errors import EquationError, UnknownNameError
from brian_nb.units import ALL_UNITS, DIMENSIONLESS, Quantity, get_dimension
from tests.equations.conftest import COBAHH, COBAHH_VALUES, make_namespace, resolve

mV, ms, volt = ALL_UNITS["mV"], ALL_UNITS["ms"], ALL_UNITS["volt"]
LEAK = "dv/dt = -v/tau : volt"


def drift(system, place=0):
    return to_source(system.differentials[place].expression)


def test_the_users_values_are_constants_and_units_are_numbers():
    system = resolve("dv/dt = (3*mV - v)/tau : volt", "tau=10*ms El=-60*mV")
    assert system.constants == {"tau": 10 * ms}
    numbers = [item for item in walk(system.differentials[0].expression) if type(item) is Number]
    assert numbers == [Number(3.0), Number(0.001, get_dimension(volt))]


def test_units_need_not_be_in_the_namespace():
    system = resolve("dv/dt = -v/(10*ms) : volt", {})
    assert system.constants == {}


def test_a_value_with_the_name_of_a_unit_is_the_users():
    system = resolve("dv/dt = -v/ms : volt", {"ms": 2 * ms})
    assert system.constants == {"ms": 2 * ms}


def test_a_unit_under_a_name_of_the_users_is_a_constant():
    system = resolve("dv/dt = -v/tau : volt", {"tau": ms})
    assert system.constants == {"tau": 1 * ms}


def test_something_else_with_the_name_of_a_unit_does_not_hide_it():
    system = resolve("dv/dt = -v/second : volt", {"second": lambda: 2})
    assert drift(system) == "-v/1"


@pytest.mark.parametrize(
    "value", [3, 3.0, np.float64(3), np.float32(3), np.int64(3), np.array(3.0), Quantity(3.0)]
)
def test_numbers_of_all_kinds_are_constants(value):
    constants = resolve("x = k : 1", {"k": value}).constants
    assert constants == {"k": 3.0}
    assert type(constants["k"]) is float


def test_true_counts_as_one():
    assert resolve("x = k : 1", {"k": True}).constants == {"k": 1.0}


@pytest.mark.parametrize("value", ["text", None, [1, 2], np.zeros(3), 1j, object(), 10**400, len])
def test_what_is_no_number_is_refused_only_where_it_is_used(value):
    with pytest.raises((EquationError, UnknownNameError)):
        resolve("x = k : 1", {"k": value})
    assert resolve("x = 3 : 1", {"k": value}).constants == {}


@pytest.mark.parametrize("name", ["v", "w", "z", "t", "xi", "I"])
def test_the_models_own_names_win_over_the_users_values(name):
    text = "dv/dt = (I - v)/tau + xi*volt/second**.5*t/t : volt\nI : volt\nw = v : volt\nz = v"
    namespace = make_namespace("tau=10*ms") | {name: 12345.0}
    system = resolve(text, namespace)
    assert system.constants == {"tau": 10 * ms}
    assert system == resolve(text, make_namespace("tau=10*ms"))


def test_pi_is_known_and_can_be_redefined():
    assert to_source(resolve("x = pi : 1").statics[0].expression) == repr(math.pi)
    assert resolve("x = pi : 1", {"pi": 3.0}).constants == {"pi": 3.0}


def test_a_constant_called_like_the_time_step_gets_another_name():
    system = resolve("x = dt/tau : 1", {"dt": 2 * ms, "tau": 10 * ms})
    assert to_source(system.statics[0].expression) == "dt_/tau"
    assert system.constants == {"dt_": 2 * ms, "tau": 10 * ms}


def test_aliases_are_followed_to_the_variable():
    system = resolve("dv/dt = -b/tau : volt\nb = a\na = v\nw = a*2 : volt", "tau=10*ms")
    assert system.aliases == {"a": "v", "b": "v"}
    assert drift(system) == "-v/tau"
    assert to_source(system.statics[0].expression) == "v*2"
    assert system.dimension_of("b") == get_dimension(volt)


def test_static_equations_come_after_those_they_use():
    system = resolve("c = b + a : 1\nb = a*2 : 1\na = x : 1\nx : 1")
    order = [item.name for item in system.statics]
    assert order.index("a") < order.index("b") < order.index("c")
    assert to_source(system.inline_statics(Name("c"))) == "x*2 + x"


@pytest.mark.parametrize("text", ["a = b : 1\nb = a : 1", "a = a*2 : 1", "a = b\nb = a"])
def test_equations_that_go_round_in_a_circle_are_refused(text):
    with pytest.raises(EquationError, match="circle"):
        resolve(text)


def test_each_noise_of_the_text_is_a_noise_of_its_own():
    system = resolve("dx/dt = xi/tau**.5 + xi/tau**.5 : 1\ndy/dt = xi/tau**.5 : 1", "tau=10*ms")
    assert system.noises == ("xi_0", "xi_1", "xi_2")
    assert drift(system, 1) == "xi_2/tau**0.5"


def test_a_named_noise_is_shared():
    text = "dx/dt = u/tau**.5 : 1\ndy/dt = u/tau**.5 : 1\nu = xi : second**-.5"
    system = resolve(text, "tau=10*ms")
    assert system.noises == ("xi_0",)
    inlined = [system.inline_statics(item.expression) for item in system.differentials]
    assert inlined[0] == inlined[1]


def test_a_noise_takes_no_name_that_is_in_use():
    text = "dx/dt = xi/second**.5*xi_1*xi_0 : 1\nxi_0 : 1"
    assert resolve(text, {"xi_1": 2.0}).noises == ("xi_2",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w : 1\ndv/dt = w/second : 1", ("v", "w")),
        ("w : 1\nV : 1\nvm : 1", ("V", "w", "vm")),
        ("w : 1\nVm : 1\nvm : 1", ("vm", "Vm", "w")),
        ("V : 1\nw : 1\nv : 1", ("v", "w", "V")),
        ("x : 1\ndy/dt = x/second : 1", ("x", "y")),
        ("v = 3 : 1\nx : 1", ("x",)),
        ("v = 3 : 1", ()),
    ],
)
def test_the_membrane_comes_first(text, expected):
    system = resolve(text)
    assert system.variables == expected
    assert system.membrane == (expected[0] if expected else None)


def test_names_have_dimensions():
    text = "dv/dt = -v/tau + xi*w : volt\nw = t*0 + k : volt/second**.5\nI : amp"
    system = resolve(text, {"tau": 10 * ms, "k": 2 * volt / ALL_UNITS["second"] ** 0.5})
    second = get_dimension(ms)
    expected = {"v": get_dimension(volt), "tau": second, "t": second, "xi_0": second**-0.5}
    expected |= {"I": get_dimension(ALL_UNITS["amp"]), "w": get_dimension(volt) / second**0.5}
    assert {name: system.dimension_of(name) for name in expected} == expected
    with pytest.raises(UnknownNameError, match="did you mean tau"):
        system.dimension_of("tua")


def test_units_of_the_users_own_can_be_declared():
    density = ALL_UNITS["siemens"] / ALL_UNITS["metre"] ** 2
    assert resolve("g : density", {"density": density}).dimension_of("g") == density.dimension


def test_only_the_dimension_of_a_declared_unit_counts():
    assert resolve("v : mV").dimension_of("v") == resolve("v : volt").dimension_of("v")
    assert resolve("r : Hz").dimension_of("r") == resolve("r : 1/second").dimension_of("r")
    assert resolve("n : 1").dimension_of("n") == DIMENSIONLESS


@pytest.mark.parametrize("unit", ["2*volt", "volt + volt", "exp(1)", "volt**volt", "tau", "v"])
def test_what_is_no_unit_cannot_be_declared(unit):
    with pytest.raises((EquationError, UnknownNameError)):
        resolve(f"v : {unit}", "tau=10*ms")


def test_unknown_names_come_all_together_with_their_places():
    with pytest.raises(UnknownNameError) as caught:
        resolve("dv/dt = (El - v)/tua : volt\nw = exq(k) : vlot", "tau=10*ms")
    places = [item.marks[0].span.text for item in caught.value.diagnostics]
    assert sorted(places) == ["El", "exq(k)", "k", "tua", "vlot"]


def test_equations_that_grow_without_bound_are_refused():
    lines = [f"a{k} = a{k - 1}*a{k - 1} : 1" for k in range(1, 40)]
    with pytest.raises(EquationError, match="too large"):
        resolve("\n".join(["a0 : 1", *lines]))
    chain = [f"a{k} = a{k - 1} + 1 : 1" for k in range(1, 400)]
    with pytest.raises(EquationError, match="too large"):
        resolve("\n".join(["a0 : 1", *chain]))


def test_spans_lead_back_to_the_equations():
    system = resolve(f"# leak\n{LEAK}", "tau=10*ms")
    assert system.span_of("v").text == "dv/dt = -v/tau"
    assert system.span_of("v").line == 2
    assert system.span_of("nothing") is None


def test_constants_can_be_added_and_replaced():
    system = resolve(LEAK, "tau=10*ms")
    changed = system.with_constants({"tau": 5 * ms, "k": 2.0})
    assert changed.constants == {"tau": 5 * ms, "k": 2.0}
    assert system.constants == {"tau": 10 * ms}


def test_systems_that_differ_in_values_only_are_equal_and_hash_alike():
    first, second = resolve(LEAK, "tau=10*ms"), resolve(f"  {LEAK}", "tau=5*ms")
    assert first == second
    assert hash(first) == hash(second)
    assert first != resolve("dv/dt = -2*v/tau : volt", "tau=10*ms")


def test_systems_can_be_pickled():
    system = resolve(COBAHH, COBAHH_VALUES)
    assert pickle.loads(pickle.dumps(system)) == system


def test_the_time_is_seen():
    assert resolve("x = t/ms : 1").uses_time
    assert not resolve(LEAK, "tau=10*ms").uses_time


# -- thresholds and resets --------------------------------------------------------------------


SYSTEM = resolve("dv/dt = -u/tau : volt\nu = 2*v : volt\nw : 1\na = v", "tau=10*ms")


def test_a_threshold_sees_the_model_and_the_namespace():
    source = Source("a > vt + u and rand() < t/tau")
    expression, constants = resolve_expression(
        source, SYSTEM, make_namespace("vt=-50*mV k=2"), allow_random=True
    )
    assert to_source(expression) == "v > vt + u and rand() < t/tau"
    assert constants == {"vt": -50 * mV, "tau": 10 * ms}


def test_another_value_under_the_name_of_a_constant_of_the_model_gets_a_name_of_its_own():
    source = Source("v > tau")
    expression, constants = resolve_expression(source, SYSTEM, {"tau": 3 * mV})
    assert to_source(expression) == "v > tau_2"
    assert constants == {"tau_2": 3 * mV}


def test_random_numbers_are_drawn_only_where_that_is_allowed():
    with pytest.raises(EquationError, match=r"rand\(\)"):
        resolve_expression(Source("v > rand()*mV"), SYSTEM, {})
    with pytest.raises(EquationError, match="xi"):
        resolve_expression(Source("v > xi*mV"), SYSTEM, {}, allow_random=True)


def test_a_reset_assigns_to_variables_through_their_aliases():
    found, constants = resolve_statements(
        Source("a = vr\nw += randn()"), SYSTEM, make_namespace("vr=-60*mV")
    )
    assert [(item.name, item.op) for item in found] == [("v", "="), ("w", "+=")]
    assert constants == {"vr": -60 * mV}


@pytest.mark.parametrize("text", ["u = 3*mV", "tau = 3*ms", "q = 3", "mV = 3", "w = q"])
def test_a_reset_assigns_to_nothing_else(text):
    with pytest.raises((EquationError, UnknownNameError)):
        resolve_statements(Source(text), SYSTEM, {})
