"""Coincidences with target trains, against counting all pairs."""

import numpy as np
import pytest

from brian_nb import CoincidenceCounter, SpikeMonitor
from brian_nb.analysis import gamma_factor
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS
from tests.network.monitors.conftest import DELTA, DT, FIRST, LAST, N_STEPS, ONSET

ms, second, mV = ALL_UNITS["ms"], ALL_UNITS["second"], ALL_UNITS["mV"]
ROUNDING = 1e-9


def count_near(model, target, delta):
    """Target spikes with a model spike at most `delta` away."""
    near = np.abs(np.subtract.outer(target, model)) <= delta + ROUNDING
    return near.any(axis=1).sum() if len(model) else 0


def count_pairs(model, target, delta):
    """Most pairs with each spike in one pair only: augmenting paths in the bipartite graph."""
    near = np.abs(np.subtract.outer(target, model)) <= delta + ROUNDING
    partner = {}

    def find_partner(i, seen):
        for j in np.flatnonzero(near[i]):
            if j not in seen:
                seen.add(j)
                if j not in partner or find_partner(partner[j], seen):
                    partner[j] = i
                    return True
        return False

    return sum(find_partner(i, set()) for i in range(len(target)))


@pytest.fixture(scope="session")
def target_trains(recorded):
    """Target spikes of each neuron of the subgroup, in seconds."""
    found = [[] for _ in range(LAST - FIRST)]
    for neuron, time in recorded.targets:
        found[neuron].append(time)
    return [np.sort(train) for train in found]


def test_exclusive_coincidences_are_the_most_pairs(recorded, trains, target_trains):
    M = recorded.exclusive
    pairs = zip(trains, target_trains, strict=True)
    expected = [count_pairs(train * DT, target, float(DELTA)) for train, target in pairs]
    assert M.coincidences.tolist() == expected
    assert sum(expected) > 200
    assert M.model_length.tolist() == list(map(len, trains))
    assert M.target_length.tolist() == list(map(len, target_trains))


def test_inclusive_coincidences_are_the_target_spikes_with_a_spike_near(
    recorded, trains, target_trains
):
    M = recorded.inclusive
    late = [train[train * DT >= float(ONSET) - ROUNDING] for train in trains]
    pairs = zip(late, target_trains, strict=True)
    expected = [count_near(train * DT, target, float(DELTA)) for train, target in pairs]
    assert M.coincidences.tolist() == expected
    assert sum(expected) > 150
    assert M.model_length.tolist() == list(map(len, late))
    begin = float(ONSET - DELTA)
    assert M.target_length.tolist() == [np.count_nonzero(t >= begin) for t in target_trains]


def test_gamma_is_that_of_the_formula(recorded, trains, target_trains):
    M = recorded.exclusive
    duration = N_STEPS * DT
    for i in range(0, LAST - FIRST, 13):
        chance = 2 * len(trains[i]) / duration * float(DELTA)
        total = len(trains[i]) + len(target_trains[i])
        surplus = M.coincidences[i] - chance * len(target_trains[i])
        expected = 2 * surplus / total / (1 - chance) if chance < 1 and total else np.nan
        assert M.gamma[i] == pytest.approx(expected, nan_ok=True)


@pytest.fixture
def compare(make_pulses):
    """Function that makes a counter for neurons that fire in given steps, after a run of 5 ms."""

    def make(*trains, **keywords):
        network = make_pulses(*trains)
        M = CoincidenceCounter(network.G, **keywords)
        network.add(M)
        network.run(5 * ms)
        return M

    return make


def test_equal_trains_have_gamma_one(compare):
    data = [(0, 1 * ms), (0, 3 * ms), (1, 2 * ms)]
    M = compare([10, 30], [20], data=data, delta=0.2 * ms)
    assert M.gamma == pytest.approx([1, 1])
    assert np.isnan(compare([10], [], data=[(0, 1 * ms)], delta=0.2 * ms).gamma[1])


def test_gamma_agrees_with_the_function_on_recorded_trains(make_pulses):
    steps = list(range(5, 200, 10))
    network = make_pulses(steps)
    target = (np.array(steps) + np.tile([0, 7], 10)) * DT
    spikes = SpikeMonitor(network.G)
    M = CoincidenceCounter(network.G, target, delta=0.2 * ms)
    network.add(spikes, M)
    network.run(20 * ms)
    assert M.gamma[0] == pytest.approx(gamma_factor(spikes[0], target, 0.2 * ms), abs=1e-6)


