"""Buffers and recordings: nothing is lost, doubled or labelled with a wrong time."""

import threading

import numpy as np
import pytest

from brian_nb import (
    ISIHistogramMonitor,
    Network,
    NetworkOperation,
    NeuronGroup,
    PopulationRateMonitor,
    RecentStateMonitor,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
)
from brian_nb.engine.buffers import Epoch, RateBuffer, StateBuffer
from brian_nb.errors import SimulationError
from brian_nb.recordings.chunks import Chunks
from brian_nb.recordings.step_times import StepTimes
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]


def make_ramp():
    return NeuronGroup(3, "dx/dt = 1/ms : 1", threshold="x > 0.25", reset="x = 0")


def steps_of(monitor):
    return np.rint(np.asarray(monitor.times) / 1e-4).astype(int).tolist()


def test_cleared_rates_begin_at_the_present_time():
    R = PopulationRateMonitor(make_ramp())
    network = Network(R.source, R)
    for _ in range(3):
        network.run(0.5 * ms)
    R.clear_recordings()
    network.run(0.5 * ms)
    assert steps_of(R) == [15, 16, 17, 18, 19]


@pytest.mark.parametrize("capacity", [1, 7])
def test_full_buffers_are_emptied_within_a_run(monkeypatch, capacity):
    for name in ("BUFFER_BYTES", "LEAST_BYTES", "MOST_BYTES"):
        monkeypatch.setattr(f"brian_nb.engine.buffers.{name}", 8 * capacity)
    monkeypatch.setattr("brian_nb.engine.buffers.MIN_SPIKES", 1)
    G = make_ramp()
    M, R, V = SpikeMonitor(G), PopulationRateMonitor(G), StateMonitor(G, "x", record=[1])
    assert isinstance(R.make_probe(0)[1], RateBuffer)
    network = Network(G, M, R, V)
    network.run(10 * ms)
    assert steps_of(R) == steps_of(V) == list(range(100))
    assert M.spikes == [(i, 1e-4 * k) for k in range(2, 100, 3) for i in range(3)]
    assert network._simulation.storage.probes[2].capacity == capacity


def test_every_value_is_kept_in_order_however_long_the_runs_are():
    G = NeuronGroup(1, "dx/dt = 1/ms : 1", method="Euler")
    M = StateMonitor(G, "x", record=True)
    network = Network(G, M)
    for milliseconds in (0.1, 300, 5, 7000, 0.1, 9000, 25):
        network.run(milliseconds * ms)
    assert len(M[0]) == 163_302
    assert np.allclose(M[0], 0.1 * np.arange(1, 163_303), rtol=1e-9)
    assert steps_of(M) == list(range(163_302))


def test_a_reader_in_another_thread_cannot_empty_a_buffer_that_a_failing_run_will_put_back():
    G = NeuronGroup(1, "dx/dt = x*x/ms : 1", method="Euler")
    G.x = 1
    M = StateMonitor(G, "x", record=True)
    network = Network(G, M)
    network.run(0.1 * ms)
    checkpoint = network._simulation._checkpoint
    save = checkpoint.save

    def save_and_let_read(stage):
        save(stage)
        reader = threading.Thread(target=M.recording.pull)
        reader.start()
        reader.join()

    checkpoint.save = save_and_let_read
    with pytest.raises(SimulationError):
        network.run(100 * ms)
    assert steps_of(M) == list(range(len(M.times)))
    assert float(network.clock.t) == pytest.approx(1e-4 * len(M.times))


def test_a_stored_state_is_that_of_a_moment_though_another_thread_runs():
    G = NeuronGroup(50_000, "dx/dt = 1/ms : 1")
    network = Network(G)
    network.run(1 * ms)
    snapshots = []
    runner = threading.Thread(target=network.run, args=(300 * ms,))
    runner.start()
    while runner.is_alive():
        snapshots.append(network.store())
    runner.join()
    for snapshot in snapshots:
        values = snapshot.populations[0]["variables"]["x"]
        assert np.allclose(values, 0.1 * snapshot.step)


def test_monitors_of_two_networks_keep_the_times_of_their_records():
    G = make_ramp()
    M = StateMonitor(G, "x", record=True, timestep=2)
    first, second = Network(G, M), Network(G, M, SpikeMonitor(G))
    for network in (first, second, first, first, second):
        network.run(0.3 * ms)
    assert steps_of(M) == list(range(0, 15, 2))


