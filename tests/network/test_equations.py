"""Equations objects: their values, sums, and what can be asked of them without a simulation."""

import copy
import pickle

import numpy as np
import pytest

from brian_nb import Equations, NeuronGroup, StateMonitor, run
from brian_nb.errors import DimensionMismatchError, EquationError, ModelError, UnknownNameError
from brian_nb.units import ALL_UNITS, get_dimension

mV, ms, volt, second, nA = (ALL_UNITS[name] for name in ("mV", "ms", "volt", "second", "nA"))

COUPLED = """
dx/dt=(y-x)/(10*ms) : volt
dy/dt=-z/(5*ms) : volt
z=2*(x+y) : volt
"""
tau_of_module = 7 * ms


def constants(equations):
    return {name: float(value) for name, value in equations.resolve().constants.items()}


# -- values -----------------------------------------------------------------------------------


def test_values_are_those_at_the_time_of_writing():
    tau = 10 * ms
    eqs = Equations("dx/dt = -x/tau : 1")
    tau = 5 * ms
    assert constants(eqs) == {"tau": float(10 * ms)}


def test_global_values_too_are_those_at_the_time_of_writing():
    global tau_of_module
    eqs = Equations("dx/dt = -x/tau_of_module : 1")
    before, tau_of_module = tau_of_module, 8 * ms
    try:
        assert constants(eqs) == {"tau_of_module": float(7 * ms)}
    finally:
        tau_of_module = before


def test_a_global_value_may_come_later_than_the_equations():
    names = {"ms": ms}
    exec("from brian_nb import Equations\neqs = Equations('dx/dt = -x/late : 1')", names)
    with pytest.raises(UnknownNameError, match="late"):
        names["eqs"].resolve()
    exec("late = 3*ms", names)
    assert constants(names["eqs"]) == {"late": float(3 * ms)}


def test_the_values_of_a_function_further_up_are_found_by_its_level():
    def make(text, level):
        tau = 1 * ms
        return Equations(text, level=level)

    tau = 10 * ms
    assert constants(make("dx/dt = -x/tau : 1", 1)) == {"tau": float(tau)}
    assert constants(make("dx/dt = -x/tau : 1", 0)) == {"tau": float(1 * ms)}


def test_each_term_of_a_sum_keeps_its_own_values():
    group = NeuronGroup(1, _leak(10 * ms, "x") + _leak(5 * ms, "y"))
    group.x = group.y = 1.0
    run(10 * ms)
    assert group.x[0] == pytest.approx(np.exp(-1))
    assert group.y[0] == pytest.approx(np.exp(-2))
    assert (group.tau, group.tau_2) == (10 * ms, 5 * ms)


def _leak(tau, name):
    return Equations("dx/dt = -x/tau : 1", x=name)


def test_a_value_as_keyword_leaves_the_names_around_out():
    tau, k = 10 * ms, 3.0
    eqs = Equations("dx/dt = -k*x/tau : volt", tau=20 * ms, x="Vm")
    with pytest.raises(UnknownNameError, match="name k is not defined"):
        eqs.resolve()
    finished = eqs + Equations("k : 1")
    assert constants(finished) == {"tau": 0.02}
    assert finished.get_Vm() == "Vm"


def test_names_as_keywords_leave_the_values_around_in():
    tau = 10 * ms
    eqs = Equations("dx/dt = -x/T : volt", x="v", T="tau")
    assert constants(eqs) == {"tau": 0.01}


def test_a_keyword_may_be_an_expression_of_names_around():
    R, I0 = 2.0, 3 * mV
    eqs = Equations("u = drive + 1*mV : volt", drive="R*I0")
    assert eqs.apply("u", {}) == 7 * mV


def test_a_whole_list_shares_its_keywords():
    eqs = Equations(["dx/dt = -x/tau : 1", "y = 2*x : 1", _leak(5 * ms, "z")], tau=10 * ms, x=None)
    assert str(eqs) == "d_x/dt = -_x/tau : 1\ny = 2*_x : 1\ndz/dt = -z/tau : 1"


def test_an_array_around_is_not_kept_alive():
    import gc
    import weakref

    class Big(np.ndarray):
        pass

    def make():
        tau, data = 10 * ms, np.zeros(10).view(Big)
        return Equations("dx/dt = -x/tau : 1"), weakref.ref(data)

    eqs, data = make()
    gc.collect()
    assert data() is None
    assert constants(eqs) == {"tau": 0.01}


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))])
def test_equations_can_be_copied(duplicate):
    tau = 10 * ms
    eqs = duplicate(Equations("dx/dt = -x/tau : 1"))
    assert constants(eqs) == {"tau": 0.01}


# -- sums -------------------------------------------------------------------------------------


