# ruff: noqa: F403, F405
"""One integrate-and-fire neuron, v recorded at every step."""

from bench.brian2_loop import run_timed
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

P = NeuronGroup(
    1,
    "dv/dt = (-70*mV - v + 25*mV)/(10*ms) : volt",
    threshold="v > -50*mV",
    reset="v = -60*mV",
    method="exact",
)
P.v = -70 * mV
M = SpikeMonitor(P)
trace = StateMonitor(P, "v", record=True)

stopwatch.built()
loop_s = run_timed(Network(P, M, trace), stopwatch.duration_s * second)
stopwatch.finish(len(P), M.num_spikes, run_s=loop_s)
