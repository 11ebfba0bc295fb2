# ruff: noqa: F403, F405
"""One hundred short runs against one long run of the same length."""

import time

from bench.brian2_cuba import make_cuba
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

P, Ce, Ci, M = make_cuba()
run(100 * ms)
before = M.num_spikes
begin = time.perf_counter()
run(stopwatch.duration_s * second)
long_s = time.perf_counter() - begin
spikes = M.num_spikes - before
stopwatch.built()
begin = time.perf_counter()
for _ in range(100):
    run(stopwatch.duration_s / 100 * second)
short_s = time.perf_counter() - begin
stopwatch.finish(len(P), spikes, run_s=short_s, long_s=long_s, ratio=short_s / long_s)
