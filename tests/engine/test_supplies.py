"""What is laid out ahead of a segment: spikes, values of functions, tables."""

import numpy as np
import pytest

from brian_nb.engine import Forecast, Schedule, TableState, TimeBase
from brian_nb.engine.schedule import END
from brian_nb.equations.externals import Table
from brian_nb.network.spike_reading import Feed
from brian_nb.network.spike_trains import PeriodicTrain, SpikeTrain, find_steps

DT = 1e-4


def describe():
    return "the group"


class CountingTrain:
    """Every neuron in turn, one spike a step; says how often it was read."""

    def __init__(self, n=3):
        self.n, self.reads = n, []

    def read(self, timebase, stop, capacity):
        self.reads.append((timebase.step, stop))
        steps = np.arange(timebase.step, stop)
        return steps, steps % self.n, stop


def test_a_schedule_reads_only_what_is_missing():
    train, time = CountingTrain(), TimeBase(DT)
    schedule = Schedule(3, train)
    schedule.fill(time, 10)
    time.step = 5
    schedule.fill(time, 10)
    assert train.reads == [(0, 10)] and schedule.cursor == 5
    time.step = 10
    schedule.fill(time, 30)
    assert train.reads[1:] == [(10, 30)] and schedule.cursor == 0
    time.step = 4
    schedule.fill(time, 30)
    assert train.reads[2:] == [(4, 30)]
    time.set_dt(2 * DT)
    schedule.fill(time, 30)
    assert len(train.reads) == 4
    schedule.replace(CountingTrain(5))
    schedule.fill(time, 12)
    assert schedule.neurons[: schedule.filled].max() == 4


def test_steps_of_times_are_rounded_up():
    time = TimeBase(DT)
    times = np.array([0, 0.99e-4, 1e-4, 1.00009e-4, 1.001e-4, -0.5e-4])
    assert find_steps(times, time).tolist() == [0, 1, 1, 1, 2, 0]
    time.step = 100
    time.set_dt(2 * DT)  # 10 ms have passed, and step 100 begins
    assert find_steps(np.array([10e-3, 10.1e-3]), time).tolist() == [100, 101]


@pytest.mark.parametrize("capacity", [7, 20, 1000])
@pytest.mark.parametrize("stacks", [False, True])
def test_a_train_read_in_portions_gives_all_spikes(capacity, stacks):
    rng = np.random.default_rng(capacity)
    times, neurons = np.sort(rng.uniform(0, 0.02, 500)), rng.integers(0, 6, 500)
    whole = SpikeTrain(describe, times, neurons, stacks=stacks)
    steps, owners, known = whole.read(TimeBase(DT), END, 10**6)
    assert known == END
    expected = list(zip(steps.tolist(), owners.tolist(), strict=True))
    assert expected == sorted(set(expected))
    if stacks:
        assert len(expected) == 500

    feed = Feed(iter(zip(times.tolist(), neurons.tolist(), strict=True)))
    train, time = SpikeTrain(describe, [], [], feed, stacks), TimeBase(DT)
    found, stop = [], 0
    while time.step < 400:
        stop = max(stop, time.step + 30)
        steps, owners, known = train.read(time, stop, capacity)
        assert known > time.step and len(steps) <= max(capacity, 6)
        found += zip(steps.tolist(), owners.tolist(), strict=True)
        time.step = min(known, stop)
        found = [spike for spike in found if spike[0] < time.step]
    assert found == [spike for spike in expected if spike[0] < time.step]


def test_stacked_spikes_keep_their_order_and_leave_no_step_free():
    train = SpikeTrain(describe, np.array([1, 1, 1, 2, 2]) * DT, [0, 0, 1, 0, 0], stacks=True)
    steps, neurons, _ = train.read(TimeBase(DT), END, 100)
    assert steps[neurons == 0].tolist() == [1, 2, 3, 4]
    assert steps[neurons == 1].tolist() == [1]