def test_another_length_of_steps_begins_after_the_records_of_the_old_one():
    G = make_ramp()
    V, R = StateMonitor(G, "x", record=True), PopulationRateMonitor(G)
    network = Network(G, V, R)
    network.run(0.3 * ms)
    defaultclock.dt = 0.2 * ms
    network.run(0.6 * ms)
    assert steps_of(V) == steps_of(R) == [0, 1, 2, 3, 5, 7]


@pytest.mark.parametrize("n_rows", [0, 1, 4, 9])
def test_the_last_rows_of_chunks(n_rows):
    chunks = Chunks(np.int64)
    for part in ([0, 1], [2], [], [3, 4, 5]):
        chunks.append(np.array(part, np.int64))
    expected = list(range(max(0, 6 - n_rows), 6))
    assert chunks.tail(n_rows).tolist() == expected
    chunks.keep_last(n_rows)
    assert chunks.join().tolist() == expected
    assert len(chunks) == len(expected)


# -- stored states -------------------------------------------------------------------------


def test_a_state_of_other_parts_cannot_be_put_back():
    G = make_ramp()
    network = Network(G)
    stored = network.store()
    network.add(make_ramp())
    with pytest.raises(SimulationError, match="does not fit the network"):
        network.restore(stored)


def test_values_stay_where_they_were_written():
    G = make_ramp()
    V = StateMonitor(G, "x", record=True)
    network = Network(G, V)
    network.run(1 * ms)
    first = V.recording.values
    network.run(20 * ms)
    whole = V.recording.values
    assert np.shares_memory(first, whole)
    assert np.array_equal(first, whole[:10])
    assert steps_of(V) == list(range(210))


def test_times_of_stretches_of_steps():
    times = StepTimes()
    slow = Epoch(1.0, 0.5)
    for steps, epoch in [(range(0, 4, 2), Epoch(0, 0.1)), (range(4, 6, 2), Epoch(0, 0.1))]:
        times.append(steps, epoch)
    times.append(range(3), slow)
    assert np.allclose(times.join(), [0, 0.2, 0.4, 1, 1.5, 2])
    assert np.allclose(times.tail(4), [0.4, 1, 1.5, 2])
    times.keep_last(2)
    times.append(range(3, 4), slow)
    assert np.allclose(times.join(), [1.5, 2, 2.5])
    assert len(times) == 3


def test_a_state_buffer_counts_from_the_step_it_is_told():
    class Sink:
        buffer, steps = None, []

        def pull(self):
            """Nothing waits."""

        def add_values(self, values, steps, epoch):
            self.steps += steps

    buffer = StateBuffer([0], 3, Sink())
    for step, due in [(0, 0), (1, 3), (3, 3), (4, 6)]:
        buffer.align(step)
        assert buffer.due == due
    buffer.count, buffer.due = 2, 12
    buffer.pull()
    assert Sink.steps == [6, 9]


@pytest.mark.parametrize("when", ["start", "after_groups", "end"])
def test_sums_and_recent_records_survive_a_constant_changed_in_every_step(when):
    tau = 1 * ms  # noqa: F841
    G = NeuronGroup(2, "dx/dt = 1/tau : 1")
    mean = StateMonitor(G, "x", when=when)
    recent = RecentStateMonitor(G, "x", duration=0.5 * ms, when=when)
    change = NetworkOperation(lambda: setattr(G, "tau", 1 * ms))
    Network(G, mean, recent, change).run(2 * ms)
    first = 0 if when == "start" else 0.1
    assert np.allclose(mean.mean, first + 0.95)
    assert steps_of(recent) == [14, 15, 16, 17, 18, 19]


def test_intervals_across_a_restart_of_the_clock_are_not_counted():
    H = ISIHistogramMonitor(make_ramp(), [0, 0.2 * ms, 0.4 * ms])
    network = Network(H.source, H)
    network.run(3.2 * ms)
    counted = H.count.tolist()
    defaultclock.reinit()
    network.run(0.5 * ms)
    assert counted == [0, 27, 0]
    assert H.count.tolist() == [0, 30, 0]