def test_a_distance_of_exactly_delta_counts(compare):
    data = [(0, 1.4 * ms), (1, 1.5 * ms), (2, 0.6 * ms), (3, 0.5 * ms)]
    M = compare([10], [10], [10], [10], data=data, delta=0.4 * ms)
    assert M.coincidences.tolist() == [1, 0, 1, 0]


def test_one_spike_may_meet_several_target_spikes_or_one(compare):
    data = [(0, 0.9 * ms), (0, 1.1 * ms), (0, 1.2 * ms)]
    assert compare([10, 12], data=data, delta=0.3 * ms).coincidences.tolist() == [2]
    inclusive = {"coincidence_count_algorithm": "inclusive", "delta": 0.3 * ms}
    assert compare([10, 12], data=data, **inclusive).coincidences.tolist() == [3]


def test_trains_one_after_the_other_with_sentinels(compare):
    data = [-1, 1e-3, 2e-3, 6, -1, 3e-3, 6]
    M = compare([10, 20], [30], [30], data=data, spiketimes_offset=[0, 4, 0], delta=0.1 * ms)
    assert M.coincidences.tolist() == [2, 1, 0]
    assert M.target_length.tolist() == [2, 1, 2]


def test_trains_that_nobody_refers_to_end_the_ones_before(compare):
    data = [1e-3, 2e-3, 1.5e-3, 3e-3]
    M = compare([10, 20, 30], data=data, spiketimes_offset=[0], delta=0.1 * ms)
    assert M.target_length.tolist() == [2]


def test_one_train_serves_all_neurons(compare):
    M = compare([10], [20], data=np.array([2e-3, 1e-3]), delta=0.1 * ms)
    assert M.coincidences.tolist() == [1, 1]
    assert M.target_length.tolist() == [2, 2]


def test_delays_shift_the_target_trains(compare):
    delays = np.array([0, 1e-3])
    M = compare([20], [20], data=[1e-3], spikedelays=delays, delta=0.1 * ms)
    assert M.coincidences.tolist() == [0, 1]


def test_counting_goes_on_over_runs_and_begins_again(make_pulses):
    network = make_pulses([10, 30], [])
    M = CoincidenceCounter(network.G, [(0, 1 * ms), (0, 3 * ms), (1, 2 * ms)], delta=0.2 * ms)
    network.add(M)
    network.run(2 * ms)
    assert M.coincidences.tolist() == [1, 0]
    assert M.target_length.tolist() == [1, 1]
    network.run(2 * ms)
    assert M.coincidences.tolist() == [2, 0]
    M.reinit()
    assert M.coincidences.tolist() == [0, 0]
    network.reinit()
    network.run(4 * ms)
    assert M.coincidences.tolist() == [2, 0]
    assert M.target_length.tolist() == [2, 1]


def test_a_network_put_back_in_time_meets_its_targets_again(make_pulses):
    network = make_pulses([10, 30])
    M = CoincidenceCounter(network.G, [(0, 1 * ms), (0, 3 * ms)], delta=0.2 * ms)
    network.add(M)
    network.run(2 * ms)
    state = network.store()
    network.run(2 * ms)
    network.restore(state)
    network.run(2 * ms)
    assert M.coincidences.tolist() == [3]
    assert M.model_length.tolist() == [3]


@pytest.mark.parametrize(
    ("keywords", "error"),
    [
        ({}, ModelError),
        ({"data": [(5, 1 * ms)]}, ModelError),
        ({"data": [(0.5, 1 * ms)]}, ModelError),
        ({"data": np.zeros((2, 3))}, ModelError),
        ({"data": "spikes"}, ModelError),
        ({"data": [1e-3], "spiketimes_offset": [0, 0]}, ModelError),
        ({"data": [1e-3], "spiketimes_offset": [1]}, ModelError),
        ({"data": [1e-3], "spikedelays": np.zeros(3)}, ModelError),
        ({"data": [1e-3], "spikedelays": 1 * mV}, DimensionMismatchError),
        ({"data": [1e-3], "delta": 1 * mV}, DimensionMismatchError),
        ({"data": [1e-3], "delta": -1 * ms}, ModelError),
        ({"data": [1e-3], "coincidence_count_algorithm": "some"}, ModelError),
    ],
)
def test_what_does_not_fit_is_refused(make_pulses, keywords, error):
    with pytest.raises(error):
        CoincidenceCounter(make_pulses([1]).G, **keywords)
