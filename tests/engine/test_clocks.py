"""Clocks that are set, changed, shared or far along: what belongs to a network goes on."""

import numpy as np
import pytest

from brian_nb import (
    STP,
    Clock,
    Connection,
    EventClock,
    Network,
    NetworkOperation,
    NeuronGroup,
    RegularClock,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    seed,
)
from brian_nb.units import ALL_UNITS

ms, second = ALL_UNITS["ms"], ALL_UNITS["second"]


def make_pair(delay):
    """A neuron that fires in its first step, and one that gets the spike."""
    G = NeuronGroup(1, "x : 1", threshold="x > 0.5", reset="x = 0")
    H = NeuronGroup(1, "y : 1")
    G.x = 1
    return G, H, Connection(G, H, "y", weight=1, delay=delay)


def leave_alone(network):
    """Nothing happens."""


def restart(network):
    defaultclock.reinit()


def restart_later(network):
    defaultclock.reinit(0.3 * ms)


def set_time(network):
    defaultclock.t = 7 * ms


def run_another(network):
    Network(NeuronGroup(1, "z : 1")).run(0.7 * ms)


MOVES = (leave_alone, restart, restart_later, set_time, run_another)


@pytest.mark.parametrize("move", MOVES)
def test_spikes_in_flight_go_on_wherever_the_clock_goes(move):
    G, H, C = make_pair(1 * ms)
    M = StateMonitor(H, "y", record=True)
    network = Network(G, H, C, M)
    network.run(0.5 * ms)
    move(network)
    network.run(1 * ms)
    assert M[0].tolist() == [0] * 10 + [1] * 5


@pytest.mark.parametrize("move", MOVES)
def test_refractoriness_goes_on_wherever_the_clock_goes(move):
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", threshold="x > 0.25", reset="x = 0", refractory=1 * ms)
    network = Network(G)
    network.run(0.8 * ms)  # fires in step 2, and is refractory until step 12
    move(network)
    network.run(0.5 * ms)
    assert G.x[0] == 0
    network.run(0.2 * ms)
    assert G.x[0] == pytest.approx(0.2)


@pytest.mark.parametrize("move", MOVES)
def test_noise_goes_on_wherever_the_clock_goes(move):
    def final_value(move):
        seed(3)
        defaultclock.reinit()
        G = NeuronGroup(
            5, "dx/dt = xi/ms**0.5 : 1", threshold="rand() < 0.5", reset="x += 0.1*rand()"
        )
        network = Network(G)
        network.run(1 * ms)
        move(network)
        network.run(1 * ms)
        return G.x.tolist()

    assert final_value(move) == final_value(leave_alone)


def test_the_second_of_two_equal_runs_has_noise_of_its_own():
    G = NeuronGroup(1, "dx/dt = xi/ms**0.5 : 1")
    network, values = Network(G), []
    for _ in range(3):
        defaultclock.reinit()
        G.x = 0
        network.run(1 * ms)
        values.append(G.x[0])
    assert len(set(values)) == 3


def test_a_restart_of_the_network_gives_the_same_noise_for_the_same_seed():
    G = NeuronGroup(1, "dx/dt = xi/ms**0.5 : 1")
    network, values = Network(G), []
    for _ in range(2):
        seed(8)
        network.reinit()
        G.x = 0
        network.run(1 * ms)
        values.append(G.x[0])
    assert values[0] == values[1]


@pytest.mark.parametrize("dt", [0.05, 0.25, 0.5])
def test_delays_and_refractoriness_last_as_long_when_the_step_changes(dt):
    G, H, C = make_pair(1 * ms)
    R = NeuronGroup(1, "dr/dt = 1/ms : 1", threshold="r > 1", reset="r = 0", refractory=2 * ms)
    R.r = 1
    M, N = StateMonitor(H, "y", record=True), StateMonitor(R, "r", record=True)
    network = Network(G, H, C, R, M, N)
    network.run(0.5 * ms)
    defaultclock.dt = dt * ms
    network.run(3 * ms)
    assert M.times[np.argmax(M[0] > 0)] == pytest.approx(1e-3)
    # It fires in step 0, and is held in the 20 steps that begin before 2.1 ms.
    assert N.times[np.argmax(N[0] > 0)] == pytest.approx(2.1e-3, abs=dt * 1e-3)


@pytest.mark.parametrize("dt", [0.05, 0.1, 0.2])
def test_factors_of_spikes_in_flight_go_along(dt):
    """With synaptic depression, the second spike is weaker by what the first one has used up."""
    G = NeuronGroup(3, "x : 1", threshold="x > 0.5", reset="x -= 1")
    H = NeuronGroup(3, "y : 1")
    G.x = [1, 2, 0]
    C = Connection(G, H, "y", delay=1 * ms)
    C.connect_one_to_one(weight=1)
    rule = STP(C, 1000 * second, 1 * ms, 0.5)
    network = Network(G, H, C, rule)
    network.run(0.3 * ms)
    defaultclock.dt = dt * ms
    network.run(3 * ms)
    assert np.allclose(H.y, [0.5, 0.5 + 0.5 * 0.5 * (1 + 0.5 * np.exp(-0.1)), 0], rtol=1e-3)


