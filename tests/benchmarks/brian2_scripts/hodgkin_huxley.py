# ruff: noqa: F403, F405
"""One Hodgkin-Huxley neuron, v recorded at every step, exponential Euler."""

from bench.brian2_loop import run_timed
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

defaultclock.dt = 0.01 * ms
C = 1 * uF
g_na, g_k, g_l = 120 * msiemens, 36 * msiemens, 0.3 * msiemens
E_na, E_k, E_l = 50 * mV, -77 * mV, -54.4 * mV
I_ext = 10 * uA
eqs = """
dv/dt = (I_ext + g_l*(E_l - v) + g_na*m**3*h*(E_na - v) + g_k*n**4*(E_k - v))/C : volt
dm/dt = alpha_m*(1 - m) - beta_m*m : 1
dh/dt = alpha_h*(1 - h) - beta_h*h : 1
dn/dt = alpha_n*(1 - n) - beta_n*n : 1
alpha_m = 1/exprel(-(v + 40*mV)/(10*mV))/ms : Hz
beta_m = 4*exp(-(v + 65*mV)/(18*mV))/ms : Hz
alpha_h = 0.07*exp(-(v + 65*mV)/(20*mV))/ms : Hz
beta_h = 1/(1 + exp(-(v + 35*mV)/(10*mV)))/ms : Hz
alpha_n = 0.1/exprel(-(v + 55*mV)/(10*mV))/ms : Hz
beta_n = 0.125*exp(-(v + 65*mV)/(80*mV))/ms : Hz
"""
P = NeuronGroup(1, eqs, threshold="v > 0*mV", refractory=3 * ms, method="exponential_euler")
P.v = -65 * mV
P.m, P.h, P.n = 0.053, 0.596, 0.317
M = SpikeMonitor(P)
trace = StateMonitor(P, "v", record=True)

stopwatch.built()
loop_s = run_timed(Network(P, M, trace), stopwatch.duration_s * second)
stopwatch.finish(len(P), M.num_spikes, run_s=loop_s)
