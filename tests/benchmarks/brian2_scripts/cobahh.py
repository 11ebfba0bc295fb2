# ruff: noqa: F403, F405
"""COBAHH. Source: Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 3."""

from bench.brian2_loop import run_timed
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

seed(1)
defaultclock.dt = 0.05 * ms
C, g_l, g_na, g_kd = 200 * pF, 10 * nS, 20 * uS, 6 * uS
E_l, E_k, E_na, E_e, E_i = -60 * mV, -90 * mV, 50 * mV, 0 * mV, -80 * mV
eqs = """
dv/dt = (g_l*(E_l-v) + ge*(E_e-v) + gi*(E_i-v) + g_na*m**3*h*(E_na-v) + g_kd*n**4*(E_k-v))/C : volt
dm/dt = alpha_m*(1-m) - beta_m*m : 1
dh/dt = alpha_h*(1-h) - beta_h*h : 1
dn/dt = alpha_n*(1-n) - beta_n*n : 1
dge/dt = -ge/(5*ms) : siemens
dgi/dt = -gi/(10*ms) : siemens
u = (v + 63*mV)/mV : 1
alpha_m = 1.28/exprel((13-u)/4)/ms : Hz
beta_m = 1.4/exprel((u-40)/5)/ms : Hz
alpha_h = 0.128*exp((17-u)/18)/ms : Hz
beta_h = 4/(1 + exp((40-u)/5))/ms : Hz
alpha_n = 0.16/exprel((15-u)/5)/ms : Hz
beta_n = 0.5*exp((10-u)/40)/ms : Hz
"""
P = NeuronGroup(4000, eqs, threshold="v > -20*mV", refractory=3 * ms, method="exponential_euler")
P.v = "E_l + (5*randn() - 5)*mV"
P.ge = "(1.5*randn() + 4)*10*nS"
P.gi = "(12*randn() + 20)*10*nS"
Ce = Synapses(P[:3200], P, on_pre="ge += 6*nS")
Ci = Synapses(P[3200:], P, on_pre="gi += 67*nS")
Ce.connect(p=0.02)
Ci.connect(p=0.02)
M = SpikeMonitor(P)

stopwatch.built()
loop_s = run_timed(Network(P, Ce, Ci, M), stopwatch.duration_s * second)
stopwatch.finish(len(P), M.num_spikes, run_s=loop_s)
