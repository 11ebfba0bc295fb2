# ruff: noqa: F403, F405
"""How long it takes from setting a parameter to the end of the next step."""

import time
from statistics import median

from bench.protocol import Run

from brian_nb import *

stopwatch = Run()

eqs = """
dv/dt = (ge+gi-(v-E))/(20*ms) : volt
dge/dt = -ge/(5*ms) : volt
dgi/dt = -gi/(10*ms) : volt
E : volt
"""
P = NeuronGroup(4000, model=eqs, threshold=-50 * mV, reset=-60 * mV)
P.v = -60 * mV + rand(len(P)) * 10 * mV
P.E = -49 * mV
Pe = P.subgroup(3200)
Pi = P.subgroup(800)
Ce = Connection(Pe, P, "ge", weight=1.62 * mV, sparseness=0.02)
Ci = Connection(Pi, P, "gi", weight=-9 * mV, sparseness=0.02)
M = SpikeMonitor(P)
run(stopwatch.duration_s * second)
stopwatch.built()
waits = []
for k in range(20):
    begin = time.perf_counter()
    P.E = (-49 + 0.01 * k) * mV
    run(defaultclock.dt)
    waits.append(time.perf_counter() - begin)
stopwatch.finish(len(P), M.nspikes, run_s=median(waits))
