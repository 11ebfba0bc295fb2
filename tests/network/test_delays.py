"""Synapses with delays of their own: each spike acts where, when and as much as it should."""

import numpy as np
import pytest
from scipy import sparse

from brian_nb import (
    Connection,
    DelayConnection,
    Network,
    NeuronGroup,
    SpikeMonitor,
    defaultclock,
    seed,
)
from brian_nb.errors import DimensionMismatchError, WiringError
from brian_nb.units import ALL_UNITS
from tests.network.arriving import (
    STEP,
    arrival_steps,
    connect,
    make_pacemakers,
    random_wiring,
    replay,
)

mV, ms, second = (ALL_UNITS[name] for name in ("mV", "ms", "second"))


# -- forms ---------------------------------------------------------------------------------


def test_a_delay_for_each_synapse_makes_a_delay_connection(make_source, make_target):
    source, target = make_source(2), make_target(3)
    for delay in (True, (0 * ms, 5 * ms), lambda: 1 * ms, np.zeros((2, 3))):
        assert isinstance(Connection(source, target, "v", delay=delay), DelayConnection)
    assert type(Connection(source, target, "v", delay=2 * ms)) is Connection
    assert type(Connection(source, target, "v", delay=False)) is Connection


def test_spikes_arrive_after_the_delay_of_their_synapse_in_whole_steps(make_source, make_target):
    C = Connection(make_source(1), make_target(4), "v", delay=True)
    C.connect_full(weight=1 * mV)
    C.delay[0, :] = np.array([0.0, 0.1, 1.24, 3.26]) * 1e-3
    assert arrival_steps(C) == [0, 1, 12, 33]


def test_the_delay_may_be_a_function_of_the_pair(make_source, make_target):
    C = Connection(
        make_source(1),
        make_target(100),
        weight=5 * mV,
        max_delay=10 * ms,
        delay=lambda i, j: 10 * ms * (j / 50.0 - 1) ** 2,
    )
    j = np.arange(100)
    expected = 10 * (j / 50 - 1) ** 2
    assert [C.delay[0, int(k)] / ms for k in j] == pytest.approx(expected)
    assert arrival_steps(C, 12 * ms) == np.rint(expected * 10).astype(int).tolist()


def test_a_pair_of_delays_draws_them_uniformly(make_source, make_target):
    seed(3)
    C = Connection(make_source(100), make_target(100), "v", weight=1 * mV, delay=(1 * ms, 5 * ms))
    delays = C.delay.alldata
    assert len(delays) == 10_000
    assert delays.min() >= 1e-3 and delays.max() <= 5e-3
    width = 4e-3
    assert abs(delays.mean() - 3e-3) < 5 * width / np.sqrt(12 * 10_000)
    assert delays.var() == pytest.approx(width**2 / 12, rel=0.05)


def test_a_function_of_nothing_is_called_for_each_synapse(make_source, make_target):
    numbers = iter(range(100))
    C = DelayConnection(make_source(2), make_target(3), "v")
    C.connect_full(weight=1 * mV, delay=lambda: next(numbers) * 0.1 * ms)
    assert C.delay.alldata == pytest.approx(np.arange(6) * STEP)


@pytest.mark.parametrize("make", [np.asarray, sparse.lil_matrix, sparse.csr_array])
def test_delays_may_be_a_matrix(make_source, make_target, make):
    delays = np.arange(12.0).reshape(3, 4) * STEP
    C = DelayConnection(make_source(3), make_target(4), "v")
    C.connect(W=np.eye(3, 4) * 1e-3, delay=make(delays))
    assert C.delay.todense() == pytest.approx(np.eye(3, 4) * delays)
    C.set_delays(make(2 * delays))
    assert C.delay.todense() == pytest.approx(2 * np.eye(3, 4) * delays)


def test_all_ways_of_connecting_take_a_delay(make_source, make_target):
    source, target = make_source(4), make_target(4)
    C = DelayConnection(source, target, "v")
    C.connect_one_to_one(weight=1 * mV, delay=0.5 * ms)
    C.connect_random(source[:2], target[2:], 1.0, weight=2 * mV, delay=1.5 * ms)
    C.connect_full(source[2:], target[:1], weight=3 * mV, delay=lambda i, j: (1 + i) * ms)
    expected = np.eye(4) * 0.5
    expected[:2, 2:] = 1.5
    expected[2:, 0] = 1, 2
    assert C.delay.todense() == pytest.approx(expected * 1e-3)


