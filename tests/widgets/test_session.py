"""Live runs: their states, what they share with a batch run, and how they fail."""

import threading
import time

import numpy as np
import pytest

from brian_nb import Network, NeuronGroup, StateMonitor, network_operation, stop
from brian_nb.errors import SimulationError
from brian_nb.units import ALL_UNITS
from brian_nb.widgets import handle
from tests.widgets.conftest import PATIENCE, finish

ms, second = ALL_UNITS["ms"], ALL_UNITS["second"]


def test_a_run_of_a_given_duration_ends_stopped_at_its_time(net, start_session):
    session = start_session(net.network, duration=50 * ms)
    assert session.state == "idle"
    finish(session)
    assert session.state == "stopped"
    assert float(session.t) == pytest.approx(0.05)
    assert session.step_count == 500


def test_a_run_without_duration_goes_on_until_it_is_stopped(net, start_session):
    session = start_session(net.network)
    session.play()
    assert session.wait(200 * ms, timeout=PATIENCE)
    assert session.state == "running"
    assert float(session.t) >= 0.2
    session.stop()
    assert session.state == "stopped"
    assert not session.is_active


def test_a_paused_run_rests_and_goes_on(net, start_session):
    session = start_session(net.network)
    session.play()
    session.wait(20 * ms, timeout=PATIENCE)
    session.pause()
    assert session.wait(timeout=PATIENCE)
    assert session.state == "paused"
    rests_at = float(session.t)
    time.sleep(0.05)
    assert float(session.t) == rests_at
    session.play()
    assert session.wait(20 * ms, timeout=PATIENCE)
    assert float(session.t) > rests_at


def test_an_operation_that_stops_ends_the_run_after_its_step(start_session):
    G = NeuronGroup(2, "dv/dt = 1/second : 1")
    limit = 20 * ms

    @network_operation
    def stopper(clock):
        if clock.t >= limit - 0.05 * ms:
            stop()

    session = start_session(Network(G, stopper))
    session.play()
    assert session.wait(timeout=PATIENCE)
    assert (session.state, session.step_count) == ("stopped", 201)
    limit = 30 * ms
    session.play()
    assert session.wait(timeout=PATIENCE)
    assert (session.state, session.step_count) == ("stopped", 301)


def test_steps_are_counted_exactly(net, start_session):
    session = start_session(net.network)
    session.step(1)
    assert session.wait(timeout=PATIENCE)
    assert (session.state, session.step_count) == ("paused", 1)
    session.step(7)
    assert session.wait(timeout=PATIENCE)
    assert session.step_count == 8


def test_a_step_is_a_segment_of_the_chosen_length(net, start_session):
    session = start_session(net.network, segment=3 * ms)
    session.step()
    session.wait(timeout=PATIENCE)
    assert session.step_count == 30


def test_play_after_the_end_runs_the_duration_again(net, start_session):
    session = start_session(net.network, duration=10 * ms)
    finish(session)
    finish(session)
    assert session.step_count == 200


def test_reset_returns_to_the_start_and_clears_recordings(net, start_session):
    voltage, delay = net.G.V.copy(), net.C.delay
    session = start_session(net.network, duration=50 * ms)
    finish(session)
    first = net.spikes()
    handle(net.G).El = -45.0
    handle(net.C).delay = 3.0
    session.reset()
    assert (session.state, float(session.t), net.M.nspikes) == ("idle", 0.0, 0)
    assert np.array_equal(net.G.V, voltage)
    assert net.C.delay == delay
    assert handle(net.G).El == -49.0
    finish(session)
    assert np.array_equal(net.spikes(), first)


def test_speed_keeps_biological_time_back(net, start_session):
    session = start_session(net.network, duration=50 * ms, speed="max")
    finish(session)
    session.speed = 0.25
    begin = time.perf_counter()
    finish(session)
    assert time.perf_counter() - begin > 0.15


def test_an_interrupt_of_a_cell_does_not_end_the_run(net, start_session):
    import _thread

    session = start_session(net.network)
    session.play()
    timer = threading.Timer(0.2, _thread.interrupt_main)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        session.wait()
    assert session.state == "running"
    at = float(session.t)
    assert session.wait(10 * ms, timeout=PATIENCE)
    assert float(session.t) > at


def test_a_live_run_gives_the_spikes_of_a_batch_run(make_net, start_session):
    batch = make_net()
    batch.network.run(100 * ms)
    net = make_net()
    session = start_session(net.network, duration=100 * ms)
    finish(session)
    assert batch.M.nspikes > 100
    assert np.array_equal(net.spikes(), batch.spikes())


def diverge():
    k = 1000.0
    group = NeuronGroup(2, "dx/dt = k*x*x/second : 1", threshold="x > 1e300")
    group.x = 1.0
    group.label = "G"
    return group, k


def test_a_run_that_fails_keeps_its_error_and_its_data(start_session):
    group, _ = diverge()
    monitor = StateMonitor(group, "x", record=True)
    session = start_session(Network(group, monitor), duration=1 * second)
    session.play()
    assert session.wait(timeout=PATIENCE)
    assert session.state == "failed"
    assert isinstance(session.error, SimulationError)
    assert len(monitor.times) > 5
    assert np.isfinite(monitor.values).all()


def test_a_failed_run_can_go_on_after_a_change(start_session):
    group, _ = diverge()
    session = start_session(Network(group), duration=20 * ms)
    session.play()
    session.wait(timeout=PATIENCE)
    group.x = 0.0
    finish(session)
    assert session.state == "stopped"


def test_a_display_that_fails_does_not_end_the_run(net, start_session):
    session = start_session(net.network, duration=20 * ms)
    calls = []

    def broken(session, is_final):
        calls.append(1)
        raise ZeroDivisionError

    session.add_listener(broken)
    finish(session)
    assert session.state == "stopped"
    assert calls == [1]
    assert isinstance(session.display_error, ZeroDivisionError)


def test_a_batch_run_in_a_cell_goes_first_and_the_live_run_goes_on(net, start_session):
    session = start_session(net.network)
    session.play()
    assert session.wait(20 * ms, timeout=PATIENCE)
    step = net.network.clock.timebase.step
    net.network.run(50 * ms)
    assert net.network.clock.timebase.step >= step + 500
    assert session.wait(20 * ms, timeout=PATIENCE)
    session.stop()
    assert session.error is None


def test_the_log_is_told_of_a_live_run(net, start_session, caplog):
    caplog.set_level("INFO", "brian_nb.widgets")
    finish(start_session(net.network, duration=5 * ms))
    begin, end = [item.getMessage() for item in caplog.records]
    assert begin == "a live run begins at t = 0. s"
    assert end.startswith("the live run has stopped at t = 5. ms, after ")
