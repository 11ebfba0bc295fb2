# ruff: noqa: F403, F405
"""COBA. Source: Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 1."""

from bench.brian2_loop import run_timed
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

seed(1)
eqs = """
dv/dt = (-v + ge*(60*mV - v) + gi*(-20*mV - v))/(20*ms) : volt (unless refractory)
dge/dt = -ge/(5*ms) : 1
dgi/dt = -gi/(10*ms) : 1
"""
P = NeuronGroup(
    4000, eqs, threshold="v > 10*mV", reset="v = 0*mV", refractory=5 * ms, method="euler"
)
P.v = "(5*randn() - 5)*mV"
P.ge = "1.5*randn() + 4"
P.gi = "12*randn() + 20"
Ce = Synapses(P[:3200], P, on_pre="ge += 0.6")
Ci = Synapses(P[3200:], P, on_pre="gi += 6.7")
Ce.connect(p=0.02)
Ci.connect(p=0.02)
M = SpikeMonitor(P)

stopwatch.built()
loop_s = run_timed(Network(P, Ce, Ci, M), stopwatch.duration_s * second)
stopwatch.finish(len(P), M.num_spikes, run_s=loop_s)
