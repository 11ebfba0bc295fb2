# ruff: noqa: F403, F405
"""Unconnected noisy integrate-and-fire neurons."""

from bench.protocol import Run

from brian_nb import *

stopwatch = Run()

tau = 10 * ms
eqs = "dv/dt = (0.8 - v)/tau + 0.3*(2./tau)**.5*xi : 1"
P = NeuronGroup(10000, model=eqs, threshold=1, reset=0)
P.v = rand(len(P))
M = SpikeMonitor(P)
run(defaultclock.dt)
before = M.nspikes

stopwatch.built()
run(stopwatch.duration_s * second)
stopwatch.finish(len(P), M.nspikes - before)
