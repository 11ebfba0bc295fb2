"""Monitors go through pickle with all that they have recorded."""

import pickle

import numpy as np
import pytest

from brian_nb import FileSpikeMonitor, Network
from brian_nb.units import ALL_UNITS
from tests.network.monitors.conftest import build

ms = ALL_UNITS["ms"]
KINDS = (
    "spikes late counter population intervals rate states exclusive v some statistics recent"
).split()


@pytest.fixture(scope="module")
def parts():
    return run_all()


def run_all():
    """Monitors of all kinds after 10 ms."""
    parts = build()
    Network(*(item for name, item in vars(parts).items() if name != "targets")).run(10 * ms)
    return parts


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_has_the_data(parts, kind):
    M = getattr(parts, kind)
    copy = pickle.loads(pickle.dumps(M))
    for name in ("spikes", "nspikes", "count", "rate", "coincidences", "gamma", "mean", "var"):
        if hasattr(M, name):
            assert np.array_equal(getattr(copy, name), getattr(M, name), equal_nan=True), name
    if kind in ("v", "some", "recent"):
        assert np.array_equal(copy.values, M.values)
        assert np.array_equal(copy.times, M.times)
    assert copy.serial > M.serial
    assert repr(copy).split(":")[0].split()[0] == repr(M).split(":")[0].split()[0]


def test_a_copy_can_go_on_with_a_copy_of_its_group():
    parts = run_all()
    M, N = pickle.loads(pickle.dumps((parts.counter, parts.recent)))
    before = M.nspikes
    assert M.source is N.source.owner
    Network(M, N).run(10 * ms)
    assert M.nspikes > before == parts.counter.nspikes
    assert N.times[-1] == pytest.approx(19.8e-3)
    assert parts.recent.times[-1] == pytest.approx(9.9e-3)


def test_a_copy_of_a_file_monitor_has_no_open_file(make_pulses, tmp_path):
    network = make_pulses([2])
    M = FileSpikeMonitor(network.G, tmp_path / "spikes.txt", record=True)
    network.add(M)
    network.run(1 * ms)
    copy = pickle.loads(pickle.dumps(M))
    assert copy.spikes == M.spikes
    copy.close_file()