def test_equations_are_added_in_place_and_by_sum():
    parts = [Equations("dx/dt = (y - x)/ms : volt"), Equations("dy/dt = -y/ms : volt")]
    eqs = Equations(parts[0])
    eqs += parts[1]
    assert str(eqs) == str(sum(parts)) == str(Equations(parts)) == str(parts[0] + parts[1])
    assert str(parts[0]) == "dx/dt = (y - x)/ms : volt"


def test_a_string_can_be_added_on_either_side():
    tau = 10 * ms
    assert str("a : 1" + Equations("b : 1") + "dx/dt = -x/tau : 1") == (
        "a : 1\nb : 1\ndx/dt = -x/tau : 1"
    )
    with pytest.raises(TypeError):
        Equations("a : 1") + 3


def test_a_variable_cannot_be_defined_by_both():
    with pytest.raises(EquationError, match="v is defined twice") as caught:
        Equations("dv/dt = -v/ms : 1") + Equations("v : 1")
    assert len(caught.value.diagnostics[0].marks) == 2


def test_what_one_term_lacks_another_one_defines():
    first = Equations("dx/dt = (y - x)/ms : 1")
    with pytest.raises(UnknownNameError, match="name y is not defined"):
        first.prepare()
    (first + Equations("y = 2 : 1")).prepare()


def test_equations_are_text_or_equations():
    with pytest.raises(ModelError, match="not 3"):
        Equations(3)
    with pytest.raises(ModelError, match="not None"):
        Equations(["x : 1", None])


# -- the membrane -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w : 1\ndVm/dt = -Vm/ms : 1\nvm : 1", "vm"),
        ("V : 1\nv : 1", "v"),
        ("w : 1\nx : 1", "w"),
        ("x = 3 : 1", None),
        ("dv/dt = (missing - v)/ms : 1", "v"),
    ],
)
def test_the_membrane_potential_is_guessed_by_its_name(text, expected):
    assert Equations(text).get_Vm() == expected


# -- questions --------------------------------------------------------------------------------


def test_the_examples_of_the_manual_have_their_values():
    eqs = Equations(COUPLED)
    eqs.prepare()
    assert eqs.apply("z", {"x": 3 * mV, "y": 5 * mV}) == 16 * mV
    assert eqs.apply("x", {"x": 2 * mV, "y": 3 * mV}) == pytest.approx(0.1 * volt / second)
    assert eqs.apply("y", {"x": 2 * mV, "y": 3 * mV}) == pytest.approx(-2 * volt / second)
    assert get_dimension(eqs.apply("y", {"x": 0 * mV, "y": 0 * mV})) == get_dimension(volt / second)
    assert eqs.islinear()
    assert eqs.fixedpoint(x=2 * mV, y=3 * mV) == {"x": 0 * volt, "y": 0 * volt}


def test_equations_are_applied_to_arrays_aliases_parameters_and_the_time():
    eqs = Equations(
        "dv/dt = (I*t/second - v)/ms + xi*mV/ms**.5 : volt\nI : volt\nw = v\nu = 2*v : volt\nz = u"
    )
    state = {"v": np.array([1e-3, 2e-3]), "I": 1 * mV}
    assert eqs.apply("v", state | {"t": 3 * second}) == pytest.approx([2.0, 1.0])
    assert eqs.apply("v", {"w": 3 * mV, "I": 0 * mV}) == pytest.approx(-3 * volt / second)
    assert eqs.apply("w", {"v": 3 * mV}) == 3 * mV
    assert eqs.apply("z", {"v": 3 * mV}) == 6 * mV
    assert eqs.apply("I", {}) == 0 * volt / second


@pytest.mark.parametrize(
    ("name", "values", "error", "message"),
    [
        ("q", {}, UnknownNameError, "has no q"),
        ("x", {"x": 1 * mV}, UnknownNameError, "needs a value of y"),
        ("x", {"x": 1 * mV, "y": 1 * ms}, DimensionMismatchError, "y must be in volt"),
        ("x", {"x": 1 * mV, "yy": 1 * mV}, UnknownNameError, "did you mean y"),
        ("tau", {}, UnknownNameError, "define no tau"),
    ],
)
def test_wrong_questions_are_answered_clearly(name, values, error, message):
    tau = 10 * ms
    eqs = Equations("dx/dt = (y - x)/tau : volt\ny : volt")
    with pytest.raises(error, match=message):
        eqs.apply(name, values)


def test_a_fixed_point_has_units_and_parameters():
    gl, El, C = 10 * ALL_UNITS["nS"], -70 * mV, 200 * ALL_UNITS["pF"]
    eqs = Equations("dv/dt = (gl*(El - v) + I)/C : volt\nI : amp")
    point = eqs.fixedpoint(I=0.1 * nA)
    assert float(point["v"]) == pytest.approx(-0.06)
    assert point["I"] == 0.1 * nA
    assert float(eqs.fixedpoint(v=3 * mV)["v"]) == pytest.approx(-0.07)


