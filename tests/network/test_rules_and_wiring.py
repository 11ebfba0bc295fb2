"""Rules at synapses whose delays differ, of dense and of dynamic connections."""

import numpy as np
import pytest

from brian_nb import (
    STDP,
    STP,
    Connection,
    DelayConnection,
    Equations,
    Network,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    seed,
)
from brian_nb.errors import WiringError
from brian_nb.units import ALL_UNITS

ms, second = ALL_UNITS["ms"], ALL_UNITS["second"]

EXACT = 1e-12
"""Both sides compute the same exponentials, in another order."""

N_SOURCE, N_TARGET = 12, 5
TRACES = "da/dt = -a/tau_a : 1\ndb/dt = -b/tau_b : 1"
DECAY_A, DECAY_B = np.exp(-1e-4 / 0.020), np.exp(-1e-4 / 0.035)


def make_groups(chance=0.03, n_source=N_SOURCE, n_target=N_TARGET):
    defaultclock.reinit()
    seed(31)
    groups = []
    for n in (n_source, n_target):
        group = NeuronGroup(n, "g : 1\nchance : 1", threshold="rand() < chance")
        group.chance = chance
        groups.append(group)
    return groups


def make_rule(C, **keywords):
    equations = Equations(TRACES, tau_a=20 * ms, tau_b=35 * ms)
    keywords = {"pre": "a += 0.02; w += b", "post": "b -= 0.025; w += a", "wmax": 1} | keywords
    return STDP(C, equations, **keywords)


def run(C, rule, n_steps=600, threads=1, compiled=False):
    """Run, and give the spikes of both groups, bool[n_steps, n]."""
    monitors = SpikeMonitor(C.source), SpikeMonitor(C.target)
    network = Network(C, rule, monitors, threads=threads)
    network._reference = not compiled
    network.run(n_steps * 0.1 * ms)
    tables = []
    for monitor in monitors:
        table = np.zeros((n_steps, len(monitor.source)), bool)
        table[np.rint(monitor.recording.times * 1e4).astype(int), monitor.recording.neurons] = True
        tables.append(table)
    return tables


def read_weights(C):
    return np.array(C.W.todense())


def connect_with_delays(source, target, delays):
    C = DelayConnection(source, target, "g")
    C.connect_full(weight=lambda i, j: 0.3 + 0.01 * ((7 * i + j) % 30), delay=delays)
    return C


def replay_with_delays(w, lags, pre, post, post_lag=0):
    """Each synapse has its own trace of the source, which spikes reach after its delay."""
    a, b = np.zeros(w.shape), np.zeros(w.shape[1])
    sources = np.arange(w.shape[0])[:, None]
    for step in range(len(pre)):
        a, b = a * DECAY_A, b * DECAY_B
        fires = post[step - post_lag] if step >= post_lag else np.zeros(len(b), bool)
        b = b - 0.025 * fires
        w = np.where(fires, np.clip(w + a, 0, 1), w)
        arrives = (step >= lags) & pre[np.maximum(step - lags, 0), sources]
        a = a + 0.02 * arrives
        w = np.where(arrives, np.clip(w + b, 0, 1), w)
    return w


@pytest.mark.parametrize(("threads", "compiled"), [(1, False), (1, True), (3, True)])
def test_spikes_act_when_they_reach_each_synapse(threads, compiled):
    n_source, n_target = (12, 5) if threads == 1 else (280, 270)
    groups = make_groups(0.03 if threads == 1 else 0.005, n_source, n_target)
    lags = np.random.randint(0, 40, (n_source, n_target))
    C = connect_with_delays(*groups, lags * 1e-4)
    rule = make_rule(C)
    before = read_weights(C)
    pre, post = run(C, rule, 600 if threads == 1 else 120, threads, compiled)
    expected = replay_with_delays(before, lags, pre, post)
    assert np.allclose(read_weights(C), expected, rtol=0, atol=EXACT)
    assert np.abs(expected - before).max() > 0.03
    assert rule.pre_group is None and len(rule.a) == n_source * n_target
    assert rule.delay_pre is None


def test_a_delay_of_the_target_is_taken_off_those_of_the_synapses():
    groups = make_groups()
    lags = np.random.randint(10, 40, (N_SOURCE, N_TARGET))
    C = connect_with_delays(*groups, lags * 1e-4)
    rule = make_rule(C, delay_post=1 * ms)
    before = read_weights(C)
    pre, post = run(C, rule)
    expected = replay_with_delays(before, lags - 10, pre, post, post_lag=10)
    assert np.allclose(read_weights(C), expected, rtol=0, atol=EXACT)
    with pytest.raises(WiringError, match="cannot change over"):
        rule.delay_pre = 2 * ms
    with pytest.raises(WiringError, match="longer than that of its connection"):
        make_rule(C, delay_post=1.5 * ms)


def test_one_delay_for_all_keeps_values_at_the_source():
    groups = make_groups()
    C = connect_with_delays(*groups, np.full((N_SOURCE, N_TARGET), 2e-3))
    rule = make_rule(C, delay_pre=0.5 * ms)
    before = read_weights(C)
    pre, post = run(C, rule)
    expected = replay_with_delays(before, np.full(before.shape, 5), pre, post)
    assert np.allclose(read_weights(C), expected, rtol=0, atol=EXACT)
    assert len(rule.a) == N_SOURCE


