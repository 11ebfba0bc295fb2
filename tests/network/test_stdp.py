"""Spike-timing-dependent plasticity, compared with a simulation written out in NumPy."""

import numpy as np
import pytest

from brian_nb import (
    STDP,
    Connection,
    Equations,
    Network,
    NeuronGroup,
    SpikeGeneratorGroup,
    SpikeMonitor,
    defaultclock,
    seed,
)
from brian_nb.units import ALL_UNITS
from tests.network.learning import (
    ADDITIVE,
    EXACT,
    TAU,
    additive,
    build,
    make_random_spikers,
    read_weights,
    run_and_replay,
    spike_table,
)

ms = ALL_UNITS["ms"]


@pytest.mark.parametrize("recurrent", [False, True])
@pytest.mark.parametrize("compiled", [True, False])
def test_random_spikes_change_weights_as_written_out(recurrent, compiled):
    network, C, rule, monitors = build(additive, recurrent=recurrent, compiled=compiled)
    n_steps = 3000 if compiled else 500
    before, (w, a, b) = run_and_replay(network, C, monitors, ADDITIVE, n_steps)
    found = read_weights(C)
    assert np.allclose(found, w, rtol=0, atol=EXACT)
    assert np.abs(found - before).max() > 0.05
    assert np.allclose(rule.a, a, rtol=EXACT) and np.allclose(rule.b, b, rtol=EXACT)


@pytest.mark.parametrize(
    ("delay", "options", "steps"),
    [
        (2 * ms, {}, (20, 0)),
        (2 * ms, {"delay_post": 0.5 * ms}, (15, 5)),
        (2 * ms, {"delay_pre": 0.3 * ms}, (3, 17)),
        (0 * ms, {"delay_pre": 1 * ms, "delay_post": 2.5 * ms}, (10, 25)),
    ],
)
def test_statements_run_after_their_delays(delay, options, steps):
    network, C, rule, monitors = build(lambda C: additive(C, **options), delay=delay)
    delays = [float(rule.delay_pre), float(rule.delay_post)]
    assert delays == pytest.approx([n * 1e-4 for n in steps])
    _, (w, _, _) = run_and_replay(network, C, monitors, ADDITIVE, delays=steps)
    assert np.allclose(read_weights(C), w, rtol=0, atol=EXACT)


@pytest.mark.parametrize(("lead", "change"), [(1, 0.02), (0, -0.025), (-1, -0.025)])
def test_a_spike_counts_as_cause_only_of_later_steps(lead, change):
    source = SpikeGeneratorGroup(1, [(0, 2 * ms - lead * 0.1 * ms)])
    target = NeuronGroup(1, "g : 1", threshold="abs(t - 2*ms) < 0.05*ms")
    C = Connection(source, target, "g", weight=0.5)
    rule = additive(C)
    Network(source, target, C, rule).run(4 * ms)
    tau = TAU["tau_a"] if lead > 0 else TAU["tau_b"]
    assert C[0, 0] - 0.5 == pytest.approx(change * np.exp(-abs(lead) * 1e-4 / tau))


def test_statements_run_in_their_order():
    change = {
        "pre": lambda own, other, w: (2 * (own + 0.01) - own * 0.5, (w + own + 0.01) * 0.99),
        "post": lambda own, other, w: (0.03, w * (1 + other) + own),
    }

    pre = """
        a += 0.01   # before the weight
        w += a
        a = 2*a - 0.5*(a - 0.01)
        w *= 0.99
    """
    post = "w *= 1 + a; w += b; b = 0.03"
    network, C, _, monitors = build(lambda C: additive(C, pre=pre, post=post))
    _, (w, a, b) = run_and_replay(network, C, monitors, change)
    assert np.allclose(read_weights(C), w, rtol=0, atol=EXACT)


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_do_not_change_weights(threads):
    def find(threads):
        network, C, rule, _ = build(additive, 700, 600, chance=0.01, compiled=True)
        network.run(10 * ms, threads=threads)
        return C.values.weights.copy(), rule.a, rule.b

    for one, several in zip(find(1), find(threads), strict=True):
        assert np.array_equal(one, several)


def test_segments_do_not_change_weights():
    whole, C, _, _ = build(additive)
    whole.run(50 * ms)
    pieces, D, rule, _ = build(additive)
    for _ in range(20):
        pieces.run(2.5 * ms)
        assert len(rule.a) == 30  # to look at values changes nothing
    assert np.array_equal(C.values.weights, D.values.weights)


def test_a_restored_state_repeats_what_followed():
    network, C, rule, _ = build(additive, delay=1 * ms)
    network.run(50 * ms)
    state = network.store()
    network.run(50 * ms)
    expected = C.values.weights.copy(), rule.a
    network.restore(state)
    network.run(50 * ms)
    assert np.array_equal(C.values.weights, expected[0])
    assert np.array_equal(rule.a, expected[1])


