"""Spike-timing-dependent plasticity, compared with a simulation written out in NumPy."""

import numpy as np
import pytest

from brian_nb import (
    STDP,
    Connection,
    Equations,
    EventClock,
    Network,
    NeuronGroup,
    SpikeGeneratorGroup,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    seed,
)
from brian_nb.errors import (
    DimensionMismatchError,
    EquationError,
    ModelError,
    SimulationError,
    UnknownNameError,
    WiringError,
)
from brian_nb.units import ALL_UNITS

mV, ms, Hz, nS, second = (ALL_UNITS[name] for name in ("mV", "ms", "Hz", "nS", "second"))

EXACT = 1e-12
"""Both sides compute the same exponentials, in another order."""

PAIRS = """
da/dt = -a/tau_a : 1
db/dt = -b/tau_b : 1
"""
TAU = {"tau_a": 0.020, "tau_b": 0.035}


def make_random_spikers(n, chance):
    """Neurons that fire with the same chance in each step, and receive into `g`."""
    group = NeuronGroup(n, "g : 1\nchance : 1", threshold="rand() < chance")
    group.chance = chance
    return group


def build(
    rule, n_source=30, n_target=7, delay=0 * ms, chance=0.02, recurrent=False, compiled=False
):
    """A network with one rule on random synapses; `rule` makes it from the connection.

    Most tests run the generated source as plain Python, which a few compare with compiled code.
    """
    defaultclock.reinit()
    seed(21)
    source = make_random_spikers(n_source, chance)
    target = source if recurrent else make_random_spikers(n_target, chance)
    C = Connection(source, target, "g", delay=delay)
    C.connect_random(sparseness=0.7, weight=lambda: 0.2 + 0.6 * np.random.rand())
    R = rule(C)
    monitors = SpikeMonitor(source), SpikeMonitor(target)
    network = Network(source, target, C, R, monitors)
    network._reference = not compiled
    return network, C, R, monitors


def spike_table(monitor, n_steps):
    """bool[n_steps, n_neurons]"""
    table = np.zeros((n_steps, len(monitor.source)), bool)
    for neuron, time in monitor.spikes:
        table[round(time * 1e4), neuron] = True
    return table


def read_weights(C):
    """float64[n_source, n_target]; 0 where there is no synapse."""
    values, matrix = C.values, np.zeros((len(C.source), len(C.target)))
    n_synapses = values.rows[-1]
    pre = np.repeat(np.arange(len(C.source)), np.diff(values.rows))
    matrix[pre, values.targets[:n_synapses] - C.target.first] = values.read_weights()
    return matrix


def replay(weights, pre, post, change, delays=(0, 0), bounds=(0, 1)):
    """Weights after all spikes; traces a and b are those of `PAIRS`, stepped one by one.

    `change` gives at a spike the new trace and the new weights, from the trace of the neuron, the
    traces of the other side and the weights of its synapses.
    """
    w, exists = weights.copy(), weights != 0
    a, b = np.zeros(w.shape[0]), np.zeros(w.shape[1])
    for step in range(len(pre)):
        a *= np.exp(-1e-4 / TAU["tau_a"])
        b *= np.exp(-1e-4 / TAU["tau_b"])
        for j in np.flatnonzero(post[step - delays[1]]) if step >= delays[1] else ():
            b[j], new = change["post"](b[j], a, w[:, j])
            w[:, j] = np.where(exists[:, j], np.clip(new, *bounds), 0)
        for i in np.flatnonzero(pre[step - delays[0]]) if step >= delays[0] else ():
            a[i], new = change["pre"](a[i], b, w[i])
            w[i] = np.where(exists[i], np.clip(new, *bounds), 0)
    return w, a, b


ADDITIVE = {
    "pre": lambda own, other, w: (own + 0.02, w + other),
    "post": lambda own, other, w: (own - 0.025, w + other),
}


def additive(C, **keywords):
    equations = Equations(PAIRS, tau_a=TAU["tau_a"] * second, tau_b=TAU["tau_b"] * second)
    keywords = {"pre": "a += 0.02; w += b", "post": "b -= 0.025; w += a", "wmax": 1} | keywords
    return STDP(C, equations, **keywords)


def run_and_replay(network, C, monitors, change, n_steps=500, **options):
    before = read_weights(C)
    network.run(n_steps * 0.1 * ms)
    tables = [spike_table(monitor, n_steps) for monitor in monitors]
    assert min(table.sum() for table in tables) > 20
    return before, replay(before, *tables, change, **options)


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


# -- where variables have their values ---------------------------------------------------------


