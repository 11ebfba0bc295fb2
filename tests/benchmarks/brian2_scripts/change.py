# ruff: noqa: F403, F405
"""How long it takes from setting a parameter to the end of the next step."""

import time
from statistics import median

from bench.brian2_cuba import make_cuba
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

P, Ce, Ci, M = make_cuba()
run(stopwatch.duration_s * second)
stopwatch.built()
waits = []
for k in range(20):
    begin = time.perf_counter()
    P.E = (-49 + 0.01 * k) * mV
    run(defaultclock.dt)
    waits.append(time.perf_counter() - begin)
stopwatch.finish(len(P), M.num_spikes, run_s=median(waits))
