"""What happens to neurons that fired, said in every way that the manual has."""

import numpy as np
import pytest

from brian_nb import (
    Connection,
    FunReset,
    Network,
    NeuronGroup,
    NoReset,
    Refractoriness,
    Reset,
    SpikeMonitor,
    StateMonitor,
    StringReset,
    VariableReset,
    defaultclock,
    rand,
    randn,
    seed,
)
from brian_nb.errors import DimensionMismatchError, EquationError, ModelError, UnknownNameError
from brian_nb.units import ALL_UNITS

mV, ms, volt, second = (ALL_UNITS[name] for name in ("mV", "ms", "volt", "second"))

CHARGE = "dv/dt = (20*mV - v)/(10*ms) : volt\nw : volt\nu : volt"
ROUNDING = 1e-15
"""Volt: compiled code fuses multiplications and additions, plain Python does not."""

KS_CRITICAL = 1.95
"""sqrt(n) times the Kolmogorov-Smirnov distance is above it in 0.1 % of all samples."""


def make(reset, size=2, **options):
    defaultclock.reinit()
    return NeuronGroup(size, CHARGE, threshold=10 * mV, reset=reset, **options)


def run(group, duration=30 * ms, reference=False, threads=1, pieces=1):
    """Run alone; steps at which neuron 0 fires."""
    start = group.clock.timebase.step
    monitor = SpikeMonitor(group)
    network = Network(group, monitor, threads=threads)
    network._reference = reference
    for _ in range(pieces):
        network.run(duration / pieces)
    return np.rint(monitor[0] / 1e-4).astype(int) - start


def reset_one_by_one(P, spikes):
    """A function that can be compiled."""
    P.v[spikes] = 0 * mV
    P.w_[spikes] += 3 * mV


def reset_with_a_loop(P, spikes):
    """A function that has to be called."""
    for i in spikes:
        P.v[i] = 0
        P.w[i] += 0.003


class UsersReset(Reset):
    """Code of a user, with what it overrides."""

    def __call__(self, P):
        super().__call__(P)
        P.w[P.LS.lastspikes()] += 3 * mV


class PlainObject:
    """No Reset, but called with the group, as old scripts have it."""

    def __call__(self, P):
        P.v[P.LS.lastspikes()] = 0
        P.w[P.LS.lastspikes()] += 3 * mV


ALL_ALIKE = {
    "text": "v = 0*mV; w += 3*mV",
    "lines": "v = 0*mV\nw += 3*mV",
    "StringReset": StringReset("v = 0*mV; w += 3*mV"),
    "function": reset_one_by_one,
    "FunReset": FunReset(reset_one_by_one),
    "function that is called": reset_with_a_loop,
    "class of a user": UsersReset(0 * mV),
    "object of a user": PlainObject(),
}


@pytest.mark.parametrize("reset", ALL_ALIKE.values(), ids=ALL_ALIKE)
def test_neuron_is_reset_and_adapted_whatever_says_so(reset):
    group = make(reset)
    assert run(group).tolist() == [69, 139, 209, 279]
    assert group.w == pytest.approx([12e-3, 12e-3])


@pytest.mark.parametrize("reset", [reset_one_by_one, "v = 0*mV", Reset(), VariableReset("u")])
def test_plain_resets_need_no_python(reset):
    assert make(reset).python_parts == []


@pytest.mark.parametrize("reset", [reset_with_a_loop, UsersReset(0 * mV), PlainObject()])
@pytest.mark.parametrize("how", [{"reference": True}, {"threads": 3}, {"pieces": 5}], ids=str)
def test_called_resets_do_the_same_however_a_run_is_done(reset, how):
    size = 600 if "threads" in how else 30
    group = make(reset, size)
    group.v = np.linspace(0, 9e-3, size)
    expected = run(group), group.v.copy(), group.w.copy()
    group = make(reset, size)
    group.v = np.linspace(0, 9e-3, size)
    found = run(group, **how), group.v, group.w
    assert np.array_equal(found[0], expected[0])
    assert np.allclose(found[1:], expected[1:], rtol=0, atol=ROUNDING)


def test_reset_of_another_variable():
    group = make(Reset(5 * mV, state="w"))
    group.w = 1 * mV
    run(group, 7 * ms)
    assert group.w == pytest.approx([5e-3] * 2)
    assert group.v[0] > 10e-3


@pytest.mark.parametrize(
    "reset",
    [
        VariableReset("w", state="v"),
        VariableReset(resetvaluestate="w", state="v"),
        VariableReset(resetvaluestate=1, state=0),
        VariableReset(0 * mV, state="v", resetvalstate="w"),
    ],
    ids=repr,
)
def test_variable_reset_takes_the_value_of_another_variable(reset):
    group = make(reset)
    group.w = [0 * mV, 5 * mV]
    run(group, 7 * ms)
    assert group.v == pytest.approx([0, 5e-3])


def test_no_reset_leaves_all_as_it_is():
    group = make(NoReset())
    steps = run(group, 10 * ms)
    assert steps.tolist() == list(range(69, 100))


def test_value_as_text_goes_to_the_membrane_variable():
    group = make("u")
    group.u = 5 * mV
    run(group, 7 * ms)
    assert group.v[0] == pytest.approx(5e-3)


def test_statements_see_what_those_before_them_have_done():
    group = make("v = 0*mV; w = v + 3*mV; u = w - 1*mV")
    run(group, 7 * ms)
    assert (group.w[0], group.u[0]) == pytest.approx((3e-3, 2e-3))


def test_random_resets_are_uniform_and_one_for_each_neuron():
    seed(6)
    group = make("v = 5*mV*rand()", size=2000)
    run(group, 7 * ms)
    sample = np.sort(group.v / 5e-3)
    distance = np.max(np.abs(sample - (np.arange(2000) + 0.5) / 2000))
    assert distance * np.sqrt(2000) < KS_CRITICAL