def test_a_variable_that_both_sides_change_has_a_value_for_each_synapse():
    equations = Equations("dx/dt = -x/tau : 1", tau=20 * ms)

    def rule(C):
        return STDP(C, equations, "x += 0.1; w += 0.01*x", "x -= 0.15; w += 0.02*x")

    network, C, R, monitors = build(rule)
    before = read_weights(C)
    network.run(50 * ms)
    tables = [spike_table(monitor, 500) for monitor in monitors]
    w, x, exists = before.copy(), np.zeros(before.shape), before > 0
    for pre, post in zip(*tables, strict=True):
        x *= np.exp(-1e-4 / 0.020)
        x[:, post] -= 0.15
        w[:, post] = np.maximum(w[:, post] + 0.02 * x[:, post], 0)
        x[pre] += 0.1
        w[pre] = np.maximum(w[pre] + 0.01 * x[pre], 0)
    assert np.allclose(read_weights(C), np.where(exists, w, 0), rtol=0, atol=EXACT)
    assert np.allclose(R.x, x[exists], rtol=EXACT, atol=EXACT)
    assert R.pre_group is None and R.synapse_group.integrator == "event-driven"


@pytest.mark.parametrize("threads", [1, 3])
def test_equations_that_are_not_linear_are_stepped_for_each_synapse(threads):
    equations = Equations("dx/dt = (0.5*x - x**2)/tau : 1", tau=20 * ms)

    def rule(C):
        return STDP(C, equations, "x += 0.1", "x += 0.05; w += 0.01*x")

    network, C, R, monitors = build(rule, 300, 280, chance=0.005, compiled=True)
    before = read_weights(C)
    network.run(20 * ms, threads=threads)
    tables = [spike_table(monitor, 200) for monitor in monitors]
    w, x, exists = before.copy(), np.zeros(before.shape), before > 0
    for pre, post in zip(*tables, strict=True):
        x += 1e-4 * (0.5 * x - x**2) / 0.020
        x[:, post] += 0.05
        w[:, post] += 0.01 * x[:, post]
        x[pre] += 0.1
    assert np.allclose(read_weights(C), np.where(exists, w, 0), rtol=0, atol=EXACT)
    assert R.synapse_group.integrator == "Euler"


@pytest.mark.parametrize("threads", [1, 2])
def test_coupled_equations_are_stepped_at_the_source(threads):
    """A filtered trace: its peak comes after the spike."""
    equations = Equations("da/dt = -a/tau : 1\ndc/dt = (a - c)/tau : 1", tau=10 * ms)

    def rule(C):
        return STDP(C, equations, pre="a += 0.1", post="w += c", wmax=1)

    network, C, R, monitors = build(rule, 400, 350, chance=0.005, compiled=True)
    before = read_weights(C)
    network.run(20 * ms, threads=threads)
    tables = [spike_table(monitor, 200) for monitor in monitors]
    w, exists, a, c = before.copy(), before > 0, np.zeros(400), np.zeros(400)
    step = 1e-4 / 0.010
    for pre, post in zip(*tables, strict=True):
        a, c = a * np.exp(-step), (c + step * a) * np.exp(-step)
        a[pre] += 0.1
        w[:, post] = np.minimum(w[:, post] + c[:, None], 1)
    assert np.allclose(read_weights(C), np.where(exists, w, 0), rtol=0, atol=1e-11)
    assert (R.pre_group.integrator, R.post_group, R.synapse_group) == ("linear", None, None)


def test_many_synapses_for_each_value_make_it_stepped_and_change_nothing():
    network, C, rule, monitors = build(additive, 60, 40)
    assert rule.pre_group.integrator == "event-driven"
    assert rule.post_group.integrator == "linear"
    _, (w, _, b) = run_and_replay(network, C, monitors, ADDITIVE)
    assert np.allclose(read_weights(C), w, rtol=0, atol=EXACT)
    assert np.allclose(rule.b, b, rtol=EXACT)


# -- values from outside -------------------------------------------------------------------------


def test_a_monitor_records_traces_after_the_spikes_of_the_step():
    network, C, rule, monitors = build(additive, n_target=40)
    records = (
        StateMonitor(rule.pre_group, "a", record=3),
        StateMonitor(rule.post_group, "b", record=2),
    )
    network.add(records)
    network.run(50 * ms)
    for record, monitor, jump, tau in (
        (records[0], monitors[0], 0.02, TAU["tau_a"]),
        (records[1], monitors[1], -0.025, TAU["tau_b"]),
    ):
        spikes = spike_table(monitor, 500)[:, record.neurons[0]]
        expected, value = [], 0.0
        for fired in spikes:
            value = value * np.exp(-1e-4 / tau) + jump * fired
            expected.append(value)
        assert np.allclose(record.values[0], expected, rtol=EXACT)


