"""Which neurons fire in a step, said in every way that the manual has."""

import numpy as np
import pytest

from brian_nb import (
    EmpiricalThreshold,
    FunThreshold,
    Network,
    NeuronGroup,
    NoThreshold,
    PoissonThreshold,
    SimpleFunThreshold,
    SpikeMonitor,
    StateMonitor,
    StringThreshold,
    Threshold,
    VariableThreshold,
    defaultclock,
    seed,
)
from brian_nb.errors import DimensionMismatchError, EquationError, ModelError, UnknownNameError
from brian_nb.units import ALL_UNITS

mV, ms, second, Hz = (ALL_UNITS[name] for name in ("mV", "ms", "second", "Hz"))
volt = ALL_UNITS["volt"]

CHARGE = "dv/dt = (20*mV - v)/(10*ms) : volt"
STEPS_TO_10_MV = 70
"""ceil(ln(2)*10 ms/0.1 ms): steps of the exact solution from 0 to above 10 mV."""

TWO = "dw/dt = 0*volt/second : volt\ndv/dt = (20*mV - v)/(10*ms) : volt"
"""`w` comes first in the text, `v` is the membrane variable."""


class OddNeurons(Threshold):
    """Of the neurons above the threshold, those with odd numbers: code of a user."""

    def __call__(self, P):
        spikes = super().__call__(P)
        return spikes[spikes % 2 == 1]


class EveryTenthStep(Threshold):
    """Fires neuron 0 at regular steps, whatever its state: code of a user."""

    def __call__(self, P):
        return [0] if P.clock.timebase.step % 10 == 0 else []


def not_an_expression(v):
    above = v > 0.01
    return above


def one_expression(v):
    """A docstring is no part of what is compiled."""
    return v > 10 * mV


def spike_steps(group, duration=30 * ms, reference=False, threads=1, pieces=1):
    """Steps at which each neuron fires."""
    start = group.clock.timebase.step
    monitor = SpikeMonitor(group)
    network = Network(group, monitor, threads=threads)
    network._reference = reference
    for _ in range(pieces):
        network.run(duration / pieces)
    return [np.rint(monitor[i] / 1e-4).astype(int) - start for i in range(group.size)]


ALL_AT_10_MV = {
    "quantity": 10 * mV,
    "condition": "v > 10*mV",
    "value as text": "10*mV",
    "Threshold": Threshold(10 * mV),
    "Threshold by name": Threshold(10 * mV, state="v"),
    "Threshold by number": Threshold(10 * mV, state=0),
    "StringThreshold": StringThreshold("v > 10*mV"),
    "SimpleFunThreshold": SimpleFunThreshold(lambda x: x > 10 * mV),
    "SimpleFunThreshold by name": SimpleFunThreshold(lambda x: x > 10 * mV, state="v"),
    "FunThreshold": FunThreshold(lambda v: v > 10 * mV),
    "FunThreshold of the matrix": FunThreshold(lambda S: S[0] > 0.01),
    "FunThreshold with a state": FunThreshold(lambda x: x > 10 * mV, state="v"),
    "lambda": lambda v: v > 10 * mV,
    "function": one_expression,
    "function that is called": not_an_expression,
    "EmpiricalThreshold": EmpiricalThreshold(10 * mV, refractory=1 * ms),
}


@pytest.mark.parametrize("threshold", ALL_AT_10_MV.values(), ids=ALL_AT_10_MV)
def test_neuron_fires_every_70_steps_whatever_says_so(threshold):
    defaultclock.reinit()
    group = NeuronGroup(2, CHARGE, threshold=threshold, reset=0 * mV)
    for steps in spike_steps(group):
        assert steps.tolist() == [69, 139, 209, 279]


CALLED = {
    "function": lambda: NeuronGroup(5, CHARGE, threshold=not_an_expression, reset=0 * mV),
    "class": lambda: NeuronGroup(5, CHARGE, threshold=OddNeurons(10 * mV), reset=0 * mV),
    "matrix": lambda: NeuronGroup(
        5, TWO, threshold=FunThreshold(lambda S: S[0] > S[1] + 0.01), reset=0 * mV
    ),
}


