"""COBAHH as one compiled loop over time and neurons (mV, ms, nS, pF), exponential Euler.

Source: Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 3.
"""

import math

import numba
import numpy as np
from bench.protocol import Run
from bench.wiring import draw_wiring

stopwatch = Run()

N, N_E, DT = 4000, 3200, 0.05


@numba.njit(fastmath=True)
def over_expm1(x):
    if abs(x) < 1e-6:
        return 1 - 0.5 * x
    return x / (math.exp(x) - 1)


@numba.njit(fastmath=True)
def relax(value, alpha, beta):
    target, speed = alpha / (alpha + beta), alpha + beta
    return target + (value - target) * math.exp(-DT * speed)


@numba.njit(fastmath=True)
def advance(v, m, h, k, ge, gi):
    """Move all neurons by one step."""
    ae, ai = math.exp(-DT / 5), math.exp(-DT / 10)
    for i in range(v.size):
        u = v[i] + 63
        na, kd = 20000 * m[i] ** 3 * h[i], 6000 * k[i] ** 4
        g = 10 + ge[i] + gi[i] + na + kd
        rest = (10 * -60 - 80 * gi[i] + 50 * na - 90 * kd) / g
        v[i] = rest + (v[i] - rest) * math.exp(-DT * g / 200)
        m[i] = relax(m[i], 1.28 * over_expm1((13 - u) / 4), 1.4 * over_expm1((u - 40) / 5))
        h[i] = relax(h[i], 0.128 * math.exp((17 - u) / 18), 4 / (1 + math.exp((40 - u) / 5)))
        k[i] = relax(k[i], 0.16 * over_expm1((15 - u) / 5), 0.5 * math.exp((10 - u) / 40))
        ge[i] *= ae
        gi[i] *= ai


@numba.njit(fastmath=True)
def simulate(steps, v, m, h, k, ge, gi, silent_until, row, target, neurons, times):
    """Return how many spikes were written to `neurons` and `times`."""
    count = 0
    for step in range(steps):
        advance(v, m, h, k, ge, gi)
        for i in range(v.size):
            if v[i] > -20 and step > silent_until[i]:
                neurons[count], times[count] = i, step * DT
                count += 1
                silent_until[i] = step + round(3 / DT) - 1
                if i < N_E:
                    for s in range(row[i], row[i + 1]):
                        ge[target[s]] += 6.0
                else:
                    for s in range(row[i], row[i + 1]):
                        gi[target[s]] += 67.0
    return count


random = np.random.default_rng(1)
row, target = draw_wiring(N, 0.02, random)
v = -60 + 5 * random.standard_normal(N) - 5
ge = (1.5 * random.standard_normal(N) + 4) * 10
gi = (12 * random.standard_normal(N) + 20) * 10
m, h, k = np.zeros((3, N))
silent_until = np.full(N, -1)
room = int(N * (100 * stopwatch.duration_s + 10))
neurons, times = np.empty(room, np.int32), np.empty(room)
state = v, m, h, k, ge, gi, silent_until, row, target, neurons, times
simulate(0, *state)

stopwatch.built()
spikes = simulate(round(stopwatch.duration_s * 1000 / DT), *state)
stopwatch.finish(N, spikes)
