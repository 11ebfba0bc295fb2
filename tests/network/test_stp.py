"""Short-term plasticity and modulation: what each spike delivers."""

import numpy as np
import pytest

from brian_nb import (
    STP,
    Connection,
    Network,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    seed,
)
from brian_nb.errors import DimensionMismatchError, ModelError, UnknownNameError
from brian_nb.units import ALL_UNITS

mV, ms, Hz, second = (ALL_UNITS[name] for name in ("mV", "ms", "Hz", "second"))
EXACT = 1e-12
"""Both sides compute the same exponentials, in another order."""


def recurse(intervals, taud, tauf, U):
    """The factors of spikes after given intervals: x and u just before each of them."""
    x, u, factors = 1.0, U, []
    for interval in intervals:
        x = 1 - (1 - x) * np.exp(-interval / taud)
        u = U + (u - U) * np.exp(-interval / tauf)
        factors.append(u * x)
        x, u = x * (1 - u), u + U * (1 - u)
    return np.array(factors)


def make_random(n=12, chance=0.03):
    source = NeuronGroup(n, "chance : 1", threshold="rand() < chance")
    source.chance = chance
    return source


def build(delay=0 * ms, n=12, compiled=False, **parameters):
    """Each neuron of the source sends all it has to one neuron of the target."""
    defaultclock.reinit()
    seed(8)
    source, target = make_random(n), NeuronGroup(n, "g : 1")
    C = Connection(source, target, "g", delay=delay)
    C.connect_one_to_one(weight=2.0)
    rule = STP(C, **{"taud": 100 * ms, "tauf": 30 * ms, "U": 0.3, **parameters})
    monitors = SpikeMonitor(source), StateMonitor(target, "g", record=True)
    network = Network(source, target, C, rule, monitors)
    network._reference = not compiled
    return network, rule, monitors


def check(monitors, taud=0.1, tauf=0.03, U=0.3, delay=0, since=0.0):
    """Compare what has arrived with the recursion, spike by spike."""
    spikes, received = monitors
    taud, tauf, U = (np.broadcast_to(item, len(spikes.source)) for item in (taud, tauf, U))
    n_checked = 0
    for neuron, times in spikes.spiketimes.items():
        factors = recurse(np.diff(times, prepend=times[:1]), taud[neuron], tauf[neuron], U[neuron])
        steps = np.rint(times * 1e4).astype(int) + delay
        g = received.values[neuron]
        jumps = np.diff(g, prepend=0)
        steps = steps[steps < len(g)]
        assert np.allclose(jumps[steps], 2 * factors[: len(steps)], rtol=0, atol=1e-12 * g[-1])
        assert np.count_nonzero(jumps) == len(steps)
        n_checked += len(steps)
    assert n_checked > 100


def test_each_spike_delivers_what_the_recursion_says():
    network, rule, monitors = build(compiled=True)
    network.run(100 * ms)
    check(monitors)


@pytest.mark.parametrize(
    ("options", "delay"),
    [({"delay": 3 * ms, "compiled": True}, 30), ({}, 0)],
    ids=["delayed", "plain Python"],
)
def test_delays_and_plain_python_change_nothing(options, delay):
    network, rule, monitors = build(**options)
    network.run(40 * ms)
    check(monitors, delay=delay)


def test_regular_spikes_reach_the_stationary_value():
    """Tsodyks & Markram 1997, PNAS 94:719: a fixed point of the recursion."""
    source = NeuronGroup(1, "dy/dt = 20*Hz : 1", threshold="y > 1", reset="y = 0")
    target = NeuronGroup(1, "g : 1")
    C = Connection(source, target, "g", weight=1.0)
    rule = STP(C, taud=200 * ms, tauf=20 * ms, U=0.5)
    S = SpikeMonitor(source)
    network = Network(C, rule, S)
    network._reference = True
    network.run(1.5 * second)
    before = float(target.g[0])
    network.run(0.06 * second)
    T = np.diff(S[0])[-1]
    decay_d, decay_f = np.exp(-T / 0.2), np.exp(-T / 0.02)
    u = 0.5 / (1 - (1 - 0.5) * decay_f)
    x = (1 - decay_d) / (1 - (1 - u) * decay_d)
    assert float(target.g[0]) - before == pytest.approx(u * x, rel=1e-9)


def test_each_neuron_may_have_its_own_parameters():
    taud, U = np.linspace(0.05, 0.3, 12), np.linspace(0.1, 0.9, 12)
    network, rule, monitors = build(taud=taud, U=U)
    assert np.array_equal(rule.taud, taud) and np.array_equal(rule.u, U)
    assert rule.tauf == 30 * ms
    network.run(40 * ms)
    check(monitors, taud=taud, U=U)


def test_values_are_those_of_the_present_time():
    network, rule, monitors = build(n=3)
    assert rule.x.tolist() == [1, 1, 1] and rule.u.tolist() == [0.3] * 3
    assert rule.group.integrator == "event-driven"
    record = StateMonitor(rule.group, "x", record=True)
    network.add(record)
    network.run(60 * ms)
    at_end = rule.x
    assert np.allclose(record.values[:, -1], at_end, rtol=EXACT)
    monitors[0].source.chance = 0
    network.run(50 * ms)
    assert np.allclose(rule.x, 1 - (1 - at_end) * np.exp(-0.5), rtol=EXACT)


def test_a_constant_changed_between_runs_acts_from_then_on():
    network, rule, monitors = build(n=3)
    network.run(60 * ms)
    monitors[0].source.chance = 0
    at_end = rule.x
    rule.taud = 20 * ms
    network.run(20 * ms)
    assert np.allclose(rule.x, 1 - (1 - at_end) * np.exp(-1), rtol=EXACT)
    with pytest.raises(ModelError, match="positive"):
        rule.taud = -5 * ms
    assert rule.taud == 20 * ms


