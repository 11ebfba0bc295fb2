# ruff: noqa: F403, F405
"""Ten adaptive integrate-and-fire neurons with different currents, all v recorded."""

from bench.brian2_loop import run_timed
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

eqs = """
dv/dt = (-70*mV - v - w + I_ext)/(10*ms) : volt
dw/dt = -w/(100*ms) : volt
I_ext : volt
"""
P = NeuronGroup(10, eqs, threshold="v > -50*mV", reset="v = -60*mV; w += 2*mV", method="exact")
P.v = -70 * mV
P.I_ext = "25*mV + i*2*mV"
M = SpikeMonitor(P)
trace = StateMonitor(P, "v", record=True)

stopwatch.built()
loop_s = run_timed(Network(P, M, trace), stopwatch.duration_s * second)
stopwatch.finish(len(P), M.num_spikes, run_s=loop_s)