def test_a_fixed_point_of_arrays_is_one_for_each():
    eqs = Equations("dv/dt = (I - v)/ms : volt\nI : volt")
    found = eqs.fixedpoint(I=np.array([1e-3, 2e-3]))
    assert found["v"] == pytest.approx([1e-3, 2e-3])


def test_without_a_fixed_point_the_initial_values_come_back_with_a_warning():
    eqs = Equations("dv/dt = (1 + v*v)/ms : 1\ndw/dt = -w/ms : 1")
    with pytest.warns(RuntimeWarning, match="no fixed point"):
        assert eqs.fixedpoint(v=2.0, w=3.0) == {"v": 2.0, "w": 3.0}


def test_units_are_checked_when_equations_are_finished():
    eqs = Equations("dx/dt = -x : volt")
    for check in (eqs.check_units, eqs.prepare):
        with pytest.raises(DimensionMismatchError, match="two sides of dx/dt"):
            check()
    eqs.prepare(check_units=False)
    assert Equations("dx/dt = -x/ms : volt").check_units() is None


def test_functions_take_their_arguments_in_order_or_by_name():
    tau = 10 * ms
    functions = Equations(
        "dx/dt = (y - x)/tau : volt\ny : volt\nz = 2*x : volt"
    ).compile_functions()
    assert functions["x"].arguments == ("x", "y")
    assert functions["x"](1 * mV, 3 * mV) == pytest.approx(0.2 * volt / second)
    assert functions["x"](1 * mV, y=3 * mV) == functions["x"](y=3 * mV, x=1 * mV)
    assert functions["z"](1 * mV) == 2 * mV
    with pytest.raises(TypeError, match="takes x, y"):
        functions["x"](1, 2, 3)
    with pytest.raises(UnknownNameError, match="needs a value of y"):
        functions["x"](1 * mV)


def test_frozen_functions_know_no_units():
    tau = 10 * ms
    frozen = Equations("dx/dt = -x/tau : volt").compile_functions(freeze=True)["x"]
    assert frozen(2.0) == pytest.approx(-200.0)
    assert type(frozen(2.0)) is float


def test_equations_are_shown_as_text_and_typeset_once_they_are_complete():
    eqs = Equations("dv/dt = (E - v)/(5*ms) : volt")
    assert repr(eqs) == "Equations('dv/dt = (E - v)/(5*ms) : volt')"
    assert eqs._repr_latex_() is None
    assert r"\frac{d v}{dt}" in (eqs + "E : volt")._repr_latex_()


def test_the_report_knows_the_kind_of_each_variable():
    report = Equations("dv/dt = -v/(5*ms) : 1\ndw/dt = -w*v/ms : 1").analyse()
    assert report["v"].kind == "linear"
    assert report["w"].kind == "conditionally linear"


# -- noise and time through a simulation ------------------------------------------------------


def run_noisy(text, dt_count=200):
    from brian_nb import seed

    seed(3)
    group = NeuronGroup(2000, text)
    run(dt_count * 0.1 * ms)
    return group.x.copy(), group.y.copy()


INDEPENDENT = 4 / np.sqrt(2000)
"""Correlation that four standard errors of 2000 pairs allow."""


def test_each_noise_of_the_text_is_independent():
    x, y = run_noisy("dx/dt = xi/ms**.5 : 1\ndy/dt = xi/ms**.5 : 1")
    assert abs(np.corrcoef(x, y)[0, 1]) < INDEPENDENT
    assert np.var(x) == pytest.approx(20, rel=0.15)


def test_a_noise_with_a_name_is_shared_by_the_equations_that_use_it():
    x, y = run_noisy("dx/dt = u/ms**.5 : 1\ndy/dt = -2*u/ms**.5 : 1\nu = xi : second**-.5")
    assert np.allclose(y, -2 * x)


def test_a_shared_noise_is_shared_in_nonlinear_equations_too():
    x, y = run_noisy(
        "dx/dt = 0*x**2/ms + u/ms**.5 : 1\ndy/dt = 0*x**2/ms + u/ms**.5 : 1\nu = xi : second**-.5"
    )
    assert np.allclose(x, y)
    assert np.std(x) > 1


def test_a_shared_noise_of_added_equations_is_shared():
    eqs = Equations("u = xi : second**-.5")
    for name in "xy":
        eqs += Equations("dv/dt = u/ms**.5 : 1", v=name)
    x, y = run_noisy(eqs)
    assert np.allclose(x, y)


def test_the_time_enters_equations():
    group = NeuronGroup(1, "dx/dt = t/ms**2 : 1\ny = t/ms : 1")
    record = StateMonitor(group, "x", record=True)
    run(10 * ms)
    # Euler's method at the start of each step: the sum of k*dt**2 for k below n.
    n = np.arange(1, 101)
    assert record[0] == pytest.approx(n * (n - 1) / 2 * 0.01, rel=1e-9, abs=1e-12)