def test_a_new_weight_of_a_pair_keeps_its_delay(make_source, make_target):
    C = DelayConnection(make_source(1), make_target(2), "v", weight=1 * mV, delay=2 * ms)
    C[0, 1] = 7 * mV
    C.connect_one_to_one(C.source, C.target[:1], weight=3 * mV)
    assert C.delay.todense() == pytest.approx(np.full((1, 2), 2e-3))


def test_delays_read_and_write_rows_columns_and_lists(make_source, make_target):
    C = DelayConnection(make_source(3), make_target(4), "v", weight=1 * mV)
    C.delay[1, :] = [0.001, 0.002, 0.003, 0.004]
    C.delay[:, 0] = 5 * ms
    C.delay[2, [1, 3]] = np.array([6, 7]) * 1e-3
    expected = [[5, 0, 0, 0], [5, 2, 3, 4], [5, 6, 0, 7]]
    assert C.delay.todense() == pytest.approx(np.array(expected) * 1e-3)
    assert C.delay[2, 3] == 7 * ms
    assert C.delay[1, :].todense() == pytest.approx(np.array(expected[1]) * 1e-3)
    C.delay = 3 * ms
    assert C.delay.getnnz() == 12 and set(C.delay.alldata) == {0.003}


def test_delays_set_row_by_row_while_connecting_are_those_of_the_synapses(make_source, make_target):
    generator = np.random.default_rng(4)
    C = Connection(make_source(30), make_target(50), "v", delay=True, max_delay=20 * ms)
    expected = np.zeros((30, 50))
    for i in range(30):
        own = generator.choice(50, 10, replace=False)
        C[i, own] = 6 * mV * np.ones(10)
        delays = generator.random(10) * (20 * ms - 1 * ms) + 1 * ms
        C.delay[i, own] = delays
        expected[i, own] = delays
    assert C.n_synapses == 300
    assert C.delay.todense() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda C: C.set_delays((1 * ms, -1 * ms)), WiringError),
        (lambda C: C.set_delays(3 * mV), DimensionMismatchError),
        (lambda C: C.delay.__setitem__((0, 0), 9 * ms), WiringError),
        (lambda C: C.delay.__setitem__((0, 0), float("nan") * second), WiringError),
        (lambda C: C.delay.__setitem__((0, 9), 1 * ms), WiringError),
        (lambda C: C.connect_full(weight=1 * mV, delay=(1 * ms, 2 * ms, 3 * ms)), WiringError),
        (lambda C: C.connect_full(weight=1 * mV, delay=np.ones((3, 3))), WiringError),
        (
            lambda C: Connection(C.source, C.target).connect_full(weight=1 * mV, delay=1 * ms),
            WiringError,
        ),
        (lambda C: Connection(C.source, C.target).set_delays(1 * ms), WiringError),
    ],
)
def test_a_wrong_delay_is_refused(make_source, make_target, act, error):
    C = DelayConnection(make_source(2), make_target(2), "v", weight=1 * mV, max_delay=5 * ms)
    with pytest.raises(error):
        act(C)


def test_without_max_delay_there_is_no_limit(make_source, make_target):
    C = DelayConnection(make_source(1), make_target(1), "v", weight=1 * mV, delay=30 * ms)
    assert arrival_steps(C, 40 * ms) == [300]


# -- against a simulation with nothing clever ------------------------------------------------


@pytest.fixture(scope="module")
def busy():
    """Pacemakers onto silent targets, and what these should have after 300 steps."""
    generator = np.random.default_rng(8)
    wiring = random_wiring(40, 60, generator)
    state = generator.bit_generator.state

    def build(threads=1, reference=False):
        defaultclock.reinit()
        generator.bit_generator.state = state
        source = make_pacemakers(40, generator)
        target = NeuronGroup(60, "v : volt")
        C = Connection(source, target, "v", delay=True)
        connect(C, wiring)
        M = SpikeMonitor(source)
        network = Network(source, target, C, M, threads=threads)
        network._reference = reference
        return network, C, M

    network, C, M = build()
    network.run(30 * ms)
    assert M.nspikes > 300
    return build, replay(wiring, M, 60, 300)


