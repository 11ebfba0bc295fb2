# ruff: noqa: F403, F405
"""One hundred short runs against one long run of the same length."""

import time

from bench.protocol import Run

from brian_nb import *

stopwatch = Run()

eqs = """
dv/dt = (ge+gi-(v+49*mV))/(20*ms) : volt
dge/dt = -ge/(5*ms) : volt
dgi/dt = -gi/(10*ms) : volt
"""
P = NeuronGroup(4000, model=eqs, threshold=-50 * mV, reset=-60 * mV)
P.v = -60 * mV + rand(len(P)) * 10 * mV
Pe = P.subgroup(3200)
Pi = P.subgroup(800)
Ce = Connection(Pe, P, "ge", weight=1.62 * mV, sparseness=0.02)
Ci = Connection(Pi, P, "gi", weight=-9 * mV, sparseness=0.02)
M = SpikeMonitor(P)
network = Network(P, Ce, Ci, M)
network.run(100 * ms)
before = M.nspikes
begin = time.perf_counter()
network.run(stopwatch.duration_s * second)
long_s = time.perf_counter() - begin
spikes = M.nspikes - before
stopwatch.built()
piece = stopwatch.duration_s / 100 * second
begin = time.perf_counter()
for _ in range(100):
    network.run(piece)
short_s = time.perf_counter() - begin
stopwatch.finish(len(P), spikes, run_s=short_s, long_s=long_s, ratio=short_s / long_s)
