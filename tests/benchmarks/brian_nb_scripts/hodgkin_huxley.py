# ruff: noqa: F403, F405
"""One Hodgkin-Huxley neuron, v recorded at every step, exponential Euler."""

from bench.protocol import Run, time_calls

from brian_nb import *

stopwatch = Run()

defaultclock.dt = 0.01 * ms
C = 1 * uF
g_na, g_k, g_l = 120 * msiemens, 36 * msiemens, 0.3 * msiemens
E_na, E_k, E_l = 50 * mV, -77 * mV, -54.4 * mV
I_ext = 10 * uA
eqs = """
dv/dt = (I_ext + g_l*(E_l - v) + g_na*m**3*h*(E_na - v) + g_k*n**4*(E_k - v))/C : volt
dm/dt = am*(1 - m) - bm*m : 1
dh/dt = ah*(1 - h) - bh*h : 1
dn/dt = an*(1 - n) - bn*n : 1
am = 0.1*(v + 40*mV)/mV/(1 - exp(-(v + 40*mV)/(10*mV)))/ms : Hz
bm = 4*exp(-(v + 65*mV)/(18*mV))/ms : Hz
ah = 0.07*exp(-(v + 65*mV)/(20*mV))/ms : Hz
bh = 1/(1 + exp(-(v + 35*mV)/(10*mV)))/ms : Hz
an = 0.01*(v + 55*mV)/mV/(1 - exp(-(v + 55*mV)/(10*mV)))/ms : Hz
bn = 0.125*exp(-(v + 65*mV)/(80*mV))/ms : Hz
"""
P = NeuronGroup(
    1,
    model=eqs,
    threshold=EmpiricalThreshold(threshold=0 * mV, refractory=3 * ms),
    implicit=True,
    freeze=True,
)
P.v = -65 * mV
P.m, P.h, P.n = 0.053, 0.596, 0.317
M = SpikeMonitor(P)
trace = StateMonitor(P, "v", record=True)
run(defaultclock.dt)
before = M.nspikes
call_s = time_calls(lambda: run(defaultclock.dt))

stopwatch.built()
run(stopwatch.duration_s * second)
stopwatch.finish(len(P), M.nspikes - before, call_s=call_s)
