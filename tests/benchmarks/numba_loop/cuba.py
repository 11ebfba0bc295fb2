"""CUBA as one compiled loop over time and neurons (mV, ms), exact update, for any size."""

import math

import numba
import numpy as np
from bench.protocol import Run
from bench.wiring import draw_wiring

stopwatch = Run()

N, DT = stopwatch.n_neurons, 0.1
N_E = N // 5 * 4


@numba.njit(fastmath=True)
def simulate(steps, v, ge, gi, row, target, neurons, times):
    """Return how many spikes were written to `neurons` and `times`."""
    am, ae, ai = math.exp(-DT / 20), math.exp(-DT / 5), math.exp(-DT / 10)
    from_e, from_i = 5 / (5 - 20) * (ae - am), 10 / (10 - 20) * (ai - am)
    rest = -49 * (1 - am)
    count = 0
    for step in range(steps):
        for i in range(v.size):
            v[i] = am * v[i] + rest + from_e * ge[i] + from_i * gi[i]
            ge[i] *= ae
            gi[i] *= ai
        for i in range(v.size):
            if v[i] > -50:
                neurons[count], times[count] = i, step * DT
                count += 1
                if i < N_E:
                    for k in range(row[i], row[i + 1]):
                        ge[target[k]] += 1.62
                else:
                    for k in range(row[i], row[i + 1]):
                        gi[target[k]] -= 9.0
                v[i] = -60.0
    return count


random = np.random.default_rng(1)
row, target = draw_wiring(N, stopwatch.n_synapses / N, random)
v, ge, gi = random.uniform(-60, -50, N), np.zeros(N), np.zeros(N)
room = int(N * (50 * stopwatch.duration_s + 10))
neurons, times = np.empty(room, np.int32), np.empty(room)
simulate(0, v, ge, gi, row, target, neurons, times)

stopwatch.built()
spikes = simulate(round(stopwatch.duration_s * 1000 / DT), v, ge, gi, row, target, neurons, times)
stopwatch.finish(N, spikes)
