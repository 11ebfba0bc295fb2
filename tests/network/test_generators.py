"""Groups that fire at given times."""

import logging
from itertools import count

import numpy as np
import pytest

from brian_nb import (
    Connection,
    MultipleSpikeGeneratorGroup,
    Network,
    NeuronGroup,
    PulsePacket,
    SpikeGeneratorGroup,
    SpikeMonitor,
    defaultclock,
    seed,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS
from tests.network.fired import EXPECTED, PAIRS, fire, steps_of

ms, mV, second = (ALL_UNITS[name] for name in ("ms", "mV", "second"))


# -- forms of spikes ---------------------------------------------------------------------------


def generate():
    yield from PAIRS


@pytest.mark.parametrize(
    "spikes",
    [
        PAIRS,
        PAIRS[::-1],
        tuple(PAIRS),
        [list(pair) for pair in PAIRS],
        [(neuron, float(t)) for neuron, t in PAIRS],
        [(neuron, np.float64(t)) for neuron, t in PAIRS],
        np.array([(neuron, float(t)) for neuron, t in PAIRS]),
        np.array([(neuron, float(t)) for neuron, t in PAIRS])[::-1],
        (np.array([0, 1, 1, 0]), np.array([1, 2, 3, 4]) * 1e-3),
        ([0, 1, 1, 0], [1 * ms, 2 * ms, 3 * ms, 4 * ms]),
        generate(),
        generate,
        lambda: PAIRS,
        zip([0, 1, 1, 0], [1 * ms, 2 * ms, 3 * ms, 4 * ms], strict=True),
    ],
)
def test_spikes_can_be_given_in_many_forms(spikes):
    assert fire(SpikeGeneratorGroup(2, spikes)) == EXPECTED


def test_a_pair_may_hold_several_neurons():
    spikes = [(np.array([2, 0]), 1 * ms), ([1, 2], 2 * ms), (0, 3 * ms)]
    expected = [(0, 10), (2, 10), (1, 20), (2, 20), (0, 30)]
    G, H = SpikeGeneratorGroup(3, spikes), SpikeGeneratorGroup(3, iter(spikes))
    M, L = SpikeMonitor(G), SpikeMonitor(H)
    Network(G, H, M, L).run(5 * ms)
    assert steps_of(M) == steps_of(L) == expected


def test_without_spikes_nothing_fires():
    assert fire(SpikeGeneratorGroup(3, [])) == []
    assert fire(SpikeGeneratorGroup(3, np.zeros((0, 2)))) == []
    assert fire(MultipleSpikeGeneratorGroup([[], []])) == []


def test_the_number_of_neurons_may_be_left_out():
    assert len(SpikeGeneratorGroup(PAIRS)) == 2
    with pytest.raises(ModelError, match="needs spike times"):
        SpikeGeneratorGroup(3)


@pytest.mark.parametrize(
    "t, step", [(0, 0), (0.1, 1), (0.11, 2), (0.15, 2), (0.19999, 2), (0.3, 3)]
)
def test_times_are_rounded_up_to_the_grid(t, step):
    assert fire(SpikeGeneratorGroup(1, [(0, t * ms)])) == [(0, step)]


def test_every_time_of_the_grid_is_met_exactly():
    times = np.arange(2000) * 0.1e-3
    group = SpikeGeneratorGroup(1, np.stack([np.zeros(2000), times], axis=1))
    assert fire(group, 200 * ms) == [(0, step) for step in range(2000)]


# -- several spikes in one step ----------------------------------------------------------------


def test_of_two_spikes_in_one_step_one_is_left_with_a_warning(caplog):
    with caplog.at_level(logging.WARNING, "brian_nb"):
        found = fire(SpikeGeneratorGroup(2, [(0, 1.01 * ms), (1, 1.02 * ms), (0, 1.03 * ms)]))
    assert found == [(0, 11), (1, 11)]
    assert "count as one" in caplog.text


def test_spikes_of_several_trains_stack_up_and_come_out_one_a_step(caplog):
    trains = [[1.01 * ms, 1.02 * ms, 1.03 * ms, 1.2 * ms, 5 * ms], [1.05 * ms]]
    with caplog.at_level(logging.WARNING, "brian_nb"):
        found = fire(MultipleSpikeGeneratorGroup(trains))
    assert found == [(0, 11), (1, 11), (0, 12), (0, 13), (0, 14), (0, 50)]
    assert "one a step" in caplog.text


def test_generators_stack_up_as_lists_do():
    trains = [[0.31, 0.32, 0.33, 0.34, 0.5, 0.51, 9], [0.35, 0.36, 2]]
    lists = [[t * ms for t in train] for train in trains]
    expected = fire(MultipleSpikeGeneratorGroup(lists))
    defaultclock.reinit()
    endless = MultipleSpikeGeneratorGroup([iter(train) for train in lists])
    assert fire(endless, n_runs=20) == expected


# -- generators --------------------------------------------------------------------------------


def test_an_endless_generator_is_consumed_no_further_than_a_run_needs():
    taken = []

    def endless():
        for k in count():
            taken.append(k)
            yield k % 3, k * 0.5 * ms

    G = SpikeGeneratorGroup(3, endless())
    M = SpikeMonitor(G)
    network = Network(G, M)
    network.run(10 * ms)
    assert steps_of(M) == [(k % 3, 5 * k) for k in range(20)]
    assert len(taken) <= 22
    network.run(10 * ms)
    assert steps_of(M) == [(k % 3, 5 * k) for k in range(40)]


def test_a_generator_is_not_run_before_it_is_needed():
    def fail():
        raise AssertionError
        yield

    SpikeGeneratorGroup(1, fail())


def test_many_spikes_pass_through_the_buffer_in_portions():
    n, n_steps = 200, 500
    neurons, steps = np.meshgrid(np.arange(n), np.arange(n_steps))
    G = SpikeGeneratorGroup(n, (neurons.ravel(), steps.ravel() * 1e-4))
    H = SpikeGeneratorGroup(n, ((i, k * 1e-4) for k in range(n_steps) for i in range(n)))
    M, L = SpikeMonitor(G), SpikeMonitor(H)
    Network(G, H, M, L).run(50 * ms)
    assert M.nspikes == L.nspikes == n * n_steps
    assert steps_of(M) == steps_of(L) == [(i, k) for k in range(n_steps) for i in range(n)]


# -- periods -----------------------------------------------------------------------------------


@pytest.mark.parametrize("n_runs", [1, 8])
def test_a_period_repeats_all_spikes(n_runs):
    G = SpikeGeneratorGroup(2, [(0, 0 * ms), (1, 1.5 * ms), (0, 7 * ms)], period=2 * ms)
    found = fire(G, 8 * ms, n_runs=n_runs)
    assert found == [spike for k in range(4) for spike in [(0, 20 * k), (1, 20 * k + 15)]]


def test_a_period_need_not_be_a_number_of_steps():
    G = SpikeGeneratorGroup(1, [(0, 0.12 * ms)], period=0.33 * ms)
    expected = [(0, int(np.ceil((0.12 + 0.33 * k) / 0.1 - 1e-6))) for k in range(300)]
    assert fire(G, 99 * ms, n_runs=3) == [spike for spike in expected if spike[1] < 990]


def test_a_long_run_with_a_short_period_goes_through_the_buffer_many_times():
    G = SpikeGeneratorGroup(3, [(0, 0 * ms), (1, 0 * ms), (2, 0.1 * ms)], period=0.2 * ms)
    M = SpikeMonitor(G, record=False)
    Network(G, M).run(2 * second)
    assert M.nspikes == 30_000


def test_a_period_starts_anywhere():
    defaultclock.t = 1 * second
    G = SpikeGeneratorGroup(1, [(0, 0.5 * ms)], period=2 * ms)
    assert fire(G, 6 * ms) == [(0, 10_005), (0, 10_025), (0, 10_045)]


def test_functions_and_trains_can_have_a_period_and_generators_cannot():
    def endless():
        return ((0, k * ms) for k in count())

    assert fire(SpikeGeneratorGroup(1, endless, period=2 * ms), 4 * ms) == [
        (0, 0), (0, 10), (0, 20), (0, 30),
    ]  # fmt: skip
    defaultclock.reinit()
    G = MultipleSpikeGeneratorGroup([[0.5 * ms], [1 * ms]], period=2 * ms)
    assert fire(G, 4 * ms) == [(0, 5), (1, 10), (0, 25), (1, 30)]
    with pytest.raises(ModelError, match="cannot begin again after a period"):
        SpikeGeneratorGroup(1, endless(), period=2 * ms)
    with pytest.raises(ModelError, match="period of spikes must be positive"):
        SpikeGeneratorGroup(1, PAIRS, period=0 * ms)


# -- spikes of each neuron ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "make",
    [list, tuple, iter, lambda train: lambda: train, lambda train: np.array(train, float)],
)
def test_trains_can_be_given_in_many_forms(make):
    trains = [[1 * ms, 2 * ms], [3 * ms], [1 * ms, 3 * ms, 5 * ms]]
    found = fire(MultipleSpikeGeneratorGroup([make(train) for train in trains]))
    assert found == [(0, 10), (2, 10), (0, 20), (1, 30), (2, 30), (2, 50)]


