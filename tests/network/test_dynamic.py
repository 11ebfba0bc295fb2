"""Synapses that come and go, during runs and between them, against a plain simulation."""

from threading import Thread

import numpy as np
import pytest

from brian_nb import (
    Connection,
    Network,
    NeuronGroup,
    SpikeMonitor,
    defaultclock,
    network_operation,
)
from brian_nb.units import ALL_UNITS
from tests.network.brute import BruteForce, steps_of

mV, ms, volt = (ALL_UNITS[name] for name in ("mV", "ms", "volt"))
N_SOURCE, N_TARGET, N_STEPS = 20, 270, 80


def draw_changes(generator, n_changes):
    """Insertions (i, j, weight, steps) and removals (i, j, None, 0) for each step."""
    plan = {}
    for step in generator.integers(1, N_STEPS, n_changes):
        i, j = int(generator.integers(N_SOURCE)), int(generator.integers(N_TARGET))
        weight = float(generator.normal()) * 1e-3 if generator.random() < 0.6 else None
        plan.setdefault(int(step), []).append((i, j, weight, int(generator.integers(0, 9))))
    return plan


def make_network(has_delays, threads):
    defaultclock.reinit()
    generator = np.random.default_rng(12)
    source = NeuronGroup(
        N_SOURCE, "dx/dt = 1/period : 1\nperiod : second", threshold="x > 0.999", reset="x = 0"
    )
    source.period, source.x = generator.uniform(0.3e-3, 2e-3, N_SOURCE), generator.random(N_SOURCE)
    target = NeuronGroup(N_TARGET, "v : volt")
    C = Connection(source, target, "v", structure="dynamic", delay=True if has_delays else 0 * ms)
    C.connect_random(p=0.2, weight=1 * mV, seed=3)
    M = SpikeMonitor(source)
    return Network(source, target, C, M, threads=threads), C, M, draw_changes(generator, 600)


def change(C, changes):
    for i, j, weight, steps in changes:
        if weight is None:
            C.W.remove(i, j)
        else:
            C.W.insert(i, j, weight)
            if C.values.delays is not None:
                C.delay[i, j] = steps * 0.1 * ms


def replay(pairs, plan, monitor, has_delays):
    brute = BruteForce(N_TARGET, {pair: [1e-3, 0] for pair in pairs})
    fired = steps_of(monitor)
    for step in range(N_STEPS):
        for i, j, weight, steps in plan.get(step, ()):
            brute.synapses.pop((i, j), None) if weight is None else None
            if weight is not None:
                brute.synapses[i, j] = [weight, steps if has_delays else 0]
        brute.step(fired.get(step, ()))
    return brute


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("has_delays", [False, True])
def test_an_operation_makes_and_removes_synapses(has_delays, threads):
    network, C, M, plan = make_network(has_delays, threads)
    pairs = [tuple(map(int, pair)) for pair in np.argwhere(C.W.todense())]

    @network_operation(when="start")
    def rewire():
        change(C, plan.get(C.source.clock.timebase.step, ()))

    network.add(rewire)
    network.run(N_STEPS * 0.1 * ms)
    brute = replay(pairs, plan, M, has_delays)
    assert M.nspikes > 100
    assert np.allclose(C.target.v, brute.v, rtol=1e-12, atol=1e-18)
    assert C.n_synapses == len(brute.synapses)
    assert {pair: C.W[pair] for pair in brute.synapses} == {
        pair: weight for pair, (weight, _) in brute.synapses.items()
    }


@pytest.mark.parametrize("has_delays", [False, True])
def test_synapses_change_between_runs(has_delays):
    network, C, M, plan = make_network(has_delays, 1)
    pairs = [tuple(map(int, pair)) for pair in np.argwhere(C.W.todense())]
    for step in range(N_STEPS):
        change(C, plan.get(step, ()))
        network.run(0.1 * ms)
    brute = replay(pairs, plan, M, has_delays)
    assert np.allclose(C.target.v, brute.v, rtol=1e-12, atol=1e-18)


def test_a_restored_state_has_the_synapses_of_its_time():
    network, C, M, plan = make_network(True, 1)
    network.run(2 * ms)
    before, state = C.W.todense(), network.store()
    network.run(3 * ms)
    v = C.target.v.copy()
    network.restore(state)
    for changes in plan.values():
        change(C, changes)
    network.run(1 * ms)
    assert not np.array_equal(C.W.todense(), before)
    network.restore(state)
    assert np.array_equal(C.W.todense(), before)
    network.run(3 * ms)
    assert np.array_equal(C.target.v, v)


def test_a_sparse_connection_gets_new_synapses_too(make_source, make_target):
    source, target = make_source(2), make_target(3)
    C = Connection(source, target, "v", weight=1 * mV)
    network = Network(C)
    network.run(0.1 * ms)
    D = Connection(source, target, "v")
    D[0, 0] = 2 * mV
    network.add(D)
    network.run(0.1 * ms)
    D[1, 2] = 3 * mV
    source.x = 1
    network.run(0.1 * ms)
    assert target.v == pytest.approx([0.006, 0.004, 0.007])


def test_a_removed_synapse_that_comes_back_has_no_delay(make_source, make_target):
    C = Connection(make_source(1), make_target(2), "v", structure="dynamic", delay=True)
    C.connect_full(weight=1 * mV, delay=2 * ms)
    C.compress()
    C.W.remove(0, 1)
    C.W.insert(0, 1, 0.005)
    assert C.delay[0, 0] == 2 * ms and C.delay[0, 1] == 0 * ms
    assert C.W[0, 1] == 0.005


def test_synapses_change_in_one_thread_while_another_runs_them():
    """Each target gets at least what its first synapse gives, and no foreign memory is touched."""
    source = NeuronGroup(50, "x : 1", threshold="x > 0", reset="x = 1")
    source.x = 1
    target = NeuronGroup(400, "v : volt")
    C = Connection(source, target, "v", structure="dynamic", delay=(0 * ms, 2 * ms), weight=1 * mV)
    network = Network(C, threads=2)
    runner = Thread(target=network.run, args=(50 * ms,))
    generator = np.random.default_rng(0)
    runner.start()
    while runner.is_alive():
        i, j = int(generator.integers(1, 50)), int(generator.integers(400))
        C.W.remove(i, j)
        assert C.W[i, j] == 0
        C.delay[0, j] = generator.random() * 3 * ms
        C.W.insert(i, j, 1e-3)
    n_steps = 500
    assert (target.v >= (n_steps - 40) * 1e-3).all()
    assert (target.v <= n_steps * 50e-3 * (1 + 1e-9)).all()
    assert C.n_synapses == 50 * 400
