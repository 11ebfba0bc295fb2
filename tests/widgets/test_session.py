"""Live runs: their states, their changes, and that they are the runs of a batch."""

import threading
import time

import numpy as np
import pytest

from brian_nb import Network, NeuronGroup, PopulationRateMonitor, StateMonitor
from brian_nb.errors import ModelError, SimulationError
from brian_nb.units import ALL_UNITS
from brian_nb.widgets import LiveSession, handle, replay
from brian_nb.widgets.memory import SLACK, bound_recording
from brian_nb.widgets.pacing import SEGMENT_WALL, LivePace, Metronome

mV, ms, second = (ALL_UNITS[name] for name in ("mV", "ms", "second"))
PATIENCE = 60.0
"""Seconds: far more than any of these runs take, so that a hang fails."""


def finish(session):
    session.play()
    assert session.wait(timeout=PATIENCE)
    assert session.error is None


# -- states --------------------------------------------------------------------------------


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


def test_a_speed_that_is_none_is_refused(net):
    with pytest.raises(ModelError, match="cannot be 'quick'"):
        LiveSession(net.network, speed="quick")


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


# -- the same run as a batch ---------------------------------------------------------------


def test_a_live_run_gives_the_spikes_of_a_batch_run(make_net, start_session):
    batch = make_net()
    batch.network.run(100 * ms)
    net = make_net()
    session = start_session(net.network, duration=100 * ms)
    finish(session)
    assert batch.M.nspikes > 100
    assert np.array_equal(net.spikes(), batch.spikes())


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


# -- changes -------------------------------------------------------------------------------


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


# -- failures ------------------------------------------------------------------------------


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


# -- memory --------------------------------------------------------------------------------


def test_recordings_of_an_endless_run_stay_within_their_bound(net, start_session, monkeypatch):
    monkeypatch.setattr("brian_nb.widgets.session.BOUND_PERIOD", 8)
    trace = StateMonitor(net.G, "V", record=[0])
    rate = PopulationRateMonitor(net.G)
    network = Network(net.network.objects, trace, rate)
    n_bytes = 16_000
    session = start_session(network, keep_bytes=n_bytes, segment=5 * ms)
    session.play()
    session.wait(2 * second, timeout=PATIENCE)
    session.stop()
    newest = float(session.t)
    spare = 8 * 50
    assert spare < len(trace.times) <= SLACK * n_bytes / 16 + spare
    assert len(rate.times) <= SLACK * n_bytes / 16 + spare
    assert len(net.M.recording.times) < net.M.nspikes
    assert trace.times[-1] == pytest.approx(newest - 1e-4)
    assert rate.times[-1] == pytest.approx(newest - 1e-4)
    assert np.allclose(np.diff(trace.times), 1e-4)
    assert np.allclose(np.diff(rate.times), 1e-4)


def test_trimmed_spikes_are_the_newest_and_unchanged(net):
    net.network.run(100 * ms)
    neurons, times = net.M.recording.neurons.copy(), net.M.recording.times.copy()
    total = net.M.nspikes
    bound_recording(net.M.recording, 12 * 50)
    assert net.M.nspikes == total
    assert np.array_equal(net.M.recording.times, times[-50:])
    assert np.array_equal(net.M.recording.neurons, neurons[-50:])


# -- pace ----------------------------------------------------------------------------------


def test_segments_are_short_at_a_low_speed():
    pace = LivePace(1e-4, speed=0.2)
    for _ in range(10):
        pace.learn(pace.steps, 1e-6)
    assert pace.steps == round(0.2 * SEGMENT_WALL / 1e-4)


def test_an_own_segment_length_wins_over_the_speed():
    assert LivePace(1e-4, speed=0.01, segment=5e-3).steps == 50


def test_a_metronome_tells_how_long_to_wait_and_does_not_chase_a_long_delay():
    metronome = Metronome()
    assert metronome.delay(10.0, 1.0, 0.1) == 0.0
    assert metronome.delay(10.0, 1.01, 0.1) == pytest.approx(0.1)
    assert metronome.delay(15.0, 1.01, 0.1) == 0.0
    assert metronome.delay(15.0, 1.02, 0.1) == pytest.approx(0.1)


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
