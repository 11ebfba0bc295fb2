"""Fewer operations in a step: what is constant is computed once, exponentials come from others."""

import numpy as np
import pytest

from brian_nb import Clock, Equations, Network, NeuronGroup
from brian_nb.equations.expressions import to_source, walk
from brian_nb.equations.nodes import Call
from brian_nb.model import Population
from brian_nb.numerics import choose_update
from brian_nb.numerics.interpretation import Interpreter
from brian_nb.numerics.methods import METHODS
from brian_nb.numerics.simplify import simplify_update
from brian_nb.units import ALL_UNITS

mV, ms, second = ALL_UNITS["mV"], ALL_UNITS["ms"], ALL_UNITS["second"]

CHANNELS = """
    dv/dt = (10*mV - v + 100*mV*m**3*h)/(10*ms) : volt
    dm/dt = am*(1 - m) - bm*m : 1
    dh/dt = ah*(1 - h) - bh*h : 1
    am = 0.32*(13*mV - v + VT)/mV/(exp((13*mV - v + VT)/(4*mV)) - 1)/ms : Hz
    bm = 4/(1 + exp((40*mV - v + VT)/(5*mV)))/ms : Hz
    ah = 0.128*exp((17*mV - v + VT)/(20*mV))/ms : Hz
    bh = 0.5*exp((10*mV - v + VT)/(40*mV))/ms : Hz
    """
"""Rates as of Traub & Miles 1991; the exponents are multiples of each other."""


def count_exponentials(update):
    values = [value for _, value in (*update.temporaries, *update.assignments)]
    return len({item for value in values for item in walk(value) if is_exponential(item)})


def is_exponential(item):
    return isinstance(item, Call) and item.function == "exp"


def choose(text, method="Euler", namespace=None):
    system = Equations(text, namespace=namespace or {"VT": -63 * mV}).resolve()
    return choose_update(Population("cells", system, method=method))


def source_of(update, name):
    return to_source(dict((*update.temporaries, *update.assignments))[name])


def test_exponentials_come_from_the_one_that_grows_slowest():
    update = choose(CHANNELS)
    assert count_exponentials(update) == 1
    assert [name for name, _ in update.temporaries][0] == "exp__0"
    assert "exp__0**10" in source_of(update, "am")
    assert source_of(update, "ah").endswith("*exp__0**2")
    assert "exp__0**8" in source_of(update, "bm")


@pytest.mark.parametrize(
    "text",
    [
        "1 - exp(x)",
        "exp(x) - 1",
        "exp(x) + a",
        "-exp(x)",
        "a - 2*exp(x)*y",
        "y/(3 - exp(x)/2)",
        "exp(x) - y",
        "exp(x)",
        "log(2*exp(x))",
    ],
)
def test_exponential_that_may_cancel_stays(text):
    """It has to be exactly 1 at 0, else what is 0 or 0/0 would pass as another number."""
    system = f"dx/dt = s/ms : 1\ns = {text} : 1\ndy/dt = 0.1*exp(3*x)/ms : 1"
    update = choose(system, namespace={"a": -1.0})
    assert count_exponentials(update) == 2
    assert "exp__" not in to_source(dict(update.temporaries)["s"])


@pytest.mark.parametrize("text", ["2*exp(x)", "1/(1 + exp(x))", "y*(1 - y) - 4*exp(x)*y"])
def test_exponential_that_cannot_cancel_is_shared(text):
    system = f"dx/dt = s/ms : 1\ns = {text} : 1\ndy/dt = 0.1*exp(3*x)/ms : 1"
    assert count_exponentials(choose(system)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("exp(x)", "exp(1.5*x)"),  # no integer power
        ("exp(x)", "exp(-x)"),
        ("exp(x)", "exp(17*x)"),
        ("exp(x)", "exp(x + 30)"),  # one may overflow long before the other
        ("exp(x)", "exp(x + a)"),  # the value of a name may change
        ("exp(x/a)", "exp(2*x/a + b)"),
        ("exp(x)", "exp(x*x)"),
        ("exp(x)", "exp(x + y)"),
        ("exp(x*p)", "exp(2*x*p)"),  # differs between neurons
    ],
)
def test_others_stay(one, other):
    text = f"dx/dt = (2*{one} + 3*{other})/ms : 1\ndy/dt = -y/ms : 1\np : 1"
    update = choose(text, namespace={"a": 2.0, "b": 3.0})
    assert count_exponentials(update) == 2
    assert not any(name.startswith("exp__") for name, _ in update.temporaries)


