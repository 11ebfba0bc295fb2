# ruff: noqa: F403, F405
"""CUBA with a delay of each synapse's own."""

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
delays = {"delay": (0 * ms, 5 * ms), "max_delay": 5 * ms}
Ce = Connection(Pe, P, "ge", weight=1.62 * mV, sparseness=0.02, **delays)
Ci = Connection(Pi, P, "gi", weight=-9 * mV, sparseness=0.02, **delays)
M = SpikeMonitor(P)
run(defaultclock.dt)
before = M.nspikes

stopwatch.built()
run(stopwatch.duration_s * second)
stopwatch.finish(len(P), M.nspikes - before)
