# ruff: noqa: F403, F405
"""CUBA with a delay of each synapse's own."""

from bench.brian2_loop import run_timed
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

seed(1)
eqs = """
dv/dt = (ge + gi - (v + 49*mV))/(20*ms) : volt
dge/dt = -ge/(5*ms) : volt
dgi/dt = -gi/(10*ms) : volt
"""
P = NeuronGroup(4000, eqs, threshold="v > -50*mV", reset="v = -60*mV", method="exact")
P.v = "-60*mV + rand()*10*mV"
Ce = Synapses(P[:3200], P, on_pre="ge += 1.62*mV")
Ci = Synapses(P[3200:], P, on_pre="gi -= 9*mV")
for synapses in (Ce, Ci):
    synapses.connect(p=0.02)
    synapses.delay = "rand()*5*ms"
M = SpikeMonitor(P)

stopwatch.built()
loop_s = run_timed(Network(P, Ce, Ci, M), stopwatch.duration_s * second)
stopwatch.finish(len(P), M.num_spikes, run_s=loop_s)