def test_random_function_is_compiled_with_draws_of_its_own():
    def draw(P, spikes):
        P.v[spikes] = rand(len(spikes)) * 5 * mV
        P.w[spikes] = 1 * mV * randn(len(spikes))

    seed(7)
    group = make(draw, size=2000)
    run(group, 7 * ms)
    assert group.python_parts == []
    assert np.unique(group.v).size == 2000
    assert abs(group.v.mean() - 2.5e-3) < 4 * 5e-3 / np.sqrt(12 * 2000)
    assert abs(group.w.mean()) < 4e-3 / np.sqrt(2000)
    assert group.w.std() == pytest.approx(1e-3, rel=4 / np.sqrt(4000))


@pytest.mark.parametrize("how", [{"reference": True}, {"threads": 2}, {"pieces": 6}], ids=str)
def test_random_resets_do_not_depend_on_how_a_run_is_done(how):
    def values(**how):
        seed(8)
        group = make("v = 5*mV*rand(); w = 1*mV*randn(); u = 1*mV*rand()", size=700)
        group.v = np.linspace(0, 9e-3, 700)
        run(group, 15 * ms, **how)
        return np.stack([group.v, group.w, group.u])

    assert np.allclose(values(**how), values(), rtol=0, atol=ROUNDING)


def test_function_that_touches_other_neurons_is_called_at_every_step():
    calls = []

    def spread(P, spikes):
        calls.append(len(spikes))
        P.v[spikes] = 0
        P.u += 1 * mV * len(spikes)

    group = make(spread, size=3)
    group.v = [0 * mV, 0 * mV, 15 * mV]
    run(group, 10 * ms)
    assert len(calls) == 100
    assert sum(calls) == 4
    assert group.u == pytest.approx([4e-3] * 3)
    assert group.python_parts == ["the reset spread()"]
    assert "spread()" in repr(group) and "spread()" in group.to_html()


def test_values_around_a_compiled_reset_follow_python():
    low = 0 * mV

    def reset(P, spikes):  # fmt: skip
        P.v[spikes] = low

    group = make(reset)
    monitor = SpikeMonitor(group)
    network = Network(group, monitor)
    network.run(7 * ms)
    low = 5 * mV
    network.run(21 * ms)
    assert np.diff(monitor[0]) == pytest.approx([7e-3, 4.1e-3, 4.1e-3, 4.1e-3])
    low = "five"
    with pytest.raises(ModelError, match="low, .* is 'five' now"):
        network.run(7 * ms)


def test_reset_comes_after_the_connections_and_before_the_next_update():
    """Section 4.11.1: what a spike adds in the step of another spike is lost by the reset."""
    source = NeuronGroup(1, "v : 1", threshold="v > 0.5", reset=0)
    target = NeuronGroup(1, "v : 1", threshold="v > 0.5", reset=Reset(0))
    source.v = target.v = 1
    Network(source, target, Connection(source, target, "v", weight=1.0)).run(0.1 * ms)
    assert target.v[0] == 0


def test_state_at_the_end_of_a_step_is_that_after_a_called_reset():
    group = make(reset_with_a_loop)
    monitor = StateMonitor(group, "v", record=0)
    Network(group, monitor).run(7 * ms)
    assert monitor[0][-1] == 0
    assert monitor[0][-2] > 9.9e-3


def test_reset_can_be_applied_by_hand():
    group = make(reset_with_a_loop, size=3)
    group.v = [1 * mV, 11 * mV, 12 * mV]
    group.update()
    assert group.LS.lastspikes().tolist() == [1, 2]
    Reset(4 * mV)(group)
    assert group.v[1:] == pytest.approx([4e-3, 4e-3])
    StringReset("w = v + 1*mV; v += 1*mV")(group)
    assert group.w == pytest.approx([0, 5e-3, 5e-3])
    assert group.v[1:] == pytest.approx([5e-3, 5e-3])


# -- mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reset", "kind", "message"),
    [
        (10 * ms, DimensionMismatchError, "the reset of v must be in volt"),
        (Reset, ModelError, "the reset is a class, Reset"),
        (Reset(0 * mV, state="x"), ModelError, "a variable 'x' that the equations do not"),
        (VariableReset("x"), ModelError, "the VariableReset names a variable 'x'"),
        ([0], ModelError, "the reset must be a quantity"),
        ("x = 0", UnknownNameError, "no variable x to assign to"),
        ("v = 3*ms", DimensionMismatchError, "the two sides of ="),
        ("if v > 0: v = 0", EquationError, "statement|assignment|left-hand side"),
    ],
)
def test_mistakes_are_named(reset, kind, message):
    with pytest.raises(kind, match=message):
        make(reset)


def test_python_that_sets_no_number_is_named_as_the_origin():
    def spoil(P, spikes):
        P.v[:] = np.nan

    group = make(spoil)
    with pytest.raises(ArithmeticError, match="v of `group` became nan.*(\n.*)*set in Python"):
        Network(group).run(1 * ms)


def test_equations_that_overflow_beside_a_called_reset_are_named():
    group = NeuronGroup(2, "dv/dt = v*v/(1*ms) : 1", threshold="v > 1e300", reset=lambda P, s: None)
    group.v = [0.1, 2]
    network = Network(group)
    with pytest.raises(ArithmeticError, match="v of `group` became inf at t = 1.5 ms, in neuron 1"):
        network.run(10 * ms)
    assert np.isfinite(group.v).all()


def test_refractoriness_of_zero_length_is_a_plain_reset():
    group = make(Refractoriness(0 * mV, 0 * ms))
    assert run(group).tolist() == [69, 139, 209, 279]
