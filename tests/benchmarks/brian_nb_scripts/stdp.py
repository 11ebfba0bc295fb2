# ruff: noqa: F403, F405
"""Plastic synapses of 1000 Poisson inputs. Source: Song et al. 2000, Nat. Neurosci. 3:919."""

from bench.protocol import Run

from brian_nb import *

stopwatch = Run()

taum, taupre, taupost, taue = 10 * ms, 20 * ms, 20 * ms, 5 * ms
Ee, vt, vr, El = 0 * mV, -54 * mV, -60 * mV, -74 * mV
gmax = 0.01
eqs = """
dv/dt = (ge*(Ee - v) + El - v)/taum : volt
dge/dt = -ge/taue : 1
"""
inputs = PoissonGroup(1000, rates=15 * Hz)
P = NeuronGroup(1, model=eqs, threshold=vt, reset=vr)
P.v = vr
synapses = Connection(inputs, P, "ge", weight=rand(len(inputs), 1) * gmax, structure="dense")
rule = ExponentialSTDP(synapses, taupre, taupost, 0.01, -0.0105, wmax=gmax)
M = SpikeMonitor(P)
arriving = SpikeMonitor(inputs)
run(defaultclock.dt)
before = M.nspikes

stopwatch.built()
run(stopwatch.duration_s * second)
stopwatch.finish(len(P), M.nspikes - before)