@pytest.mark.parametrize("make", CALLED.values(), ids=CALLED)
@pytest.mark.parametrize(
    "how", [{"reference": True}, {"threads": 2}, {"threads": 3}, {"pieces": 5}], ids=str
)
def test_called_thresholds_give_the_same_spikes_however_a_run_is_done(make, how):
    defaultclock.reinit()
    expected = spike_steps(make())
    defaultclock.reinit()
    assert sum(map(len, expected)) >= 8
    found = spike_steps(make(), **how)
    assert all(np.array_equal(*pair) for pair in zip(found, expected, strict=True))


def test_threshold_of_another_variable():
    group = NeuronGroup(1, "v : volt\ndw/dt = (20*mV - w)/(10*ms) : volt",
                        threshold=Threshold(10 * mV, state="w"), reset="w = 0*mV")  # fmt: skip
    assert np.diff(spike_steps(group)[0]).tolist() == [STEPS_TO_10_MV] * 3


def test_variable_threshold_compares_two_variables_of_each_neuron():
    group = NeuronGroup(
        3, CHARGE + "\nw : volt", VariableThreshold(threshold_state="w", state="v"), 0 * mV
    )
    group.w = [10 * mV, 15 * mV, 25 * mV]
    first, second_, never = spike_steps(group)
    assert np.diff(first).tolist() == [70] * 3
    assert np.diff(second_).tolist() == [139]  # ceil(100*ln(4))
    assert len(never) == 0


def test_variable_threshold_takes_the_second_variable_by_default():
    group = NeuronGroup(1, CHARGE + "\nw : volt", VariableThreshold(), 0 * mV)
    group.w = 10 * mV
    assert np.diff(spike_steps(group)[0]).tolist() == [70] * 3


def test_empirical_threshold_marks_no_second_onset_within_its_period():
    group = NeuronGroup(1, "x : 1", EmpiricalThreshold(0.5, refractory=3 * ms, state="x"))
    group.x = 1
    assert np.diff(spike_steps(group)[0]).tolist() == [30] * 9


def test_silence_after_a_spike_is_part_of_a_stored_state():
    group = NeuronGroup(1, "x : 1", EmpiricalThreshold(0.5, refractory=3 * ms, state="x"))
    group.x = 1
    monitor = SpikeMonitor(group)
    network = Network(group, monitor)
    network.run(2 * ms)
    state = network.store()
    network.run(5 * ms)
    network.restore(state)
    network.run(3 * ms)
    start = monitor[0][0]
    assert monitor[0] - start == pytest.approx([0, 3e-3, 6e-3, 3e-3])


def test_empirical_threshold_and_a_refractory_reset_keep_their_own_periods():
    group = NeuronGroup(
        1, CHARGE, EmpiricalThreshold(10 * mV, refractory=15 * ms), 0 * mV, refractory=5 * ms
    )
    monitor = StateMonitor(group, "v", record=0)
    network = Network(group, monitor, spikes := SpikeMonitor(group))
    network.run(40 * ms)
    assert np.diff(spikes[0]) == pytest.approx([15e-3, 15e-3])
    held = np.count_nonzero(monitor[0][69:200] == 0)
    assert held == 51


def test_no_threshold_is_silent():
    group = NeuronGroup(1, CHARGE, threshold=NoThreshold(), reset=0 * mV)
    assert not group.describe_model().fires


def test_poisson_threshold_fires_at_the_rate_of_the_variable():
    seed(3)
    rates = np.linspace(0, 100, 500)
    group = NeuronGroup(500, "x : Hz", threshold=PoissonThreshold(state="x"))
    group.x = rates
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(4 * second)
    expected = 4 * rates.sum()
    assert abs(monitor.nspikes - expected) < 4 * np.sqrt(expected)  # variance of a Poisson count
    assert len(monitor[0]) == 0


def test_poisson_threshold_follows_a_rate_that_changes():
    seed(4)
    group = NeuronGroup(4000, "dv/dt = (200*Hz - v)/(20*ms) : Hz", threshold=PoissonThreshold())
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(100 * ms)
    expected = 4000 * 200 * (0.1 - 0.02 * (1 - np.exp(-5)))
    assert abs(monitor.nspikes - expected) < 4 * np.sqrt(expected)


def test_poisson_threshold_needs_a_rate():
    with pytest.raises(ModelError, match="takes v as a rate, but it is in volt"):
        NeuronGroup(1, "v : volt", threshold=PoissonThreshold())


