"""A live run again, from its journal."""

import numpy as np
import pytest

from brian_nb import Network, NeuronGroup
from brian_nb.errors import ModelError
from brian_nb.units import ALL_UNITS
from brian_nb.widgets import handle, replay
from tests.widgets.conftest import PATIENCE, finish

ms = ALL_UNITS["ms"]


def test_a_batch_run_during_a_pause_starts_a_new_journal(net, start_session):
    session = start_session(net.network)
    session.step(10)
    session.wait(timeout=PATIENCE)
    handle(net.G).El = -45.0
    net.network.run(1 * ms)
    session.step(5)
    session.wait(timeout=PATIENCE)
    assert session.journal.start.step == 20
    assert len(session.journal) == 0
    assert session.step_count == 5


def test_the_journal_replays_turned_sliders_spike_by_spike(net, start_session):
    session = start_session(net.network)
    session.play()
    for value in (-46.0, -47.5, -44.0):
        session.wait(20 * ms, timeout=PATIENCE)
        handle(net.G).El = value
        handle(net.C).weight = -value / 100
        handle(net.C).delay = -value / 20
    session.wait(30 * ms, timeout=PATIENCE)
    session.stop()
    live, journal, n_steps = net.spikes(), session.journal, session.step_count
    assert len(journal) == 9
    replay(net.network, journal, n_steps)
    assert live.shape[1] > 100
    assert np.array_equal(net.spikes(), live)


def test_a_network_built_alike_replays_the_journal_too(make_net, start_session):
    net = make_net()
    session = start_session(net.network, duration=60 * ms, segment=5 * ms, speed=1.0)
    session.play()
    session.wait(20 * ms, timeout=PATIENCE)
    handle(net.G).El = -45.0
    session.wait(timeout=PATIENCE)
    other = make_net()
    replay(other.network, session.journal, session.step_count)
    assert len(session.journal) == 1
    assert np.array_equal(other.spikes(), net.spikes())


def test_a_journal_of_another_network_is_refused(net, start_session):
    session = start_session(net.network, duration=5 * ms)
    finish(session)
    handle(net.G).El = -45.0
    tau = 10 * ms  # noqa: F841
    stranger = NeuronGroup(1, "dV/dt = -V/tau : volt")
    with pytest.raises(ModelError, match="El of G"):
        replay(Network(stranger), session.journal, 10)


def test_a_journal_tells_what_was_changed_when_in_the_units_of_the_sliders(net, start_session):
    session = start_session(net.network)
    session.step(100)
    session.wait(timeout=PATIENCE)
    assert repr(session.journal) == "nothing was changed"
    handle(net.G).El = -45.0
    handle(net.C).delay = 2.5
    assert repr(session.journal) == (
        "10.0 ms: El of G from -49 mV to -45 mV\n10.0 ms: delay of C from 1 ms to 2.5 ms"
    )
    page = session.journal._repr_html_()
    for text in ("10.0 ms", "El", "-49 mV", "-45 mV", "2.5 ms"):
        assert f"<td>{text}</td>" in page
