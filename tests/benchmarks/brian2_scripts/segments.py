# ruff: noqa: F403, F405
"""One hundred short runs against one long run of the same length."""

import time

from bench.brian2_cuba import make_cuba
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

P, Ce, Ci, M = make_cuba()
network = Network(P, Ce, Ci, M)
network.run(100 * ms)
before = M.num_spikes
begin = time.perf_counter()
network.run(stopwatch.duration_s * second)
long_s = time.perf_counter() - begin
spikes = M.num_spikes - before
stopwatch.built()
piece = stopwatch.duration_s / 100 * second
begin = time.perf_counter()
for _ in range(100):
    network.run(piece)
short_s = time.perf_counter() - begin
stopwatch.finish(len(P), spikes, run_s=short_s, long_s=long_s, ratio=short_s / long_s)
