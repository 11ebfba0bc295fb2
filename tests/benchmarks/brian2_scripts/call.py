# ruff: noqa: F403, F405
"""How long it takes to run one neuron for one step."""

from bench.protocol import Run, time_calls
from brian2 import *

stopwatch = Run()

prefs.codegen.target = "cython"
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
run(stopwatch.duration_s * second)

stopwatch.built()
call_s = time_calls(lambda: run(defaultclock.dt))
stopwatch.finish(len(P), M.num_spikes, run_s=call_s)