def test_every_target_gets_what_it_should(busy):
    build, expected = busy
    network, C, _ = build()
    network.run(30 * ms)
    assert np.allclose(C.target.v, expected, rtol=1e-12, atol=1e-18)


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_do_not_change_a_bit(busy, threads):
    build, _ = busy
    network, C, _ = build()
    network.run(30 * ms)
    other, D, _ = build(threads)
    other.run(30 * ms)
    assert np.array_equal(C.target.v, D.target.v)


def test_cut_runs_and_changed_threads_keep_what_is_on_its_way(busy):
    build, expected = busy
    network, C, _ = build()
    for steps, threads in ((3, 1), (50, 3), (1, 3), (96, 2), (150, 1)):
        network.run(steps * 0.1 * ms, threads=threads)
    assert np.allclose(C.target.v, expected, rtol=1e-12, atol=1e-18)


def test_plain_python_gives_the_same(busy):
    build, _ = busy
    results = []
    for reference in (False, True):
        network, C, _ = build(reference=reference)
        network.run(4 * ms)
        results.append(C.target.v.copy())
    assert np.array_equal(*results)


def test_a_restored_state_repeats_what_followed(busy):
    build, expected = busy
    network, C, _ = build()
    network.run(11 * ms)
    state = network.store()
    v = C.target.v.copy()
    network.run(7 * ms, threads=2)
    C.delay = 9 * ms
    C.weight_scale = 3
    network.run(5 * ms)
    network.restore(state)
    assert np.array_equal(C.target.v, v)
    network.run(19 * ms)
    assert np.allclose(C.target.v, expected, rtol=1e-12, atol=1e-18)


@pytest.mark.parametrize("threads", [1, 2])
def test_more_spikes_than_the_lists_hold_are_all_delivered(threads):
    generator = np.random.default_rng(2)
    source = NeuronGroup(300, "x : 1", threshold="x > 0", reset="x = 1")
    source.x = 1
    target = NeuronGroup(520, "v : volt")
    C = Connection(source, target, "v", delay=True)
    weights = generator.normal(size=(300, 520)) * 1e-3
    steps = generator.integers(0, 5, (300, 520))
    C.connect(W=weights, delay=steps * STEP)
    network = Network(C, threads=threads)
    network.run(1 * ms)
    assert C.values.arrivals.summed.any()
    expected = (weights * (10 - steps)).sum(axis=0)
    assert np.allclose(target.v, expected, rtol=1e-9, atol=1e-15)


def test_lists_and_sums_give_the_same_bits():
    """Two threads have shorter lists than one, so other lists become full."""
    generator = np.random.default_rng(2)
    weights, steps = (
        generator.normal(size=(300, 2000)) * 1e-3,
        generator.integers(0, 9, (300, 2000)),
    )
    results = []
    for threads in (1, 2, 3):
        source = NeuronGroup(300, "x : 1", threshold="x > 0", reset="x -= 1")
        source.x = np.arange(300) % 13
        target = NeuronGroup(2000, "v : volt")
        C = Connection(source, target, "v", delay=True)
        C.connect(W=weights * (np.abs(weights) > 1e-3), delay=steps * STEP)
        C.weight_scale = 1 / 3
        Network(C, threads=threads).run(2 * ms)
        results.append(target.v.copy())
    assert np.array_equal(results[0], results[1])
    assert np.array_equal(results[0], results[2])


def test_a_matrix_of_all_pairs_sets_the_delays_that_there_are(make_source, make_target):
    C = DelayConnection(make_source(3), make_target(4), "v")
    C.connect(W=np.eye(3, 4) * 1e-3)
    C.delay[:] = np.arange(12.0).reshape(3, 4) * STEP
    expected = np.eye(3, 4) * np.arange(12.0).reshape(3, 4) * STEP
    assert C.delay.todense() == pytest.approx(expected)
    C.delay[:] = C.delay[:]
    C.delay[:, :] = 2 * C.delay[:, :]
    C.delay[:] = C.delay
    assert C.delay.todense() == pytest.approx(2 * expected)


def test_shapes_that_do_not_fit_are_named_with_their_connection(make_source, make_target):
    C = DelayConnection(make_source(3), make_target(4), "v")
    C.connect(W=np.eye(3, 4) * 1e-3)
    with pytest.raises(WiringError, match=r"the delay of the .*: \(2, 2\) values for \(3, 4\) "):
        C.delay[:] = np.ones((2, 2))
    with pytest.raises(WiringError, match=r"the weight of the .* onto v: \(5,\) values for 3 "):
        C.W[:] = np.ones(5)
