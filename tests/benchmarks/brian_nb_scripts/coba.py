# ruff: noqa: F403, F405
"""COBA. Source: Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 1."""

from bench.protocol import Run

from brian_nb import *

stopwatch = Run()

taum, taue, taui = 20 * ms, 5 * ms, 10 * ms
Ee, Ei = 60 * mV, -20 * mV
eqs = """
dv/dt = (-v + ge*(Ee - v) + gi*(Ei - v))/taum : volt
dge/dt = -ge/taue : 1
dgi/dt = -gi/taui : 1
"""
P = NeuronGroup(4000, model=eqs, threshold=10 * mV, reset=0 * mV, refractory=5 * ms)
P.v = (randn(len(P)) * 5 - 5) * mV
P.ge = randn(len(P)) * 1.5 + 4
P.gi = randn(len(P)) * 12 + 20
Pe = P.subgroup(3200)
Pi = P.subgroup(800)
Ce = Connection(Pe, P, "ge", weight=0.6, sparseness=0.02)
Ci = Connection(Pi, P, "gi", weight=6.7, sparseness=0.02)
M = SpikeMonitor(P)
run(defaultclock.dt)
before = M.nspikes

stopwatch.built()
run(stopwatch.duration_s * second)
stopwatch.finish(len(P), M.nspikes - before)
