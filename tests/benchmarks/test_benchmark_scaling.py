"""Each measure of `scaling.py` runs, with sizes that take it seconds, and prints its tables."""

import re
import sys

import pytest
import scaling
import scaling_memory

SIZES = {
    "memory": {"n_synapses": 10_000},
    "events": {"sizes": (400,)},
    "machine": {"n_bytes": 1 << 20, "spans": (1 << 12, 1 << 15)},
    "threads": {"sizes": (800,), "seconds": 0.05},
    "networks": {"sizes": (400,)},
    "cluster": {},
}
FROM_PROC = "needs the numbers of a process from /proc"


def read_rows(text):
    """Cells of the lines that begin with a number."""
    lines = [line.split("|") for line in text.splitlines() if "|" in line]
    return [[cell.strip() for cell in line] for line in lines if line[0].strip()[0].isdigit()]


@pytest.fixture
def measure(capfd, monkeypatch):
    """Run a measure, and give what it printed; the networks make few steps."""
    monkeypatch.setattr(scaling, "ROUNDS", 2)
    monkeypatch.setattr(scaling._Delivery, "n_steps", 20)

    def run(name):
        scaling.SECTIONS[name](**SIZES[name])
        return capfd.readouterr().out

    return run


def test_each_measure_has_a_size_here():
    assert SIZES.keys() == scaling.SECTIONS.keys()


@pytest.mark.skipif(sys.platform != "linux", reason=FROM_PROC)
def test_memory_of_each_way_to_make_synapses(measure, monkeypatch):
    def run_here(function, *arguments):
        getattr(scaling_memory, function)(*arguments)

    monkeypatch.setattr(scaling_memory, "_run_alone", run_here)
    rows = read_rows(measure("memory"))
    assert [row[1:3] for row in rows[:5]] == [
        ["sparseness", "one"],
        ["fixed", "one"],
        ["halves", "one"],
        ["sparseness", "float32"],
        ["sparseness", "float64"],
    ]
    assert [row[1:3] for row in rows[5:]] == [
        ["float32", "one"],
        ["float64", "one"],
        ["float64", "each"],
    ]


@pytest.mark.skipif(sys.platform != "linux", reason=FROM_PROC)
def test_memory_is_measured_in_a_process_of_its_own(capfd):
    scaling_memory._run_alone("_connect", 10_000_000, "sparseness", "one")
    ((n, made_by, weights, _, kept, peak),) = read_rows(capfd.readouterr().out)
    assert abs(int(n) / 1e7 - 1) < 0.002 and (made_by, weights) == ("sparseness", "one")
    # Four bytes for the target; up to 1 MB of it may be memory that the process had before.
    assert 3.9 <= float(kept) < 5
    assert float(kept) <= float(peak)


def test_times_of_events(measure):
    rows = read_rows(measure("events"))
    assert [row[1] for row in rows] == ["one", "float64", "float32"]
    assert all(float(cell) > 0 for row in rows for cell in row[2:])


def test_what_the_memory_of_the_machine_gives(measure):
    lines = measure("machine").splitlines()
    assert len(lines) == 3
    assert "over 3 MiB" in lines[0] and "within" in lines[2]


def test_times_with_one_thread_and_two(measure):
    ((n, one, two),) = read_rows(measure("threads"))
    assert n == "800"
    assert all(float(value) > 0 for value in (*one.split(), *two.split()))


def test_time_of_a_biological_second(measure):
    ((n, n_synapses, seconds, rate),) = read_rows(measure("networks"))
    assert n == "400" and abs(int(n_synapses) - 400 * 80) < 1000
    assert float(seconds) > 0 and float(rate) >= 0


def test_an_exchange_gathers_as_many_spikes_as_a_run_fires(measure):
    text = measure("cluster")
    assert len(read_rows(text)) == 4
    check = re.search(r"check: (\S+) spikes expected .* (\S+) found", text)
    expected, found = map(float, check.groups())
    assert found == pytest.approx(expected, rel=0.05)