def test_names_may_divide_where_they_are_the_same():
    text = "dx/dt = (2*exp((x - a)/b) + 3*exp((x + 1 - a)/b))/ms : 1"
    assert count_exponentials(choose(text, namespace={"a": 2.0, "b": 3.0})) == 2  # 1/b is no number
    text = "dx/dt = (2*exp((x - a)/2) + 3*exp((x + 1 - a)/2))/ms : 1"
    assert count_exponentials(choose(text, namespace={"a": 2.0})) == 1


@pytest.mark.parametrize(
    ("text", "start", "slope"),
    [
        ("dx/dt = (x + 1e-20)/((1 - exp(-x)) + 1e-20)/second : 1", 0.0, 1.0),
        ("dx/dt = (x - 1)/(x - 1 + 1e-20)/second : 1", 1.0, 0.0),
        ("dx/dt = 2*(x + 4 + 1e-15)/(1 - exp(-(x + 4)*10) + 1e-15)*0.5/second : 1", -4.0, 1.0),
    ],
)
def test_small_numbers_against_division_by_zero_stay(text, start, slope):
    group = NeuronGroup(2, text, method="Euler", clock=Clock(dt=0.1 * ms))
    group.x = start
    Network(group).run(0.1 * ms)
    assert group.x[0] - start == pytest.approx(1e-4 * slope, rel=1e-9)


@pytest.mark.parametrize("method", [name for name in METHODS if np.isfinite(METHODS[name].ORDER)])
def test_step_is_the_same_but_for_rounding(method):
    system = Equations(CHANNELS, namespace={"VT": -63 * mV}).resolve()
    plain = METHODS[method].build_update(system, "")
    simple = simplify_update(plain, system)
    values = {"VT": -0.063, "dt": 1e-5, "t": 0.0, "m": 0.1, "h": 0.6}
    values["v"] = np.linspace(-0.12, 0.06, 1001)
    found = [Interpreter(update, frozenset()).compute_step(values) for update in (plain, simple)]
    for name in ("v", "m", "h"):
        assert np.allclose(found[1][name], found[0][name], rtol=1e-13, atol=1e-15)


def test_static_equation_that_is_constant_is_computed_before_the_loop():
    text = "dx/dt = -x*x/scale : 1\nscale = 2*tau : second\ntau = 5*ms : second"
    update = choose(text)
    assert update.temporaries == ()
    group = NeuronGroup(1, text, method="Euler")
    network = Network(group)
    network.prepare()
    assert "y_scale" not in network.build.program.source
    group.x = 1
    network.run(0.1 * ms)
    assert group.x[0] == pytest.approx(1 - 0.01, abs=1e-15)


def test_constants_are_put_together_and_follow_changes():
    tau, a, b = 10 * ms, 2.0, 3.0
    group = NeuronGroup(1, "dx/dt = a*(1 - x*x)*b/tau : 1", clock=Clock(dt=0.1 * ms))
    network = Network(group)
    network.run(0.1 * ms)
    assert group.x[0] == pytest.approx(0.06, abs=1e-15)
    group.b = 6.0
    network.run(0.1 * ms)
    assert group.x[0] == pytest.approx(0.06 + 0.12 * (1 - 0.06**2), abs=1e-15)


def test_other_values_of_constants_need_no_other_code():
    def source(VT):
        network = Network(NeuronGroup(1, CHANNELS, method="RK4"))
        network.prepare()
        return network.build.program.source

    assert source(-63 * mV) == source(-50 * mV)
