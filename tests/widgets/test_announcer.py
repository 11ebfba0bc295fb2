"""Handles follow a live run where no panel shows them."""

import threading
from time import monotonic, sleep

import numpy as np
import pytest

from brian_nb import Clock, MultiStateMonitor, Network, NeuronGroup, SpikeMonitor
from brian_nb.units import ALL_UNITS
from brian_nb.widgets import announcer, handle
from tests.widgets.conftest import PATIENCE, finish

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]


@pytest.fixture(autouse=True)
def every_segment(monkeypatch):
    monkeypatch.setattr(announcer, "INTERVAL", 0.0)
    monkeypatch.setattr(announcer, "SHARE", 0)


@pytest.fixture
def group():
    """Neurons that fire in every tenth step and count their spikes."""
    eqs = "dv/dt = 1/(1*ms) : 1\ncount : 1"
    reset = "v = 0; count += 1"
    return NeuronGroup(4, eqs, threshold="v > 0.95", reset=reset, clock=Clock())


def wait_until(condition):
    end = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < end
        sleep(0.01)


def test_handles_of_groups_parts_and_monitors_are_up_to_date_at_rest(group, start_session):
    part, spikes = group[1:3], SpikeMonitor(group)
    several = MultiStateMonitor(group, ["v"], record=[0])
    shown = [handle(item) for item in (group, part, spikes, several)]
    drawn = []
    shown[-1].view.draw = lambda now, window: drawn.append(now)
    finish(start_session(Network(group, spikes, several), duration=50 * ms, segment=10 * ms))
    assert [item.count for item in shown[:2]] == [50.0, 50.0]
    assert "50.0 per neuron" in shown[2]._text.value
    assert drawn[-1] == pytest.approx(0.05)


def test_they_follow_between_segments(group, start_session):
    shown = handle(group)
    session = start_session(Network(group), segment=5 * ms, speed=0.2)
    session.play()
    wait_until(lambda: shown.count > 5)
    assert session.state == "running"
    first = shown.count
    wait_until(lambda: shown.count > first + 5)
    assert len(session.journal) == 0


def test_two_threads_that_refresh_a_handle_turn_nothing():
    group = NeuronGroup(3, "v : 1")
    group.v = [1, 2, 3]
    shown = handle(group)

    def refresh_often():
        for k in range(300):
            group.values.variables["v"][0] = k
            shown.refresh()

    threads = [threading.Thread(target=refresh_often) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.array_equal(group.v, [299, 2, 3])
