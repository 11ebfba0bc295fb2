"""Values that are changed during a live run: when they act, and what is noted."""

import threading
import time

import numpy as np
import pytest

from brian_nb import Clock, Connection, Network, NeuronGroup, PoissonGroup
from brian_nb.units import ALL_UNITS
from brian_nb.widgets import handle
from tests.widgets.conftest import PATIENCE, finish

mV, ms, second, Hz = (ALL_UNITS[name] for name in ("mV", "ms", "second", "Hz"))


def test_a_change_by_a_cell_enters_the_journal_and_the_handle(net, start_session):
    session = start_session(net.network)
    session.play()
    session.wait(10 * ms, timeout=PATIENCE)
    net.G.El = -45 * mV
    session.wait(10 * ms, timeout=PATIENCE)
    session.stop()
    (event,) = session.journal
    assert (event.label, event.name, event.new) == ("G", "El", float(-45 * mV))
    assert handle(net.G).El == pytest.approx(-45.0)


def test_a_change_is_applied_at_a_boundary_and_never_within_a_segment(net, start_session):
    session = start_session(net.network, segment=5 * ms, speed=0.5)
    session.play()
    session.wait(10 * ms, timeout=PATIENCE)
    for k in range(20):
        handle(net.G).El = -49.0 + 0.1 * k
        time.sleep(0.003)
    session.wait(10 * ms, timeout=PATIENCE)
    session.stop()
    steps = [event.step for event in session.journal]
    assert steps
    assert all(step % 50 == 0 for step in steps)


def test_a_change_waits_while_a_segment_runs(net, start_session):
    session = start_session(net.network)
    session.play()
    session.wait(5 * ms, timeout=PATIENCE)
    with session._boundary:
        handle(net.G).El = -45.0
        assert float(net.G.El) == pytest.approx(-0.049)
        assert session.changes.holds(net.G, "El")
    session.wait(5 * ms, timeout=PATIENCE)
    session.stop()
    assert float(net.G.El) == pytest.approx(-0.045)


@pytest.mark.parametrize("state", ["idle", "paused", "stopped"])
def test_a_change_is_applied_at_once_while_nothing_runs(net, start_session, state):
    session = start_session(net.network)
    if state != "idle":
        session.step(3)
        session.wait(timeout=PATIENCE)
    if state == "stopped":
        session.stop()
    handle(net.G).El = -45.0
    assert session.state == state
    assert float(net.G.El) == pytest.approx(-0.045)


def test_only_the_last_of_many_waiting_values_is_applied(net, start_session):
    session = start_session(net.network)
    session.play()
    session.wait(5 * ms, timeout=PATIENCE)
    with session._boundary:
        for value in (-48.0, -47.0, -46.0):
            handle(net.G).El = value
    session.wait(5 * ms, timeout=PATIENCE)
    session.stop()
    assert [round(event.new, 6) for event in session.journal] == [-0.046]


# -- what is noticed -----------------------------------------------------------------------


def test_a_rate_that_a_cell_sets_moves_the_slider_and_enters_the_journal(start_session):
    group = PoissonGroup(5, rates=20 * Hz, clock=Clock())
    group.label = "inputs"
    session = start_session(Network(group), duration=1 * second, speed=0.05)
    session.play()
    session.wait(1 * ms, timeout=PATIENCE)
    group.rate = 80 * Hz
    session.wait(2 * ms, timeout=PATIENCE)
    session.stop()
    (event,) = session.journal
    assert (event.label, event.name, event.old, event.new) == ("inputs", "rate", 20.0, 80.0)
    assert handle(group).rate == 80.0


def test_values_of_single_neurons_are_noted_as_they_are(start_session):
    group = PoissonGroup(3, rates=np.array([10.0, 20.0, 30.0]), clock=Clock())
    group.label = "inputs"
    session = start_session(Network(group))
    session.step(3)
    session.wait(timeout=PATIENCE)
    group.rate = np.array([10.0, 20.0, 90.0])
    session.step(3)
    session.wait(timeout=PATIENCE)
    (event,) = session.journal
    assert list(event.old) == [10, 20, 30]
    assert list(event.new) == [10, 20, 90]
    session.reset()
    assert list(group.rate) == [10, 20, 30]


def test_a_parameter_that_resets_or_spikes_change_is_not_taken_for_a_change_by_a_cell(
    start_session,
):
    model = "dv/dt = (2*mV - v)/(5*ms) : volt\nn_fired : 1\nn_heard : 1"
    group = NeuronGroup(
        2, model, threshold="v > 1*mV", reset="v = 0*mV; n_fired += 1", clock=Clock()
    )
    heard = Connection(group, group, "n_heard", weight=1.0)
    session = start_session(Network(group, heard), duration=50 * ms)
    finish(session)
    assert group.n_fired[0] > 5 and group.n_heard[0] > 5
    assert len(session.journal) == 0


def test_a_change_by_a_cell_waits_for_the_end_of_the_segment():
    group = PoissonGroup(2, rates=20 * Hz, clock=Clock())
    begun, length = threading.Event(), 0.05

    def run_segment():
        with group.clock.timebase.running():
            begun.set()
            time.sleep(length)

    segment = threading.Thread(target=run_segment)
    segment.start()
    begun.wait()
    begin = time.perf_counter()
    group.rate = 80 * Hz
    assert time.perf_counter() - begin > 0.5 * length
    segment.join()