def test_endless_trains_are_merged_and_begin_again():
    def every(period):
        return lambda: (k * period * ms for k in count(1))

    G = MultipleSpikeGeneratorGroup([every(2), every(3), (k * 2.5 * ms for k in count(1))])
    M = SpikeMonitor(G)
    network = Network(G, M)
    network.run(7 * ms)
    expected = [(0, 20), (2, 25), (1, 30), (0, 40), (2, 50), (0, 60), (1, 60)]
    assert steps_of(M) == expected
    network.reinit()
    network.run(7 * ms)
    assert steps_of(M) == expected


# -- pulse packets -----------------------------------------------------------------------------


def test_a_pulse_packet_has_one_spike_a_neuron_with_a_gaussian_time():
    seed(1)
    G = PulsePacket(50 * ms, 2000, 5 * ms)
    M = SpikeMonitor(G)
    Network(G, M).run(100 * ms)
    neurons, times = map(np.array, zip(*M.spikes, strict=True))
    assert sorted(neurons) == list(range(2000))
    # Rounding up to 0.1 ms moves the mean by half a step; 5 standard errors.
    assert times.mean() == pytest.approx(50.05e-3, abs=5 * 5e-3 / 2000**0.5)
    assert times.std() == pytest.approx(5e-3, rel=5 / (2 * 2000) ** 0.5)
    assert abs(np.corrcoef(neurons, times)[0, 1]) < 5 / 2000**0.5


