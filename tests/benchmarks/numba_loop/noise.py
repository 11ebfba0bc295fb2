"""Unconnected noisy integrate-and-fire neurons as a compiled loop (time in ms), Euler-Maruyama."""

import math

import numba
import numpy as np
from bench.protocol import Run

stopwatch = Run()

N, DT, TAU = 10_000, 0.1, 10.0


@numba.njit(fastmath=True)
def simulate(steps, v, neurons, times):
    """Return how many spikes were written to `neurons` and `times`."""
    step_noise = 0.3 * math.sqrt(2 / TAU) * math.sqrt(DT)
    count = 0
    for step in range(steps):
        for i in range(v.size):
            v[i] += DT / TAU * (0.8 - v[i]) + step_noise * np.random.standard_normal()
            if v[i] > 1:
                neurons[count], times[count] = i, step * DT
                count += 1
                v[i] = 0.0
    return count


v = np.random.default_rng(1).uniform(0, 1, N)
room = int(N * (100 * stopwatch.duration_s + 10))
neurons, times = np.empty(room, np.int32), np.empty(room)
simulate(0, v, neurons, times)

stopwatch.built()
spikes = simulate(round(stopwatch.duration_s * 1000 / DT), v, neurons, times)
stopwatch.finish(N, spikes)
