# ruff: noqa: F403, F405
"""Ten adaptive integrate-and-fire neurons with different currents, all v recorded."""

from bench.protocol import Run, time_calls

from brian_nb import *

stopwatch = Run()

eqs = """
dv/dt = (-70*mV - v - w + I)/(10*ms) : volt
dw/dt = -w/(100*ms) : volt
I : volt
"""
P = NeuronGroup(10, model=eqs, threshold=-50 * mV, reset="v = -60*mV; w += 2*mV")
P.v = -70 * mV
P.I = 25 * mV + arange(10) * 2 * mV
M = SpikeMonitor(P)
trace = StateMonitor(P, "v", record=True)
run(defaultclock.dt)
before = M.nspikes
call_s = time_calls(lambda: run(defaultclock.dt))

stopwatch.built()
run(stopwatch.duration_s * second)
stopwatch.finish(len(P), M.nspikes - before, call_s=call_s)