def test_generate_draws_another_packet():
    seed(1)
    G = PulsePacket(t=5 * ms, n=100, sigma=0 * ms)
    M = SpikeMonitor(G)
    network = Network(G, M)
    network.run(10 * ms)
    assert {t for _, t in M.spikes} == {5e-3}
    network.reinit()
    G.generate(7 * ms, 30, 0 * ms)
    network.run(10 * ms)
    assert M.nspikes == 30 and len({i for i, _ in M.spikes}) == 30
    assert {round(t * 1e3, 6) for _, t in M.spikes} == {7.0}
    G.generate(7 * ms, 0, 0 * ms)
    with pytest.raises(ModelError, match="has 100 neurons and cannot fire 101 spikes"):
        G.generate(7 * ms, 101, 1 * ms)
    with pytest.raises(ModelError, match="cannot be negative"):
        G.generate(7 * ms, 10, -1 * ms)
    with pytest.raises(DimensionMismatchError):
        G.generate(7 * mV, 10, 1 * ms)


# -- mistakes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spikes, message",
    [
        ([(0, 1 * ms), (2, 2 * ms)], "has no neuron 2"),
        ([(-1, 1 * ms)], "has no neuron -1"),
        ([(0.5, 1 * ms)], "numbered by whole numbers"),
        (np.array([[0, 0.001], [5, 0.002]]), "has no neuron 5"),
        (np.array([0.001, 0.002]), "two columns"),
        ([1 * ms, 2 * ms], "is a pair"),
        ([(0, "soon")], "'soon' is no time"),
        ([(0, float("nan"))], "must be finite"),
        (([0, 1], [1 * ms]), "2 neurons and 1 times"),
        (7 * ms, "must be pairs"),
    ],
)
def test_mistakes_in_spikes_are_named(spikes, message):
    with pytest.raises(ModelError, match=message):
        SpikeGeneratorGroup(2, spikes)


def test_a_time_in_another_unit_is_named():
    with pytest.raises(DimensionMismatchError, match="the time of a spike .* must be in second"):
        SpikeGeneratorGroup(2, [(0, 1 * mV)])


def test_generators_have_to_keep_the_order_of_time():
    G = SpikeGeneratorGroup(2, iter([(0, 3 * ms), (1, 2 * ms)]))
    network = Network(G)
    with pytest.raises(ModelError, match="`G` are not in the order of time: after 3 ms comes 2 ms"):
        network.run(5 * ms)
    with pytest.raises(ModelError, match="not in the order"):
        SpikeGeneratorGroup(2, PAIRS[::-1], sort=False)
    H = MultipleSpikeGeneratorGroup([[1 * ms], iter([2 * ms, 1 * ms])])
    with pytest.raises(ModelError, match="of neuron 1 of .* not in the order"):
        Network(H).run(5 * ms)


def test_a_generator_names_a_neuron_out_of_range_when_it_comes():
    G = SpikeGeneratorGroup(2, iter([(0, 1 * ms), (7, 2 * ms)]))
    with pytest.raises(ModelError, match="`G` has no neuron 7"):
        Network(G).run(5 * ms)


# -- as a group --------------------------------------------------------------------------------


def test_parts_of_a_generator_group_can_be_connected_and_recorded():
    G = SpikeGeneratorGroup(4, [(i, (i + 1) * ms) for i in range(4)])
    G.position = [1, 2, 3, 4]
    H = NeuronGroup(2, "v : volt")
    C = Connection(G[2:], H, "v", weight=1 * mV)
    M = SpikeMonitor(G[1:3])
    Network(G, H, C, M).run(10 * ms)
    assert np.allclose(H.v, 2e-3)
    assert steps_of(M) == [(0, 20), (1, 30)]
    assert G.position == [1, 2, 3, 4]


def test_classes_can_be_derived():
    class EquallySpaced(SpikeGeneratorGroup):
        def __init__(self, n, dt):
            SpikeGeneratorGroup.__init__(self, 1, [(0, i * dt) for i in range(n)])

    assert fire(EquallySpaced(3, 2 * ms)) == [(0, 0), (0, 20), (0, 40)]
