"""Python functions that take part in a run, and clocks of different steps."""

import numpy as np
import pytest

from brian_nb import (
    Clock,
    Connection,
    EventClock,
    Network,
    NetworkOperation,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    network_operation,
)
from brian_nb.errors import ModelError
from brian_nb.model import SLOTS
from brian_nb.units import ALL_UNITS

ms, mV, Hz = (ALL_UNITS[name] for name in ("ms", "mV", "Hz"))


def test_an_operation_is_called_in_every_step():
    times = []

    @network_operation
    def note():
        times.append(float(defaultclock.t))

    defaultclock.reinit()
    G = NeuronGroup(1, "dx/dt = 1/ms : 1")
    Network(G, note).run(1 * ms)
    assert np.allclose(times, np.arange(10) * 1e-4, atol=1e-15)


def test_an_operation_on_a_slow_clock_is_called_at_its_steps_only():
    seen = []
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", clock=Clock(dt=0.1 * ms))

    @network_operation(EventClock(dt=0.5 * ms))
    def note(clock):
        seen.append((float(clock.t), float(G.x[0])))

    Network(G, note).run(2 * ms)
    times, values = zip(*seen, strict=True)
    assert np.allclose(times, [0, 0.5e-3, 1e-3, 1.5e-3])
    # The group's clock is older, so its step at the same time has been done.
    assert np.allclose(values, [0.1, 0.6, 1.1, 1.6])


def test_an_operation_changes_what_the_compiled_loop_computes():
    G = NeuronGroup(2, "dx/dt = -x/(10*ms) : 1")

    @network_operation(EventClock(dt=1 * ms))
    def kick():
        G.x[1] += 1

    M = StateMonitor(G, "x", record=True)
    Network(G, kick, M).run(3 * ms)
    decay = np.exp(-0.01 * np.arange(30)[:, None] + 0.01 * np.array([[0, 10, 20]]))
    expected = np.where(decay <= 1 + 1e-12, decay, 0).sum(axis=1)
    # `M` was made before the kick of the same step: it sees the kick one step later.
    assert np.allclose(M[1][1:], expected[:-1] * np.exp(-0.01), rtol=1e-12)
    assert not M[0].any()


@pytest.mark.parametrize("when", SLOTS)
def test_places_are_visited_in_the_order_of_the_step(when):
    seen = []
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", threshold="x > 0.25", reset="x = 0")
    H = NeuronGroup(1, "y : 1")
    C = Connection(G, H, "y", weight=1)
    operation = NetworkOperation(lambda: seen.append((G.x[0], H.y[0])), when=when)
    Network(G, H, C, operation).run(0.3 * ms)
    x, y = seen[-1]
    updated = SLOTS.index(when) >= SLOTS.index("after_groups")
    delivered = SLOTS.index(when) >= SLOTS.index("after_connections")
    was_reset = SLOTS.index(when) >= SLOTS.index("after_resets")
    assert x == pytest.approx(0 if was_reset else 0.3 if updated else 0.2)
    assert y == (1 if delivered else 0)


def test_resets_come_before_connections_when_the_schedule_says_so():
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", threshold="x > 0.25", reset="x = 0")
    C = Connection(G, G, "x", weight=0.2)
    usual, other = Network(G, C), Network(G, C)
    other.update_schedule_groups_resets_connections()
    usual.run(0.3 * ms)
    assert G.x[0] == 0
    G.x = 0
    other.run(0.3 * ms)
    assert G.x[0] == pytest.approx(0.2)


def test_a_schedule_has_all_three_works():
    network = Network(NeuronGroup(1, "x : 1"))
    network.set_update_schedule(["resets", "groups", "before_connections", "connections"])
    with pytest.raises(ModelError, match="each of groups, connections, resets once"):
        network.set_update_schedule(["groups", "resets"])
    with pytest.raises(ModelError, match="'neurons' is no part of a step"):
        network.set_update_schedule(["neurons"])


def test_stop_ends_the_run_after_the_present_step():
    G = NeuronGroup(1, "dx/dt = 1/ms : 1")
    M = StateMonitor(G, "x", record=True)
    network = Network(G, M)

    @network_operation(when="start")
    def watch():
        if G.x[0] > 0.95:
            network.stop()

    network.add(watch)
    network.run(100 * ms)
    assert np.allclose(M[0][-1], 1.1)
    network.run(1 * ms)
    assert np.allclose(M[0][-1], 1.2)


def test_clocks_of_different_steps_go_on_together():
    fast, slow = Clock(dt=0.1 * ms), Clock(dt=0.25 * ms)
    F = NeuronGroup(1, "dx/dt = 1/ms : 1", clock=fast)
    S = NeuronGroup(1, "dx/dt = 1/ms : 1", clock=slow)
    MF = StateMonitor(F, "x", record=True)
    MS = StateMonitor(S, "x", record=True)
    network = Network(F, S, MF, MS)
    network.run(1 * ms)
    network.run(1 * ms)
    assert np.allclose(MF.times, np.arange(20) * 0.1e-3)
    assert np.allclose(MS.times, np.arange(8) * 0.25e-3)
    assert np.allclose(MF[0][-1], 2.0)
    assert np.allclose(MS[0][-1], 2.0)
    assert fast.t == slow.t