@pytest.mark.parametrize("n_target", [7, 40])
def test_values_set_between_runs_decay_from_there(n_target):
    network, C, rule, _ = build(additive, n_target=n_target, chance=0)
    rule.b = 1
    network.run(10 * ms)
    assert np.allclose(rule.b, np.exp(-0.010 / TAU["tau_b"]), rtol=EXACT)
    rule.b = np.arange(float(n_target))
    network.run(10 * ms)
    assert np.allclose(rule.b, np.arange(n_target) * np.exp(-0.010 / TAU["tau_b"]), rtol=EXACT)


@pytest.mark.parametrize("n_target", [7, 40])
def test_another_constant_acts_from_then_on(n_target):
    network, C, rule, _ = build(additive, n_target=n_target, chance=0)
    rule.b = 1
    network.run(10 * ms)
    rule.tau_b = 5 * ms
    network.run(10 * ms)
    assert np.allclose(rule.b, np.exp(-0.010 / TAU["tau_b"] - 2), rtol=EXACT)
    assert rule.tau_b == 5 * ms


@pytest.mark.parametrize("n_target", [7, 40])
def test_another_time_step_or_another_time_keeps_values(n_target):
    network, C, rule, _ = build(additive, n_target=n_target, chance=0)
    rule.b = 1
    network.run(10 * ms)
    try:
        defaultclock.dt = 0.5 * ms
        network.run(10 * ms)
        defaultclock.t = 3 * second
        network.run(5 * ms)
        network.reinit()
        network.run(5 * ms)
    finally:
        defaultclock.dt = 0.1 * ms
    assert np.allclose(rule.b, np.exp(-0.030 / TAU["tau_b"]), rtol=EXACT)


def test_bounds_can_be_changed_between_runs():
    network, C, rule, _ = build(additive, chance=0.3)
    assert (rule.wmin, rule.wmax) == (0, 1)
    rule.wmin, rule.wmax = 0.4, 0.5
    network.run(50 * ms)
    weights = C.values.weights[: C.n_synapses]
    assert weights.min() == 0.4 and weights.max() == 0.5
    with pytest.raises(ModelError, match="cannot be at least"):
        rule.wmax = 0.3


def test_a_clock_of_its_own_steps_the_variables():
    clock = EventClock(dt=1 * ms)
    tau = 10 * ms
    G = NeuronGroup(1, "x : 1", threshold="x > 0.5", reset="x = 0")
    G.x = 1
    H = NeuronGroup(1, "g : 1")
    C = Connection(G, H, "g", weight=0.5)
    R = STDP(C, "dc/dt = -c**2/tau : 1", pre="c += 1", post="", clock=clock)
    M = StateMonitor(R.pre_group, "c", record=True, clock=clock)
    network = Network(C, R, M)
    network._reference = True
    network.run(4 * ms)
    expected = [0.9]  # both clocks are due at 0, and the older one goes first
    for _ in range(3):
        expected.append(expected[-1] - 0.1 * expected[-1] ** 2)
    assert np.allclose(M[0], expected, rtol=EXACT)


def test_groups_with_clocks_of_their_own_meet_at_the_times_of_their_spikes():
    clocks = EventClock(dt=0.1 * ms), EventClock(dt=0.25 * ms)
    seed(3)
    groups = []
    for clock, n, chance in zip(clocks, (8, 5), (0.03, 0.1), strict=True):
        text = "g : 1\nchance : 1"
        group = NeuronGroup(n, text, threshold="rand() < chance", clock=clock)
        group.chance = chance
        groups.append(group)
    C = Connection(*groups, "g", weight=0.5)
    rule = additive(C)
    monitors = [SpikeMonitor(group) for group in groups]
    records = StateMonitor(rule.post_group, "b", record=True, clock=clocks[0])
    network = Network(C, rule, monitors, records)
    network._reference = True
    network.run(40 * ms)
    events = [(round(t, 7), 0, i) for i, t in monitors[0].spikes]
    events += [(round(t, 7), 1, j) for j, t in monitors[1].spikes]
    assert len(events) > 100
    w, a, b = np.full((8, 5), 0.5), np.zeros(8), np.zeros(5)
    last = 0.0
    for t, is_post, k in sorted(events):
        a, b = (x * np.exp(-(t - last) / TAU[tau]) for x, tau in ((a, "tau_a"), (b, "tau_b")))
        last = t
        if is_post:
            b[k] -= 0.025
            w[:, k] = np.clip(w[:, k] + a, 0, 1)
        else:
            a[k] += 0.02
            w[k] = np.clip(w[k] + b, 0, 1)
    assert np.allclose(read_weights(C), w, rtol=0, atol=EXACT)
    assert np.abs(records.values).max() <= 0.025 * len(monitors[1].spikes)


