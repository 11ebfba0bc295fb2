"""Where variables of rules have their values, and how these are read and set from outside."""

import numpy as np
import pytest

from brian_nb import (
    STDP,
    Connection,
    Equations,
    EventClock,
    Network,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    seed,
)
from brian_nb.errors import (
    ModelError,
    SimulationError,
)
from brian_nb.units import ALL_UNITS
from tests.network.learning import (
    ADDITIVE,
    EXACT,
    TAU,
    additive,
    build,
    read_weights,
    run_and_replay,
    spike_table,
)

mV, ms, second = (ALL_UNITS[name] for name in ("mV", "ms", "second"))


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