def test_segments_are_counted_by_the_clock_that_is_the_fastest_now():
    a, b = Clock(dt=0.1 * ms), Clock(dt=0.5 * ms)
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", clock=a)
    H = NeuronGroup(1, "dx/dt = 1/ms : 1", clock=b)
    network = Network(G, H)
    network.run(1 * ms)
    b.dt = 0.01 * ms
    network.run(0.05 * ms)
    assert H.x[0] == pytest.approx(1.05)
    assert network.clock is b


# -- clocks that do not begin together -----------------------------------------------------


@pytest.mark.parametrize("pieces", [1, 2, 5, 10])
@pytest.mark.parametrize(("dt", "offset"), [(0.05, 0.02), (0.1, 0.05), (0.25, 0.2), (0.3, 0.1)])
def test_a_clock_with_an_offset_does_the_steps_that_begin_within_the_run(dt, offset, pieces):
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", clock=Clock(dt=0.1 * ms))
    times = []
    clock = RegularClock(dt=dt * ms, offset=offset * ms)
    note = NetworkOperation(lambda: times.append(clock.t / ms), clock)
    network = Network(G, note)
    for _ in range(pieces):
        network.run(3 / pieces * ms)
    assert G.x[0] == pytest.approx(3)
    assert np.allclose(times, np.arange(offset, 3 - 1e-9, dt))


@pytest.mark.parametrize("dt", [0.05, 0.1, 0.5])
def test_a_clock_that_begins_later_waits_for_its_time(dt):
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", clock=Clock(dt=0.1 * ms))
    M = StateMonitor(G, "x", record=True, clock=EventClock(dt=dt * ms, t=10 * ms))
    network = Network(G, M)
    for _ in range(4):
        network.run(3 * ms)
    assert G.x[0] == pytest.approx(12)
    assert np.allclose(M.times, 1e-3 * np.arange(10, 12 - 1e-9, dt))


def test_a_regular_clock_keeps_its_offset_when_it_starts_again():
    clock = RegularClock(dt=1 * ms, offset=0.3 * ms)
    clock.tick()
    clock.reinit()
    assert clock.t == 0.3 * ms
    clock.reinit(5 * ms)
    assert clock.t == 5.3 * ms


@pytest.mark.parametrize("start", [0, 1000, 100_000])
def test_clocks_meet_in_their_order_however_late_it_is(start):
    """Times that are equal as whole numbers differ as floats after 10 million steps."""
    order, steps = [], {"a": 3, "b": 2, "c": 6}  # 0.05 ms
    clocks = {
        name: Clock(dt=n * 0.05 * ms, t=start * second, order=place)
        for place, (name, n) in enumerate(steps.items())
    }
    notes = [
        NetworkOperation(lambda name=name: order.append(name), clock)
        for name, clock in clocks.items()
    ]
    network = Network(notes)
    for _ in range(30):
        network.run(0.3 * ms)
    expected = [name for time in range(180) for name, n in steps.items() if time % n == 0]
    assert order == expected


def test_single_steps_go_through_clocks_in_the_same_order():
    order = []
    a, b = Clock(dt=0.3 * ms, t=1000 * second), Clock(dt=0.1 * ms, t=1000 * second)
    network = Network(
        NetworkOperation(lambda: order.append("a"), a),
        NetworkOperation(lambda: order.append("b"), b),
    )
    for _ in range(40):
        network.update()
    assert "".join(order) == "abbb" * 10


# -- groups of several networks ------------------------------------------------------------


@pytest.mark.parametrize("threads", [1, 2])
def test_two_networks_that_take_turns_do_what_one_does(threads):
    def build():
        defaultclock.reinit()
        seed(1)
        G = NeuronGroup(
            600, "dx/dt = (2-x)/ms + 0.1*xi/ms**0.5 : 1", threshold="x > 1", reset="x = 0"
        )
        C = Connection(G, G, "x", weight=0.001, sparseness=0.1, delay=0.7 * ms)
        M = SpikeMonitor(G)
        return Network(G, C, M), M

    network, M = build()
    network.run(8 * ms)
    expected = M.spikes
    network, M = build()
    other = network.extend(StateMonitor(M.source, "x"))
    other.threads = threads
    for _ in range(4):
        network.run(1 * ms)
        other.run(1 * ms)
    assert M.spikes == expected
