"""Rules at synapses in live runs: their values turn, are noted, and come back."""

import numpy as np
import pytest

from brian_nb import STDP, STP, Clock, Connection, Equations, Network, NeuronGroup
from brian_nb.units import ALL_UNITS
from brian_nb.widgets import handle
from brian_nb.widgets.selection import choose_turns
from tests.widgets.conftest import PATIENCE, finish

ms, mV = ALL_UNITS["ms"], ALL_UNITS["mV"]


@pytest.fixture
def learning():
    """Regular neurons whose spikes count themselves and strengthen synapses onto others."""
    clock = Clock()
    source = NeuronGroup(3, "dy/dt = 100*Hz : 1", threshold="y > 1", reset="y = 0", clock=clock)
    target = NeuronGroup(2, "g : 1", threshold="g > 1000", clock=clock)
    C = Connection(source, target, "g", weight=0.5)
    text = "da/dt = -a/tau : 1\nn_spikes : 1"
    step = 0.25
    R = STDP(C, Equations(text, tau=20 * ms), pre="n_spikes += 1; a += step; w += 0.001*a", post="")
    R.label, C.label, source.label, target.label = "R", "C", "source", "target"
    return Network(C, R, STP(C, 100 * ms, 20 * ms, 0.5)), C, R


def test_constants_of_statements_and_equations_can_be_turned(learning):
    network, C, R = learning
    turns = {turn.name for turn in choose_turns(network)}
    assert {"step", "tau", "taud", "tauf", "U"} <= turns
    assert not turns & {"wmin", "wmax"}
    knob = handle(R)
    knob.step = 0.5
    assert R.step == 0.5


def test_a_change_of_a_rule_is_noted_and_what_spikes_change_is_not(learning, start_session):
    network, C, R = learning
    session = start_session(network, duration=60 * ms)
    session.play()
    session.wait(15 * ms, timeout=PATIENCE)
    handle(R).step = 0.5
    finish(session)
    (event,) = session.journal
    assert (event.label, event.name, event.old, event.new) == ("R", "step", 0.25, 0.5)
    assert R.n_spikes.min() >= 5


def test_a_session_that_begins_again_has_the_first_weights_and_values(learning, start_session):
    network, C, R = learning
    before = C.values.weights.copy()
    session = start_session(network, duration=60 * ms)
    finish(session)
    assert C.values.weights.min() > 0.5 and R.a.min() > 0
    session.reset()
    assert np.array_equal(C.values.weights, before)
    assert R.a.tolist() == [0, 0, 0] and R.n_spikes.tolist() == [0, 0, 0]
