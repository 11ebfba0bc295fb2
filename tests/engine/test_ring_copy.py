"""Copies of spike rings hold the spikes that there are, and bring them back."""

import numpy as np
import pytest

from brian_nb.engine import PopulationState, ring_copy
from brian_nb.engine.ring_copy import RingCopy

N = 1500


@pytest.mark.parametrize("large", [0, 10**9])
@pytest.mark.parametrize("n_threads", [1, 3])
def test_spikes_come_back(monkeypatch, large, n_threads):
    monkeypatch.setattr(ring_copy, "LARGE", large)
    generator = np.random.default_rng(1)
    population = PopulationState(N, ["v"], {})
    population.fit_ring(20, n_threads, 0)
    copy, fired = RingCopy(population), {}
    for step in (3, 4, 9):
        fired[step] = np.flatnonzero(generator.random(N) < 0.1)
        population.set_spikes(step, fired[step])
    copy.save()
    for step in range(10, 40):
        population.set_spikes(step, np.arange(N))
    copy.put_back()
    for step in range(10):
        assert np.array_equal(population.spikes_at(step), fired.get(step, []))
