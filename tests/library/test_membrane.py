"""Membrane equations are the sum of their currents, in whatever order they are put together."""

from itertools import permutations

import pytest

from brian_nb import Current, Equations, IonicCurrent, MembraneEquation, NeuronGroup, run
from brian_nb.errors import DimensionMismatchError, EquationError, ModelError
from brian_nb.units import ALL_UNITS
from tests.equations.conftest import check_golden

mV, ms, pF, nS, nA, pA, amp, Mohm = (
    ALL_UNITS[name] for name in ("mV", "ms", "pF", "nS", "nA", "pA", "amp", "Mohm")
)
V0, R = -70 * mV, 50 * Mohm
PLAIN = "dvm/dt = I/(200*pF) : volt\nI = (V0 - vm)/R : amp"


def drift(equations, **state):
    """Right-hand side of dvm/dt."""
    return float(equations.apply("vm", state))


def test_a_membrane_without_currents_keeps_its_potential():
    assert drift(MembraneEquation(200 * pF)) == 0
    assert str(MembraneEquation(200 * pF, vm="V")) == "dV/dt = 0 : volt"


@pytest.mark.parametrize(
    "current",
    [
        Current("I = (V0 - vm)/R : amp"),
        Current("I = (V0 - vm)/R : amp", current_name="I"),
        Current(I="(V0 - vm)/R : amp", current_name="I"),
        Current(I="(V0 - vm)/R : amp"),
        Current("J = (V0 - vm)/R : amp", J="I"),
        Current("I = (V0 - vm)/R : amp", V0=-70 * mV, R=50 * Mohm),
        Current("I = (V0 - vm)/R : amp\nx : volt\ndy/dt = -y/ms : 1"),
        Current("J = (V0 - vm)/R : amp\nI = J/2 : amp", current_name="J"),
        IonicCurrent(I="(vm - V0)/R : amp"),
        Current(Equations("I = (V0 - vm)/R : amp")),
    ],
)
def test_a_current_may_be_written_in_many_ways(current):
    equations = MembraneEquation(200 * pF) + current
    state = {"vm": -50 * mV}
    assert drift(equations, **state) == pytest.approx(drift(Equations(PLAIN), **state))


def test_the_order_of_a_sum_does_not_matter():
    terms = [
        MembraneEquation(200 * pF),
        Current("I = (V0 - vm)/R : amp"),
        IonicCurrent("J : amp"),
        Equations("K = 2*vm : volt"),
    ]
    for order in permutations(terms):
        total = order[0] + (order[1] + order[2]) + order[3]
        assert type(total) is MembraneEquation
        assert drift(total, vm=-60 * mV, J=100 * pA) == pytest.approx(-0.2e-9 / 200e-12 - 0.5)
    assert drift(sum(terms), vm=-60 * mV, J=0 * amp) == pytest.approx(-1)


def test_currents_without_a_membrane_stay_currents():
    currents = Current("I : amp") + "x : 1" + Current("J : amp")
    assert isinstance(currents, Current)
    assert [term.name for term in currents.currents] == ["I", "J"]
    assert str(MembraneEquation(200 * pF) + currents).startswith("dvm/dt = (I + J)/C : volt")


def test_currents_that_nobody_named_do_not_collide():
    leak = Current("I = g*(E - vm) : amp", I=None, g=10 * nS, E=0 * mV)
    eqs = MembraneEquation(100 * pF) + leak + leak + Current("_I : amp")
    assert drift(eqs, vm=10 * mV, _I=0 * amp) == pytest.approx(-2)


def test_currents_follow_the_name_of_the_potential():
    leak = Current("I = (V0 - vm)/R : amp")
    equations = MembraneEquation(200 * pF, vm="V") + leak
    assert equations.get_Vm() == "V"
    assert float(equations.apply("V", {"V": -50 * mV})) == pytest.approx(-2)


def test_a_potential_of_the_users_is_not_replaced():
    vm = -50 * mV
    equations = MembraneEquation(200 * pF, vm="V") + Current("I = (V0 - vm)/R : amp")
    assert float(equations.apply("V", {})) == pytest.approx(-2)


def test_the_capacitance_may_be_a_variable_or_an_expression():
    Cm = 100 * pF
    current = Current("I : amp")
    assert drift(MembraneEquation("Cm") + current, I=1 * nA) == pytest.approx(10)
    assert drift(MembraneEquation("2*Cm") + current, I=1 * nA) == pytest.approx(5)
    each = MembraneEquation("Cap") + current + "Cap : farad"
    assert drift(each, I=1 * nA, Cap=50 * pF) == pytest.approx(20)
    named = MembraneEquation(100 * pF) + Current("C : amp")
    assert drift(named, C=1 * nA) == pytest.approx(10)


def test_the_capacitance_of_the_membrane_is_safe_from_a_variable_of_its_name():
    equations = MembraneEquation(100 * pF) + Current("I : amp") + "C : farad"
    assert drift(equations, I=1 * nA) == pytest.approx(10)


def test_a_time_for_a_capacitance_makes_the_currents_voltages():
    equations = MembraneEquation(10 * ms) + Current("Im = V0 - vm : volt")
    assert drift(equations, vm=-60 * mV) == pytest.approx(-1)


def test_a_group_of_membrane_equations_charges_as_a_resistor_and_a_capacitor():
    group = NeuronGroup(1, MembraneEquation(200 * pF) + Current("I = (V0 - vm)/R : amp"))
    run(10 * ms)
    assert group.vm[0] == pytest.approx(-0.07 * (1 - 2.718281828459045**-1))


def test_two_membranes_can_be_in_one_model_but_a_current_must_know_its_own():
    first = MembraneEquation(100 * pF, vm="V1") + Current("I1 = (V0 - vm)/R : amp")
    second = MembraneEquation(100 * pF, vm="V2") + Current("I2 = (V1 - V2)/R : amp")
    assert float((first + second).apply("V2", {"V1": 1 * mV, "V2": 0 * mV})) == pytest.approx(0.2)
    with pytest.raises(ModelError) as caught:
        first + second + Current("J : amp")
    check_golden("membrane_two_membranes", message(caught), "library")


MISTAKES = {
    "current_without_amp": lambda: Current("x : volt\ny : 1"),
    "current_of_two": lambda: Current("x : amp\ny : nA"),
    "current_of_no_name": lambda: Current("x : amp", current_name="I"),
    "current_empty": lambda: Current(""),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_current_that_is_none_reads_like_this(name):
    with pytest.raises(ModelError) as caught:
        MISTAKES[name]()
    check_golden(f"membrane_{name}", message(caught), "library")


def test_a_current_in_another_unit_is_shown_in_the_sum():
    equations = MembraneEquation(100 * pF) + Current("I : amp") + Current("U : volt")
    with pytest.raises(DimensionMismatchError) as caught:
        equations.prepare()
    check_golden("membrane_unit", message(caught), "library")


def test_the_same_current_twice_is_refused():
    with pytest.raises(EquationError, match="I is defined twice"):
        MembraneEquation(100 * pF) + Current("I : amp") + Current("I : amp")


def message(caught):
    return "\n".join(caught.value._render_traceback_())