def test_equations_may_be_an_object_and_bounds_have_the_unit_of_the_target():
    G = NeuronGroup(2, "v : volt", threshold="v > 1*mV", reset="v = 0*mV")
    C = Connection(G, G, "v", weight=1 * mV)
    equations = Equations("da/dt = -a/tau : volt", tau=20 * ms)
    R = STDP(C, equations, pre="a += 1*mV", post="w += a", wmax=3 * mV)
    assert R.wmax == 3 * mV and R.wmin == 0 * mV
    assert R.tau == 20 * ms


def test_weights_that_become_no_number_end_the_run():
    network, C, _, _ = build(lambda C: STDP(C, "", pre="w = w/(w - w)", post=""))
    before = read_weights(C)
    with pytest.raises(SimulationError, match=r"w of `C` became .* at the synapse \("):
        network.run(100 * ms)
    assert np.array_equal(read_weights(C), before)


def test_traces_that_become_no_number_end_the_run():
    network, _, R, _ = build(lambda C: STDP(C, "a : 1", pre="a = a*10**200 + 1", post="w += a*0"))
    with pytest.raises(SimulationError, match="a of `R` became inf"):
        network.run(100 * ms)
    assert np.isfinite(R.a).all()


# -- errors --------------------------------------------------------------------------------------


@pytest.fixture
def connection():
    G = NeuronGroup(3, "g : siemens", threshold="g > 5*nS", reset="g = 0*nS")
    return Connection(G, G, "g", weight=1 * nS)


A = "da/dt = -a/(10*ms) : siemens"


@pytest.mark.parametrize(
    ("equations", "pre", "post", "keywords", "error", "message"),
    [
        (A, "a += 1*nS; w += c", "", {}, UnknownNameError, "the name c is not defined"),
        (A, "c += 1*nS", "", {}, UnknownNameError, "no variable c to assign to"),
        (A, "a += 1", "", {}, DimensionMismatchError, "a += 1"),
        (A, "w *= a", "", {}, DimensionMismatchError, "w can only be multiplied"),
        (A, "w + a", "", {}, EquationError, "no assignment"),
        ("da/dt = a : siemens", "", "", {}, DimensionMismatchError, "da/dt"),
        ("dw/dt = -w/(10*ms) : siemens", "", "", {}, ModelError, "w cannot be a variable"),
        ("da/dt = xi : second**0.5", "", "", {}, EquationError, "noise"),
        (A, "", "", {"wmax": 0.01}, DimensionMismatchError, "wmax of the STDP"),
        (A, "", "", {"wmin": 2 * nS, "wmax": 1 * nS}, ModelError, "at least"),
        (A, "", "", {"wmax": [1, 2]}, ModelError, "one number"),
        (A, "", "", {"delay_pre": -1 * ms}, WiringError, "negative"),
        (A, "", "", {"delay_pre": 1 * mV}, DimensionMismatchError, "delay_pre"),
        (A, "", "", {"delay_post": 1 * ms}, WiringError, "longer than that of its connection"),
    ],
)
def test_a_wrong_rule_is_refused(connection, equations, pre, post, keywords, error, message):
    with pytest.raises(error) as caught:
        STDP(connection, equations, pre, post, **keywords)
    assert message in str(caught.value)


def test_what_is_no_connection_and_a_target_that_never_fires_are_refused(connection):
    with pytest.raises(ModelError, match="needs a Connection"):
        STDP(connection.source, A, "", "")
    H = NeuronGroup(3, "g : siemens")
    C = Connection(connection.source, H, "g", weight=1 * nS)
    with pytest.raises(WiringError, match="never fires"):
        STDP(C, A, "a += 1*nS", "w += a")
    STDP(C, A, "a += 1*nS", "")


def test_unknown_attributes_name_what_there_is(connection):
    tau_a = 10 * ms
    R = STDP(connection, "da/dt = -a/tau_a : siemens", "a += 1*nS", "w += a")
    with pytest.raises(AttributeError, match="a, tau_a, wmin, wmax"):
        print(R.b)
    with pytest.raises(DimensionMismatchError):
        R.tau_a = 3 * mV
    with pytest.raises(ValueError, match="read-only"):
        R.a[0] = 1
