"""One integrate-and-fire neuron as a compiled loop (mV, ms), v kept at every step."""

import math

import numba
import numpy as np
from bench.protocol import Run

stopwatch = Run()

DT = 0.1


@numba.njit(fastmath=True)
def simulate(trace, times):
    """Return how many spikes were written to `times`; fill `trace`."""
    decay = math.exp(-DT / 10)
    v, count = -70.0, 0
    for step in range(trace.size):
        v = decay * v - 45 * (1 - decay)
        if v > -50:
            times[count] = step * DT
            count += 1
            v = -60.0
        trace[step] = v
    return count


steps = round(stopwatch.duration_s * 1000 / DT)
trace, times = np.empty(steps), np.empty(steps)
simulate(trace[:0], times)

stopwatch.built()
spikes = simulate(trace, times)
stopwatch.finish(1, spikes)
