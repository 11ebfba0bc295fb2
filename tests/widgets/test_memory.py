"""Recordings of runs without an end."""

import numpy as np
import pytest

from brian_nb import Network, PopulationRateMonitor, StateMonitor
from brian_nb.units import ALL_UNITS
from brian_nb.widgets.memory import SLACK, bound_recording
from tests.widgets.conftest import PATIENCE

ms, second = ALL_UNITS["ms"], ALL_UNITS["second"]


def test_recordings_of_an_endless_run_stay_within_their_bound(net, start_session, monkeypatch):
    monkeypatch.setattr("brian_nb.widgets.memory.PERIOD", 8)
    trace = StateMonitor(net.G, "V", record=[0])
    rate = PopulationRateMonitor(net.G)
    network = Network(net.network.objects, trace, rate)
    n_bytes = 16_000
    session = start_session(network, keep_bytes=n_bytes, segment=5 * ms)
    session.play()
    session.wait(2 * second, timeout=PATIENCE)
    session.stop()
    newest = float(session.t)
    spare = 8 * 50
    for monitor in (trace, rate):
        most = SLACK * n_bytes / monitor.recording.record_bytes
        assert spare < len(monitor.times) <= most + spare
    assert len(net.M.recording.times) < net.M.nspikes
    assert trace.times[-1] == pytest.approx(newest - 1e-4)
    assert rate.times[-1] == pytest.approx(newest - 1e-4)
    assert np.allclose(np.diff(trace.times), 1e-4)
    assert np.allclose(np.diff(rate.times), 1e-4)


def test_trimmed_spikes_are_the_newest_and_unchanged(net):
    net.network.run(100 * ms)
    neurons, times = net.M.recording.neurons.copy(), net.M.recording.times.copy()
    total = net.M.nspikes
    bound_recording(net.M.recording, 12 * 50)
    assert net.M.nspikes == total
    assert np.array_equal(net.M.recording.times, times[-50:])
    assert np.array_equal(net.M.recording.neurons, neurons[-50:])
