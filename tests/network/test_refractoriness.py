"""A variable is held for a while after a spike: exact numbers of steps."""

import numpy as np
import pytest

from brian_nb import (
    Connection,
    CustomRefractoriness,
    Network,
    NeuronGroup,
    PoissonGroup,
    Refractoriness,
    SimpleCustomRefractoriness,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    network_operation,
    seed,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS

mV, ms, Hz, second = (ALL_UNITS[name] for name in ("mV", "ms", "Hz", "second"))

CHARGE = "dv/dt = (20*mV - v)/(10*ms) : volt"
PERIOD = 120
"""Steps between spikes: 50 of refractoriness, and 70 of charging to 10 mV."""


def to_zero(P, spikes):
    for i in spikes:  # a loop: it cannot be compiled
        P.v[i] = 0


def to_zero_at_once(P, spikes):
    P.v[spikes] = 0


HELD_FOR_5_MS = {
    "quantity": {"reset": 0 * mV, "refractory": 5 * ms},
    "text": {"reset": "v = 0*mV", "refractory": 5 * ms},
    "function": {"reset": to_zero_at_once, "refractory": 5 * ms},
    "called function": {"reset": to_zero, "refractory": 5 * ms},
    "computed": {"reset": 0 * mV, "refractory": "pause"},
    "Refractoriness": {"reset": Refractoriness(0 * mV, 5 * ms)},
    "Refractoriness, named": {"reset": Refractoriness(resetvalue=0 * mV, period=5 * ms, state="v")},
    "SimpleCustomRefractoriness": {"reset": SimpleCustomRefractoriness(to_zero_at_once, 5 * ms)},
    "SimpleCustomRefractoriness, called": {
        "reset": SimpleCustomRefractoriness(resetfun=to_zero, period=5 * ms, state="v")
    },
    "CustomRefractoriness": {"reset": CustomRefractoriness(to_zero, 5 * ms)},
    "CustomRefractoriness of two": {
        "reset": CustomRefractoriness(resetfunc=to_zero, period=5 * ms, refracfunc=to_zero_at_once)
    },
}  # fmt: skip


def make(options, size=3):
    defaultclock.reinit()
    pause = 5 * ms
    return NeuronGroup(size, CHARGE, threshold=10 * mV, **options)


@pytest.mark.parametrize("options", HELD_FOR_5_MS.values(), ids=HELD_FOR_5_MS)
@pytest.mark.parametrize(
    "how", [{}, {"reference": True}, {"threads": 3}, {"pieces": 7}], ids=str
)  # fmt: skip
def test_neuron_that_is_held_for_5_ms_fires_every_120_steps(options, how):
    group = make(options, size=3 if "threads" not in how else 600)
    monitor = SpikeMonitor(group)
    network = Network(group, monitor, threads=how.get("threads", 1))
    network._reference = how.get("reference", False)
    pieces = how.get("pieces", 1)
    for _ in range(pieces):
        network.run(35 * ms / pieces)
    for i in (0, group.size - 1):
        assert np.rint(monitor[i] / 1e-4).tolist() == [69, 69 + PERIOD, 69 + 2 * PERIOD]


def test_state_is_at_the_reset_value_for_fifty_steps_and_in_the_step_of_the_spike():
    group = make({"reset": 0 * mV, "refractory": 5 * ms})
    monitor = StateMonitor(group, "v", record=0)
    Network(group, monitor).run(18 * ms)
    (held,) = np.nonzero(monitor[0] == 0)
    assert held.tolist() == list(range(69, 69 + 51))


def test_inputs_to_the_held_variable_are_lost_and_others_are_not():
    group = NeuronGroup(2, CHARGE + "\nw : volt", 10 * mV, 0 * mV, refractory=5 * ms)
    source = NeuronGroup(1, "x : 1", threshold="x > 0.5", reset="")
    source.x = 1
    to_v, to_w = (Connection(source, group, name, weight=1 * mV) for name in "vw")
    monitor = StateMonitor(group, "v", record=0)
    Network(source, group, to_v, to_w, monitor).run(20 * ms)
    assert group.w == pytest.approx([0.2, 0.2])
    (held,) = np.nonzero(monitor[0] == 0)
    assert np.diff(held).tolist().count(1) == len(held) - 1 - (len(held) - 1) // 51


@pytest.mark.parametrize("text", ["v : volt", "dv/dt = 0*mV/ms : volt"])
def test_what_an_operation_adds_meanwhile_is_lost(text):
    """As in `Refractoriness` of the manual, 8.4.3, the value after the reset is what is held."""
    defaultclock.reinit()
    group = NeuronGroup(1, text, threshold="v > 9.5*mV", reset=0 * mV, refractory=5 * ms)
    group.v = 11 * mV

    @network_operation
    def push():
        group.v += 1 * mV

    monitor = SpikeMonitor(group)
    Network(group, push, monitor).run(8 * ms)
    # Held up to step 50, and pushed ten times, at the ends of the steps 50 to 59.
    assert np.rint(monitor[0] / 1e-4).tolist() == [0, 60]


def test_state_that_is_held_need_not_be_the_membrane():
    group = NeuronGroup(
        1,
        "dv/dt = 1*mV/ms : volt\ndw/dt = 1*mV/ms : volt",
        threshold="v > 10*mV",
        reset=Refractoriness(0 * mV, 2 * ms, state="w"),
    )
    group.v = 9.95 * mV
    Network(group).run(0.1 * ms)
    group.v = 0 * mV
    Network(group).run(3 * ms)
    assert group.w[0] == pytest.approx(1e-3)
    assert group.v[0] == pytest.approx(3e-3)


def test_each_neuron_can_have_its_own_period():
    group = NeuronGroup(
        3, CHARGE + "\npause : second", threshold=10 * mV, reset=0 * mV, refractory="pause",
        max_refractory=10 * ms,
    )  # fmt: skip
    group.pause = [0 * ms, 5 * ms, 10 * ms]
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(60 * ms)
    assert [np.diff(np.rint(monitor[i] / 1e-4))[0] for i in range(3)] == [70, 120, 170]
    assert group.refractory == "pause"


def test_random_periods_are_drawn_at_each_spike():
    seed(2)
    group = NeuronGroup(
        400, CHARGE, threshold=10 * mV, reset=0 * mV, refractory="5*ms + rand()*5*ms"
    )
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(25 * ms)
    steps = np.array([np.diff(monitor[i])[0] for i in range(400)]) / 1e-4 - 70
    assert 49.5 < steps.min() < 52 and 98 < steps.max() < 100.5
    assert abs(steps.mean() - 75) < 4 * 50 / np.sqrt(12 * 400)


def test_custom_refractoriness_calls_its_functions_with_those_who_are_meant():
    fired, refractory = [], []

    def note_fired(P, spikes):
        P.v[spikes] = 0
        fired.append(spikes.tolist())

    def note_refractory(P, indices):
        P.v[indices] = 0
        refractory.append(indices.tolist())

    reset = CustomRefractoriness(note_fired, 2 * ms, note_refractory)
    group = NeuronGroup(2, CHARGE, threshold=10 * mV, reset=reset)
    group.v = [10 * mV, 0 * mV]
    Network(group).run(7 * ms)
    assert len(fired) == len(refractory) == 70
    assert fired[0] == [0]
    assert [k for k, item in enumerate(fired) if item] == [0, 69]
    assert refractory[:22] == [[0]] * 21 + [[]]


def test_simple_custom_refractoriness_holds_what_each_neuron_was_reset_to():
    def reset(P, spikes):
        P.v[spikes] = P.w[spikes]
        P.v[0] = -1 * mV  # touches a neuron that did not fire: it has to be called

    group = NeuronGroup(
        3, CHARGE + "\nw : volt", 10 * mV, SimpleCustomRefractoriness(reset, 3 * ms)
    )
    group.w, group.v = [0 * mV, 1 * mV, 2 * mV], [0 * mV, 10 * mV, 10 * mV]
    Network(group).run(2 * ms)
    assert group.v == pytest.approx([-1e-3, 1e-3, 2e-3])


def test_refractory_neurons_cannot_be_driven_to_fire():
    seed(1)
    group = NeuronGroup(1, "dv/dt = -v/(5*ms) : 1", threshold=1, reset=0, refractory=2.5 * ms)
    source = PoissonGroup(50, 400 * Hz)
    monitor = SpikeMonitor(group)
    Network(source, group, Connection(source, group, "v", weight=0.4), monitor).run(0.5 * second)
    assert monitor.nspikes > 100
    assert np.diff(monitor[0]).min() > 2.55e-3


def test_period_can_be_changed_between_runs():
    group = make({"reset": 0 * mV, "refractory": 5 * ms})
    monitor = SpikeMonitor(group)
    network = Network(group, monitor)
    network.run(13 * ms)
    group.refractory = 0 * ms
    network.run(20 * ms)
    group.refractory = 10 * ms
    network.run(40 * ms)
    steps = np.diff(np.rint(monitor[0] / 1e-4))
    assert set(steps[:1]) == {120}
    assert 70 in steps and 170 in steps


def test_periods_that_contradict_each_other_are_refused():
    with pytest.raises(ModelError, match="is given twice"):
        make({"reset": Refractoriness(0 * mV, 5 * ms), "refractory": 5 * ms})
    with pytest.raises(ModelError, match="has no variable to act on"):
        make({"reset": CustomRefractoriness(to_zero, 0 * ms), "refractory": 5 * ms})


@pytest.mark.parametrize(
    ("period", "kind", "message"),
    [
        (5 * mV, DimensionMismatchError, "the refractory period must be in second"),
        (-1 * ms, ModelError, "the refractory period cannot be negative"),
        (np.array([1e-3, 2e-3, 3e-3]), ModelError, "is one time for all neurons"),
        ("v", DimensionMismatchError, "the refractory period must be a time"),
    ],
)
def test_period_must_be_a_time(period, kind, message):
    with pytest.raises(kind, match=message):
        make({"reset": 0 * mV, "refractory": period})
    if not isinstance(period, (str, np.ndarray)):
        with pytest.raises(kind):
            Refractoriness(0 * mV, period)