def test_periods_shorter_than_the_buffer_or_longer():
    for n, period, capacity in ((3, 5e-4, 10), (3, 0.05, 10), (50, 1e-3, 20)):
        times, neurons = np.linspace(0, period * 0.99, n), np.arange(n)
        train, time = PeriodicTrain(describe, times, neurons, period), TimeBase(DT)
        found = []
        while time.step < 1000:
            steps, owners, known = train.read(time, 1000, max(capacity, n))
            assert known > time.step
            keep = steps < min(known, 1000)
            found += zip(steps[keep].tolist(), owners[keep].tolist(), strict=True)
            time.step = min(known, 1000)
        all_times = (times + np.arange(2000)[:, None] * period).ravel()
        pairs = zip(find_steps(all_times, TimeBase(DT)), np.tile(neurons, 2000), strict=True)
        assert found == sorted({(int(a), int(b)) for a, b in pairs if a < 1000})


def test_a_forecast_computes_each_step_once():
    calls = []

    def compute(t):
        calls.append(round(t / DT))
        return t

    forecast, time = Forecast(compute, 5), TimeBase(DT)
    forecast.fill(time, 10)
    time.step = 7
    forecast.fill(time, 10)
    time.step = 10
    forecast.fill(time, 13)
    assert calls == list(range(13))
    assert np.allclose(forecast.values[:3], np.arange(10, 13) * DT)
    assert (forecast.first, forecast.known, forecast.stride) == (10, 13, 0)


def test_a_forecast_makes_room_where_values_differ():
    forecast, time = Forecast(lambda t: np.arange(5.0) if t > 2.5 * DT else 7.0, 5), TimeBase(DT)
    forecast.fill(time, 5)
    rows = forecast.values[:25].reshape(5, 5)
    assert (forecast.width, forecast.stride) == (5, 1)
    assert rows.tolist() == [[7] * 5] * 3 + [[0, 1, 2, 3, 4]] * 2


def test_a_forecast_goes_as_far_as_its_buffer():
    forecast, time = Forecast(lambda t: np.zeros(1000), 1000), TimeBase(DT)
    forecast.fill(time, 10**6)
    assert forecast.known == len(forecast.values) // 1000 >= 16


def test_a_forecast_is_computed_anew_when_its_origin_changes():
    gain = np.array([2.0])
    forecast, time = Forecast(lambda t: gain[0], 1, lambda: [gain.copy()]), TimeBase(DT)
    forecast.fill(time, 10)
    time.step = 3
    gain[0] = 4
    forecast.fill(time, 10)
    assert forecast.first == 3 and forecast.values[0] == 4


@pytest.mark.parametrize(
    "table, points",
    [
        (Table("steps", values=np.arange(5.0), start=1.0, width=0.5), [-1, 1, 1.4, 1.5, 99]),
        (Table("cells", values=np.arange(5.0), start=1.0, width=0.5), [0.99, 1, 1.6, 3.49, 3.5]),
        (Table("lines", values=np.arange(5.0) ** 2, start=1.0, width=0.5), [0.9, 1, 1.2, 2.9, 3]),
        (Table("times", values=np.arange(3.0), times=np.array([0, 1, 5.0])), [-1, 0, 1, 4.9, 5]),
    ],
)
def test_what_compiled_code_reads_is_what_numpy_finds(table, points):
    state = TableState(table)
    constants = state.constants
    expected = table.compute(np.array(points, float))
    for x, value in zip(points, expected, strict=True):
        place = (x - constants["start"]) * constants["rate"]
        if table.form == "times":
            row = max(0, np.searchsorted(state.times, x + constants["slack"], side="right") - 1)
        elif table.form == "steps":
            row = int(min(max(place + 1e-6, 0), constants["last"]))
        else:
            row = int(place if 0 <= place < constants["end"] else constants["end"])
        found = state.values[row] + (state.slopes[row] * place if table.form == "lines" else 0)
        assert found == pytest.approx(value, nan_ok=True)
