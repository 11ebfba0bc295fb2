# ruff: noqa: F403, F405
"""How long it takes to run one neuron for one step."""

from bench.protocol import Run, time_calls

from brian_nb import *

stopwatch = Run()

eqs = "dv/dt = (-70*mV - v + 25*mV)/(10*ms) : volt"
P = NeuronGroup(1, model=eqs, threshold=-50 * mV, reset=-60 * mV)
P.v = -70 * mV
M = SpikeMonitor(P)
trace = StateMonitor(P, "v", record=True)
run(stopwatch.duration_s * second)

stopwatch.built()
call_s = time_calls(lambda: run(defaultclock.dt))
stopwatch.finish(len(P), M.nspikes, run_s=call_s)