def test_subgroups_learn_within_their_bounds():
    defaultclock.reinit()
    seed(4)
    source, target = make_random_spikers(700, 0.01), make_random_spikers(650, 0.01)
    C = Connection(source[300:340], target[500:520], "g", weight=lambda: np.random.rand())
    D = Connection(source, target, "g", weight=0.5, sparseness=0.001)
    rule = additive(C)
    monitors = SpikeMonitor(source[300:340]), SpikeMonitor(target[500:520])
    network = Network(C, D, rule, monitors)
    network._reference = True
    _, (w, a, b) = run_and_replay(network, C, monitors, ADDITIVE)
    assert np.allclose(read_weights(C), w, rtol=0, atol=EXACT)
    assert len(rule.a) == 40 and len(rule.b) == 20
    assert np.allclose(rule.a, a, rtol=EXACT)
    assert D.weight == 0.5


def test_subgroups_learn_alike_on_several_threads():
    def find(threads):
        defaultclock.reinit()
        seed(4)
        source, target = make_random_spikers(900, 0.01), make_random_spikers(900, 0.01)
        C = Connection(source[100:840], target[150:], "g", weight=0.5, sparseness=0.05)
        network = Network(C, additive(C), threads=threads)
        network.run(40 * ms)
        return C.values.weights

    assert np.array_equal(find(1), find(3))


def test_equal_weights_become_individual():
    network, C, rule, monitors = build(additive)
    D = Connection(C.source, C.target, "g", weight=0.5)
    assert D.weight == 0.5
    network.add(additive(D))
    assert D.weight is None
    _, (w, _, _) = run_and_replay(network, D, monitors, ADDITIVE)
    assert np.allclose(read_weights(D), w, rtol=0, atol=EXACT)
    assert len(np.unique(w)) > 100


def test_several_rules_act_on_one_connection():
    network, C, first, monitors = build(additive)
    network.add(STDP(C, "", pre="w -= 0.001", post="w += 0.0005", wmax=0.9))
    before = read_weights(C)
    network.run(30 * ms)
    tables = [spike_table(monitor, 300) for monitor in monitors]
    w, exists = before.copy(), before > 0
    a, b = np.zeros(30), np.zeros(7)
    for pre, post in zip(*tables, strict=True):
        a, b = a * np.exp(-1e-4 / TAU["tau_a"]), b * np.exp(-1e-4 / TAU["tau_b"])
        b[post] -= 0.025
        w[:, post] = np.clip(w[:, post] + a[:, None], 0, 1)
        a[pre] += 0.02
        w[pre] = np.clip(w[pre] + b, 0, 1)
        w[:, post] = np.clip(w[:, post] + 0.0005, 0, 0.9)
        w[pre] = np.clip(w[pre] - 0.001, 0, 0.9)
    assert np.allclose(read_weights(C), np.where(exists, w, 0), rtol=0, atol=EXACT)


def test_weights_set_between_runs_keep_what_others_have_learned():
    network, C, _, _ = build(additive)
    network.run(50 * ms)
    learned = read_weights(C)
    i, j = np.argwhere(learned > 0)[5]
    C[i, j] = 0.125
    network.prepare()
    learned[i, j] = 0.125
    assert np.array_equal(read_weights(C), learned)


def find_stochastic(threads, cuts=1):
    """Weights after each source neuron has fired once, each synapse switched on by chance."""
    defaultclock.reinit()
    seed(17)
    source = NeuronGroup(300, "x : 1", threshold="x > 0.5", reset="x = 0")
    source.x = 1
    C = Connection(source, NeuronGroup(280, "g : 1", threshold="g > 1000"), "g", weight=0.25)
    rule = STDP(C, "a : 1", pre="a = rand(); w = 1 if rand() < 0.3 else w", post="", wmax=1)
    network = Network(C, rule, threads=threads)
    for _ in range(cuts):
        network.run(1 * ms / cuts)
    return read_weights(C), rule.a


def test_each_synapse_and_each_neuron_draws_its_own_number():
    weights, a = find_stochastic(1)
    n_changed = np.count_nonzero(weights == 1)
    assert set(np.unique(weights)) == {0.25, 1.0}
    assert abs(n_changed - 0.3 * 84_000) < 5 * np.sqrt(84_000 * 0.3 * 0.7)
    assert len(np.unique(a)) == 300 and abs(a.mean() - 0.5) < 0.09
    for others in (find_stochastic(3), find_stochastic(1, cuts=10)):
        assert np.array_equal(weights, others[0]) and np.array_equal(a, others[1])


def test_a_connection_without_synapses_learns_nothing():
    G = make_random_spikers(3, 0.5)
    C = Connection(G, G, "g")
    equations = Equations("da/dt = -a/tau : 1", tau=20 * ms)
    rule = STDP(C, equations, pre="a += 0.1; w += a", post="a -= 0.1")
    network = Network(C, rule)
    network._reference = True
    network.run(2 * ms)
    assert C.n_synapses == 0 and G.g.tolist() == [0, 0, 0]
    C[0, 1] = 0.5
    network.run(2 * ms)
    assert float(C[0, 1]) != 0.5