def test_delays_changed_between_runs_act_from_then_on():
    groups = make_groups(chance=0)
    C = connect_with_delays(*groups, np.full((N_SOURCE, N_TARGET), 1e-3))
    rule = make_rule(C, pre="w -= 0.1", post="")
    network = Network(C, rule)
    network._reference = True
    network.run(1 * ms)
    C.delay[3, 2] = 4 * ms
    groups[0].chance = 1
    network.run(0.1 * ms)
    groups[0].chance = 0
    before = read_weights(C)
    network.run(2 * ms)
    found = read_weights(C) - before
    assert found[3, 2] == 0 and np.allclose(np.delete(found.ravel(), 17), -0.1)
    network.run(2 * ms)
    assert np.allclose(read_weights(C) - before, -0.1)


def test_short_term_plasticity_with_delays_multiplies_at_the_spike():
    source = NeuronGroup(1, "dy/dt = 300*Hz : 1", threshold="y > 1", reset="y = 0")
    target = NeuronGroup(3, "g : 1")
    C = DelayConnection(source, target, "g")
    C.connect_full(weight=1.0, delay=np.array([[0, 1e-3, 5e-3]]))
    M = StateMonitor(target, "g", record=True)
    network = Network(C, STP(C, taud=50 * ms, tauf=20 * ms, U=0.4), M)
    network._reference = True
    network.run(40 * ms)
    for neuron, lag in ((1, 10), (2, 50)):
        assert np.array_equal(M[neuron][lag:], M[0][:-lag])
    jumps = np.diff(M[0], prepend=0)
    assert jumps[jumps > 0][0] == pytest.approx(0.4) and len(set(jumps[jumps > 0])) > 5


@pytest.mark.parametrize("compiled", [False, True])
def test_all_pairs_of_a_dense_connection_learn(compiled):
    groups = make_groups()
    C = Connection(*groups, "g", structure="dense")
    C[2, 3] = 0.5
    rule = make_rule(C)
    before = read_weights(C)
    pre, post = run(C, rule, compiled=compiled)
    expected = replay_with_delays(before, np.zeros(before.shape, int), pre, post)
    assert np.allclose(read_weights(C), expected, rtol=0, atol=EXACT)
    assert np.count_nonzero(expected) > 30


def test_synapses_that_come_and_go_leave_the_others_as_they_are():
    groups = make_groups()
    C = Connection(*groups, "g", structure="dynamic")
    C.connect_random(sparseness=0.5, weight=0.5)
    equations = Equations("dx/dt = -x/tau : 1", tau=20 * ms)
    rule = STDP(C, equations, pre="x += 0.1; w += 0.01*x", post="x += 0.2; w -= 0.01*x", wmax=1)
    monitors = SpikeMonitor(groups[0]), SpikeMonitor(groups[1])
    network = Network(C, rule, monitors)
    network._reference = True
    network.run(10 * ms)
    x, w = np.zeros((2, N_SOURCE, N_TARGET))
    pairs = np.argwhere(read_weights(C) > 0)
    x[tuple(pairs.T)], w = rule.x, read_weights(C)
    (gone, other), new = pairs[[4, 9]], np.argwhere(w == 0)[7]
    C.W.remove(*gone)
    C.W.insert(*new, 0.25)
    x[tuple(gone)], w[tuple(gone)], w[tuple(new)] = 0, 0, 0.25
    pairs = np.argwhere(w > 0)
    assert np.array_equal(rule.x, x[tuple(pairs.T)])
    groups[0].chance, groups[1].chance = 0, 0
    network.run(5 * ms)
    assert np.array_equal(read_weights(C), w)
    assert np.allclose(rule.x, x[tuple(pairs.T)] * np.exp(-0.25), rtol=EXACT)
    groups[1].chance = 1
    network.run(0.1 * ms)
    x = np.where(w > 0, x * np.exp(-0.255) + 0.2, 0)
    assert np.allclose(read_weights(C), np.where(w > 0, w - 0.01 * x, 0), rtol=0, atol=EXACT)


def test_a_restored_state_has_the_synapses_and_values_of_then():
    groups = make_groups()
    C = Connection(*groups, "g", structure="dynamic")
    C.connect_random(sparseness=0.5, weight=0.5)
    equations = Equations("dx/dt = -x/tau : 1", tau=20 * ms)
    rule = STDP(C, equations, pre="x += 0.1; w += 0.01*x", post="x += 0.2; w -= 0.01*x", wmax=1)
    network = Network(C, rule)
    network._reference = True
    network.run(10 * ms)
    state = network.store()
    network.run(10 * ms)
    expected = read_weights(C), rule.x
    C.W.remove(*np.argwhere(expected[0] > 0)[3])
    network.run(5 * ms)
    network.restore(state)
    network.run(10 * ms)
    assert np.array_equal(read_weights(C), expected[0])
    assert np.array_equal(rule.x, expected[1])


def test_weights_written_through_the_matrix_act_at_once():
    groups = make_groups(chance=0)
    C = Connection(*groups, "g", weight=0.5)
    network = Network(C, make_rule(C))
    network._reference = True
    network.run(1 * ms)
    C.W[2, 3] = 0.75
    groups[0].chance = 1
    network.run(0.1 * ms)
    assert groups[1].g.tolist() == [6, 6, 6, 6.25, 6]


def test_copies_of_connections_are_modulated_themselves():
    from copy import copy

    source, target = make_groups(chance=1)
    C = Connection(source, target, "g", modulation="chance", weight=0.5)
    D = copy(C)
    assert D.modulation.connection is D and C.modulation.connection is C
    network = Network(D)
    network._reference = True
    network.run(0.1 * ms)
    assert target.g.tolist() == [6.0] * 5
    D.propagate([0, 1])
    assert target.g.tolist() == [7.0] * 5
