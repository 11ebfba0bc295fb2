# ruff: noqa: F403, F405
"""CUBA, for any size and number of synapses."""

from bench.protocol import Run

from brian_nb import *

stopwatch = Run()

eqs = """
dv/dt = (ge+gi-(v+49*mV))/(20*ms) : volt
dge/dt = -ge/(5*ms) : volt
dgi/dt = -gi/(10*ms) : volt
"""
P = NeuronGroup(stopwatch.n_neurons, model=eqs, threshold=-50 * mV, reset=-60 * mV)
P.v = -60 * mV + rand(len(P)) * 10 * mV
Pe = P.subgroup(len(P) * 4 // 5)
Pi = P.subgroup(len(P) // 5)
sparseness = stopwatch.n_synapses / len(P)
scale = stopwatch.weight_scale
Ce = Connection(Pe, P, "ge", weight=1.62 * mV * scale, sparseness=sparseness)
Ci = Connection(Pi, P, "gi", weight=-9 * mV * scale, sparseness=sparseness)
M = SpikeMonitor(P)
run(defaultclock.dt)
before = M.nspikes

stopwatch.built()
run(stopwatch.duration_s * second)
stopwatch.finish(len(P), M.nspikes - before)