def test_the_manuals_order_of_two_clocks():
    order = []
    a, b = Clock(dt=3 * ms), Clock(dt=5 * ms)
    first = NetworkOperation(lambda: order.append(("a", round(a.t / ms))), a)
    second = NetworkOperation(lambda: order.append(("b", round(b.t / ms))), b)
    Network(first, second).run(15 * ms)
    assert order == [
        ("a", 0), ("b", 0), ("a", 3), ("b", 5), ("a", 6), ("a", 9), ("b", 10), ("a", 12),
    ]  # fmt: skip


def test_spikes_cross_from_one_clock_to_another():
    fast, slow = Clock(dt=0.1 * ms), Clock(dt=0.5 * ms)
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", threshold="x > 0.95", reset="x = 0", clock=fast)
    H = NeuronGroup(1, "y : 1", clock=slow)
    C = Connection(G, H, "y", weight=1, delay=1 * ms)
    M = StateMonitor(H, "y", record=True)
    spikes = SpikeMonitor(G)
    Network(G, H, C, M, spikes).run(10 * ms)
    times = np.array([t for _, t in spikes.spikes])
    arrived = [(times + 1e-3 <= t + 1e-9).sum() for t in M.times]
    # A spike that arrives at t is added in the fast step at t, and `fast` goes first.
    assert M[0].tolist() == arrived


def test_a_monitor_may_have_a_clock_of_its_own():
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", clock=Clock(dt=0.1 * ms))
    M = StateMonitor(G, "x", record=True, clock=EventClock(dt=1 * ms))
    Network(G, M).run(3 * ms)
    assert np.allclose(M.times, [0, 1e-3, 2e-3])
    assert np.allclose(M[0], [0.1, 1.1, 2.1])


def test_a_clock_in_the_callers_scope_is_taken_by_who_names_none():
    myclock = Clock(dt=0.5 * ms)
    other = EventClock(dt=2 * ms)
    G = NeuronGroup(1, "x : 1")
    assert G.clock is myclock


def test_two_clocks_in_the_callers_scope_leave_it_open_which_is_meant():
    one, two = Clock(dt=0.5 * ms), Clock(dt=1 * ms)
    with pytest.raises(ModelError, match="There are one and two"):
        NeuronGroup(1, "x : 1")


def test_an_error_in_an_operation_reaches_the_user_and_the_network_goes_on():
    G = NeuronGroup(1, "dx/dt = 1/ms : 1")
    M = StateMonitor(G, "x", record=True)
    calls = []

    @network_operation(when="before_groups")
    def fail_once():
        calls.append(1)
        if len(calls) == 5:
            raise ValueError("my own mistake")

    network = Network(G, M, fail_once)
    with pytest.raises(ValueError, match="my own mistake"):
        network.run(1 * ms)
    assert np.allclose(M[0], [0.1, 0.2, 0.3, 0.4])
    network.run(1 * ms)
    assert np.allclose(M[0], 0.1 * np.arange(1, 15))


def test_an_operation_sees_the_spikes_recorded_so_far():
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", threshold="x > 0.15", reset="x = 0")
    M = SpikeMonitor(G)
    seen = []
    operation = NetworkOperation(lambda: seen.append(M.nspikes))
    Network(G, M, operation).run(1 * ms)
    assert seen == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5]


def test_update_does_one_step():
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", clock=Clock(dt=0.1 * ms))
    network = Network(G)
    network.update()
    network.update()
    assert G.x[0] == pytest.approx(0.2)
    assert float(G.clock.t) == pytest.approx(0.2e-3)


@pytest.mark.parametrize("threads", [1, 2])
def test_operations_work_with_several_threads(threads):
    G = NeuronGroup(600, "dx/dt = 1/ms : 1", threshold="x > 0.95", reset="x = 0")
    counts = []
    M = SpikeMonitor(G)
    operation = NetworkOperation(lambda: counts.append(M.nspikes), when="start")
    Network(G, M, operation, threads=threads).run(3 * ms)
    assert counts == [600 * (k // 10) for k in range(30)]


def test_a_bad_value_that_an_operation_brought_is_found():
    G = NeuronGroup(3, "dx/dt = -x/(10*ms) : 1")

    @network_operation(EventClock(dt=1 * ms))
    def poison():
        if G.clock.t > 4.5 * ms:
            G.x[1] = np.inf

    from brian_nb.errors import SimulationError

    with pytest.raises(SimulationError, match="in neuron 1"):
        Network(G, poison).run(20 * ms)
