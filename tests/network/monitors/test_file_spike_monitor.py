"""Spikes in text files."""

import numpy as np
import pytest

from brian_nb import FileSpikeMonitor, Network, SpikeMonitor
from brian_nb.units import ALL_UNITS
from tests.network.monitors.conftest import DT, N_STEPS, build

ms = ALL_UNITS["ms"]


def read(path):
    """Pairs of neuron and step in a file."""
    lines = [line.split(", ") for line in path.read_text().splitlines()]
    return [(int(neuron), round(float(time) / DT)) for neuron, time in lines]


def test_a_file_has_all_spikes_with_all_digits(tmp_path):
    parts = build()
    M = FileSpikeMonitor(parts.G, tmp_path / "spikes.txt")
    network = Network(parts.G, parts.C, parts.spikes, M)
    for _ in range(5):
        network.run(N_STEPS // 5 * DT * 1e3 * ms)
    lines = (tmp_path / "spikes.txt").read_text().splitlines()
    found = [(int(neuron), float(time)) for neuron, time in (line.split(", ") for line in lines)]
    assert found == parts.spikes.spikes
    assert len(found) > 2000
    assert M.nspikes == len(found)
    assert M.spikes == []


def test_the_file_is_complete_after_each_run(tmp_path, make_pulses):
    network = make_pulses([2, 12], [2])
    M = FileSpikeMonitor(network.G, tmp_path / "spikes.txt", record=True)
    network.add(M)
    network.run(1 * ms)
    assert read(tmp_path / "spikes.txt") == [(0, 2), (1, 2)]
    network.run(1 * ms)
    assert read(tmp_path / "spikes.txt") == [(0, 2), (1, 2), (0, 12)]
    assert [i for i, _ in M.spikes] == [0, 1, 0]


def test_a_line_is_written_as_the_manual_says(tmp_path, make_pulses):
    network = make_pulses([3])
    network.add(FileSpikeMonitor(network.G, str(tmp_path / "spikes.txt"), delay=0.5 * ms))
    network.run(1 * ms)
    assert (tmp_path / "spikes.txt").read_text() == "0, 0.0008\n"


def test_a_closed_file_is_opened_again_by_the_next_spike(tmp_path, make_pulses, monkeypatch):
    network = make_pulses([2, 12])
    monkeypatch.chdir(tmp_path)
    M = FileSpikeMonitor(network.G, "spikes.txt")
    network.add(M)
    network.run(1 * ms)
    M.close_file()
    M.close_file()
    monkeypatch.chdir("/")
    network.run(1 * ms)
    assert read(tmp_path / "spikes.txt") == [(0, 2), (0, 12)]


def test_reinit_begins_the_file_anew(tmp_path, make_pulses):
    network = make_pulses([2, 12])
    network.add(FileSpikeMonitor(network.G, tmp_path / "spikes.txt"))
    network.run(2 * ms)
    network.reinit()
    assert read(tmp_path / "spikes.txt") == []
    network.run(1 * ms)
    assert read(tmp_path / "spikes.txt") == [(0, 2)]


def test_a_class_may_choose_what_is_written(tmp_path, make_pulses):
    class First(FileSpikeMonitor):
        def propagate(self, spikes):
            super().propagate(spikes[:1])

    network = make_pulses([2, 12], [2])
    network.add(First(network.G, tmp_path / "spikes.txt"), SpikeMonitor(network.G))
    network.run(2 * ms)
    assert read(tmp_path / "spikes.txt") == [(0, 2), (0, 12)]


def test_a_file_that_cannot_be_written_is_refused_at_once(tmp_path, make_pulses):
    with pytest.raises(OSError, match="No such file"):
        FileSpikeMonitor(make_pulses([1]).G, tmp_path / "nowhere" / "spikes.txt")


def test_the_file_holds_many_spikes_of_one_step(tmp_path, make_pulses):
    network = make_pulses(*[[1]] * 300)
    network.add(FileSpikeMonitor(network.G, tmp_path / "spikes.txt"))
    network.run(0.3 * ms)
    assert np.array_equal(read(tmp_path / "spikes.txt"), [(i, 1) for i in range(300)])