def test_random_numbers_of_a_threshold_are_one_for_each_neuron_and_step():
    seed(5)
    group = NeuronGroup(2000, "v : 1", threshold="rand() < 0.1 and randn() > 0")
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(10 * ms)
    expected = 2000 * 100 * 0.05
    assert abs(monitor.nspikes - expected) < 4 * np.sqrt(expected)


# -- functions ---------------------------------------------------------------------------------


def test_arguments_are_known_by_their_names():
    group = NeuronGroup(1, TWO, threshold=lambda w, v: v > w + 10 * mV, reset=0 * mV)
    assert np.diff(spike_steps(group)[0]).tolist() == [STEPS_TO_10_MV] * 3


def test_arguments_of_other_names_come_in_the_order_of_the_text():
    group = NeuronGroup(1, TWO, threshold=lambda a, b: b > a + 10 * mV, reset=0 * mV)
    assert group.describe_model().threshold is not None
    assert np.diff(spike_steps(group)[0]).tolist() == [STEPS_TO_10_MV] * 3


def test_function_of_any_number_of_arguments_gets_all_variables():
    group = NeuronGroup(1, TWO, threshold=FunThreshold(lambda *S: S[1] > S[0] + 0.01), reset=0 * mV)
    assert np.diff(spike_steps(group)[0]).tolist() == [STEPS_TO_10_MV] * 3


def test_function_of_too_few_arguments_is_refused():
    with pytest.raises(ModelError, match="takes 2 arguments, but the group has 3"):
        NeuronGroup(1, TWO + "\nx : 1", threshold=lambda a, b: a > b)


def test_numpy_forms_are_compiled():
    group = NeuronGroup(
        1, TWO, threshold=lambda v, w: (np.abs(v) > 10 * mV) & ~(w > 0) | (v > 1), reset=0 * mV
    )
    assert group.describe_model().threshold is not None
    assert np.diff(spike_steps(group)[0]).tolist() == [STEPS_TO_10_MV] * 3


def exp(v):
    """A function of the user's that is called like one of equations."""
    return v * 0


def test_function_whose_names_mean_something_else_is_called():
    group = NeuronGroup(1, CHARGE, threshold=lambda v: exp(v) + v > 0.01, reset=0 * mV)
    assert group.python_parts == ["the threshold a lambda"]
    assert np.diff(spike_steps(group)[0]).tolist() == [STEPS_TO_10_MV] * 3


def test_two_lambdas_on_a_line_are_told_apart():
    low, high = (lambda v: v > 5 * mV), (lambda v: v > 10 * mV)
    group = NeuronGroup(1, CHARGE, threshold=high, reset=0 * mV)
    assert "10" in repr(group.describe_model().threshold) or group.v_threshold
    assert np.diff(spike_steps(group)[0]).tolist() == [STEPS_TO_10_MV] * 3
    group = NeuronGroup(1, CHARGE, threshold=low, reset=0 * mV)
    assert np.diff(spike_steps(group)[0])[0] == 29  # ceil(100*ln(4/3))


def test_values_around_a_compiled_function_follow_python():
    bound = 10 * mV
    group = NeuronGroup(1, CHARGE, threshold=lambda v: v > bound, reset=0 * mV)
    assert not group.python_parts
    monitor = SpikeMonitor(group)
    network = Network(group, monitor)
    network.run(14 * ms)
    bound = 15 * mV
    network.run(28 * ms)
    assert np.diff(monitor[0]) == pytest.approx([7e-3, 13.9e-3, 13.9e-3])


def test_a_name_of_the_function_hides_no_variable_of_the_group():
    w = 10 * mV
    group = NeuronGroup(1, CHARGE + "\nw : volt", threshold=SimpleFunThreshold(lambda v: v > w),
                        reset=0 * mV)  # fmt: skip
    assert not group.python_parts
    assert np.diff(spike_steps(group)[0]).tolist() == [STEPS_TO_10_MV] * 3


def test_function_must_give_one_truth_value_for_each_neuron():
    def broken(v):
        return np.array([True, False, True])

    group = NeuronGroup(2, CHARGE, threshold=broken)
    with pytest.raises(ModelError, match=r"the threshold broken\(\) of `group` must give 2 truth"):
        Network(group).run(1 * ms)


# -- code of a user ------------------------------------------------------------------------------


