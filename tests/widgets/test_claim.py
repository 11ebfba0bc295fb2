"""Who may run which objects and move which clock."""

import numpy as np
import pytest

from brian_nb import Network
from brian_nb.errors import ModelError
from brian_nb.units import ALL_UNITS
from brian_nb.widgets import LiveSession
from tests.widgets.conftest import PATIENCE

ms = ALL_UNITS["ms"]


def test_a_second_session_on_running_objects_is_refused(net, start_session):
    first = start_session(net.network)
    first.play()
    with pytest.raises(ModelError, match="a live run of .* is going on"):
        LiveSession(Network(net.G))
    first.stop()
    second = start_session(Network(net.G))
    second.play()
    with pytest.raises(ModelError, match="a live run of .* is going on"):
        first.play()


def test_networks_that_share_a_clock_do_not_run_at_the_same_time(make_net, start_session):
    first, second = make_net(), make_net()
    second.G.__dict__["clock"] = first.G.clock
    running = start_session(first.network)
    running.play()
    with pytest.raises(ModelError, match="same clock"):
        LiveSession(second.network)


def test_networks_with_clocks_of_their_own_run_side_by_side(make_net, start_session):
    batch = make_net()
    batch.network.run(50 * ms)
    nets, sessions = [], []
    for _ in range(2):
        nets.append(make_net())
        sessions.append(start_session(nets[-1].network, duration=50 * ms, speed=0.1))
        sessions[-1].play()
    assert all(session.is_active for session in sessions)
    for session, net in zip(sessions, nets, strict=True):
        assert session.wait(timeout=PATIENCE)
        assert np.array_equal(net.spikes(), batch.spikes())
