"""Linear equations with coefficients of each neuron's own."""

import numpy as np
import pytest

from brian_nb import StateMonitor, run
from brian_nb.errors import ModelError, UnknownNameError
from brian_nb.experimental.multilinearstateupdater import MultiLinearNeuronGroup
from brian_nb.units import ALL_UNITS

ms, second = ALL_UNITS["ms"], ALL_UNITS["second"]
EQS = """
dv/dt = k*v/(1*second) : 1
dw/dt = k*w/(1*second) + v/second : 1
k : 1
"""


def test_each_neuron_follows_its_own_system_exactly():
    k = np.array([-1.0, -2.0, -3.0])
    group = MultiLinearNeuronGroup(EQS, ["k"])
    group.v, group.w = 1, 0
    record = StateMonitor(group, "v", record=True)
    run(1 * second)
    assert len(group) == 3
    assert group.integrator == "linear"
    assert group.v == pytest.approx(np.exp(k), rel=1e-9)
    assert group.w == pytest.approx(np.exp(k), rel=1e-9)
    assert record.values.shape == (3, 10_000)


def test_one_value_serves_all_neurons():
    k, a = np.array([-1.0, -2.0]), 3.0
    group = MultiLinearNeuronGroup("dv/dt = (k*v + a)/second : 1\nk : 1\na : 1", ["k", "a"])
    assert group.a == pytest.approx([3, 3])


@pytest.mark.parametrize(
    ("text", "subs", "error", "message"),
    [
        (EQS, ["j"], UnknownNameError, "no parameter j"),
        (EQS + "b : 1", ["b"], UnknownNameError, "no array b"),
        (EQS + "c : 1", ["c"], ModelError, "c must be an array of numbers"),
        (EQS + "a : 1", ["k", "a"], ModelError, "different lengths"),
        ("dv/dt = k*v*v/second : 1\nk : 1", ["k"], ModelError, "not linear"),
    ],
)
def test_what_does_not_fit(text, subs, error, message):
    k, a, c = np.zeros(3), np.zeros(2), "text"
    with pytest.raises(error, match=message):
        MultiLinearNeuronGroup(text, subs)