def test_class_of_a_user_says_which_neurons_fire():
    group = NeuronGroup(4, CHARGE, threshold=OddNeurons(10 * mV), reset=0 * mV)
    even, odd, *_ = spike_steps(group)
    assert len(even) == 0
    assert np.diff(odd).tolist() == [70] * 3


def test_class_of_a_user_needs_no_state():
    defaultclock.reinit()
    group = NeuronGroup(2, "v : 1", threshold=EveryTenthStep(0))
    assert spike_steps(group, 10 * ms)[0].tolist() == list(range(0, 100, 10))


def test_threshold_can_be_asked_about_the_present_state():
    group = NeuronGroup(3, CHARGE, threshold=10 * mV)
    group.v = [5 * mV, 15 * mV, 11 * mV]
    assert Threshold(12 * mV)(group).tolist() == [1]
    assert StringThreshold("v > 10*mV")(group).tolist() == [1, 2]
    assert group._threshold(group).tolist() == [1, 2]
    assert FunThreshold(lambda S: S[0] < 0.01)(group).tolist() == [0]
    assert NoThreshold()(group).tolist() == []


# -- mistakes ------------------------------------------------------------------------------------


def test_threshold_in_another_unit_is_refused():
    with pytest.raises(DimensionMismatchError, match="the threshold of v must be in volt"):
        NeuronGroup(1, CHARGE, threshold=10 * ms)
    group = NeuronGroup(1, CHARGE, threshold=0.01, reset=0, unit_checking=False)
    assert np.diff(spike_steps(group)[0]).tolist() == [STEPS_TO_10_MV] * 3


@pytest.mark.parametrize(
    ("threshold", "kind", "message"),
    [
        (NoThreshold, ModelError, "the threshold is a class, NoThreshold"),
        ([1, 2], ModelError, "the threshold must be a quantity"),
        (Threshold(1 * mV, state="u"), ModelError, "a variable 'u' that the equations do not"),
        (Threshold(1 * mV, state=3), ModelError, "a variable 3 that the equations do not"),
        ("v > unknown", UnknownNameError, "unknown is not defined"),
        ("v + 1*mV", EquationError, "this threshold is no condition"),
    ],
)
def test_mistakes_are_named(threshold, kind, message):
    with pytest.raises(kind, match=message):
        NeuronGroup(1, CHARGE, threshold=threshold)


def test_string_threshold_knows_the_names_where_it_was_made():
    def make():
        bound = 10 * mV
        return StringThreshold("v > bound")

    bound = 1 * volt
    group = NeuronGroup(1, CHARGE, threshold=make(), reset=0 * mV)
    assert np.diff(spike_steps(group)[0]).tolist() == [STEPS_TO_10_MV] * 3


@pytest.mark.parametrize(
    "threshold",
    [
        "(x > 1) & (on > 0.5)",
        "(x > 1)*(on > 0.5)",
        "~((x <= 1) | (on <= 0.5))",
        lambda x, on: (x > 1) & (on > 0.5),
    ],
)
def test_conditions_are_joined_as_arrays_of_truth_values_are(threshold):
    group = NeuronGroup(2, "x : 1\non : 1", threshold)
    group.x, group.on = 2, [0, 1]
    silent, firing = spike_steps(group)
    assert not group.python_parts
    assert silent.tolist() == [] and firing.tolist() == list(range(300))


@pytest.mark.parametrize("reference", [False, True])
@pytest.mark.parametrize("size", [1, 3])
def test_conditions_on_constants_alone_are_true_or_false(size, reference):
    mode, counted = 1, []
    for threshold in ("mode == 1", "mode == 2", "(x > 5) or (mode == 1)", "x > 5 and mode == 1"):
        G = NeuronGroup(size, "dx/dt = (not (mode == 2 and x > 0))*(-x)/(5*ms) : 1", threshold)
        M = SpikeMonitor(G)
        network = Network(G, M)
        network._reference = reference
        network.run(1 * ms)
        counted.append(M.nspikes)
    assert mode == 1 and counted == [10 * size, 0, 10 * size, 0]


@pytest.mark.parametrize("reference", [False, True])
def test_conditions_count_as_numbers(reference):
    G = NeuronGroup(3, "dx/dt = ((x > 0) + (x > 1) - (x > 7))/ms : 1", method="Euler")
    G.x = [0.5, 2, -1]
    network = Network(G)
    network._reference = reference
    network.run(0.1 * ms)
    np.testing.assert_allclose(G.x, [0.6, 2.2, -1])