def deliver_on(threads, cuts=1, delay=0 * ms):
    defaultclock.reinit()
    seed(8)
    source, target = make_random(700, 0.01), NeuronGroup(600, "g : 1")
    C = Connection(source[50:], target, "g", weight=2.0, sparseness=0.1, delay=delay)
    network = Network(C, STP(C, taud=100 * ms, tauf=30 * ms, U=0.3), threads=threads)
    for _ in range(cuts):
        network.run(20 * ms / cuts)
    return target.g.copy()


def test_threads_and_segments_change_nothing():
    assert np.array_equal(deliver_on(1), deliver_on(3))
    assert np.array_equal(deliver_on(1), deliver_on(1, cuts=20))


def test_factors_of_spikes_on_their_way_survive_longer_delays_and_restoring():
    network, rule, monitors = build(delay=3 * ms)
    C = network.connections[0]
    network.run(20 * ms)
    state = network.store()
    network.run(2 * ms)
    expected = monitors[1].source.g.copy()
    network.restore(state)
    C.delay = 40 * ms  # makes the ring longer
    network.bring_in_line()._bind()
    C.delay = 3 * ms
    network.run(2 * ms)
    assert np.array_equal(monitors[1].source.g, expected)


@pytest.mark.parametrize(
    ("parameters", "error", "message"),
    [
        ({"taud": 3 * mV}, DimensionMismatchError, "taud"),
        ({"tauf": 0 * ms}, ModelError, "tauf of the STP"),
        ({"U": 1.5}, ModelError, "between 0 and 1"),
        ({"U": [0.1, 0.2]}, ModelError, "one value or 12"),
    ],
)
def test_wrong_parameters_are_refused(parameters, error, message):
    with pytest.raises(error, match=message):
        build(**parameters)


# -- modulation ----------------------------------------------------------------------------------


def make_modulated(delay=0 * ms, schedule=False):
    source = NeuronGroup(
        3,
        "u : 1\nv : 1\ntwice = 2*u : 1",
        threshold="v > 2.5",
        reset="v = 0; u *= 0.5",
    )
    source.u, source.v = [1, 2, 3], [3, 3, 0]
    target = NeuronGroup(3, "g : 1")
    return source, target


@pytest.mark.parametrize(("state", "factor"), [("u", 1), ("twice", 2), (0, 1)])
@pytest.mark.parametrize("delay", [0, 1.5])
def test_weights_are_multiplied_by_the_variable_at_the_spike(state, factor, delay):
    source, target = make_modulated()
    C = Connection(source, target, "g", delay=delay * ms, modulation="u" if state == 0 else state)
    C.connect_one_to_one(weight=0.25)
    M = StateMonitor(target, "g", record=True)
    network = Network(C, M)
    network._reference = True
    network.run(0.1 * ms)
    source.u = 100  # what it is when spikes arrive does not matter
    network.run(3 * ms)
    assert target.g.tolist() == [0.25 * factor, 0.5 * factor, 0]
    assert M.times[np.flatnonzero(M[0])[0]] == pytest.approx(delay * 1e-3)


def test_with_resets_first_the_variable_is_that_after_the_reset():
    source, target = make_modulated()
    C = Connection(source, target, "g", modulation="u")
    C.connect_one_to_one(weight=1.0)
    network = Network(C)
    network._reference = True
    network.update_schedule_groups_resets_connections()
    network.run(1 * ms)
    assert target.g.tolist() == [0.5, 1, 0]


def test_short_term_plasticity_written_as_equations_of_the_source():
    """Modulation by the product of two variables that the reset changes, as in `STP`."""
    text = """
    dy/dt = 40*Hz : 1
    dx/dt = (1 - x)/(100*ms) : 1
    du/dt = (0.3 - u)/(30*ms) : 1
    ux = u*x : 1
    """
    source = NeuronGroup(2, text, threshold="y > 1", reset="y = 0; x *= 1 - u; u += 0.3*(1 - u)")
    source.y, source.x, source.u = [0.1, 0.6], 1, 0.3
    first, second_target = NeuronGroup(2, "g : 1"), NeuronGroup(2, "g : 1")
    C = Connection(source, first, "g", modulation="ux")
    D = Connection(source, second_target, "g")
    for connection in (C, D):
        connection.connect_one_to_one(weight=1.0)
    rule = STP(D, taud=100 * ms, tauf=30 * ms, U=0.3)
    network = Network(C, D, rule)
    network._reference = True
    network.run(300 * ms)
    assert first.g.min() > 0.5
    assert np.allclose(first.g, second_target.g, rtol=1e-9)


def test_both_kinds_of_modulation_multiply():
    source, target = make_modulated()
    C = Connection(source, target, "g", modulation="u")
    C.connect_one_to_one(weight=1.0)
    network = Network(C, STP(C, taud=100 * ms, tauf=10 * ms, U=0.5))
    network._reference = True
    network.run(1 * ms)
    assert np.allclose(target.g, [0.5, 1, 0])


def test_an_unknown_variable_or_one_with_a_unit_is_refused():
    source = NeuronGroup(3, "v : volt", threshold="v > 1*mV")
    target = NeuronGroup(3, "g : 1")
    with pytest.raises(UnknownNameError, match="no variable 'z' to modulate"):
        Connection(source, target, "g", modulation="z")
    with pytest.raises(DimensionMismatchError, match="modulates weights"):
        Connection(source, target, "g", modulation="v")
