# ruff: noqa: F403, F405
"""COBAHH. Source: Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 3."""

from bench.protocol import Run

from brian_nb import *

stopwatch = Run()

defaultclock.dt = 0.05 * ms
area = 20000 * umetre**2
Cm = (1 * ufarad * cm**-2) * area
gl = (5e-5 * siemens * cm**-2) * area
g_na = (100 * msiemens * cm**-2) * area
g_kd = (30 * msiemens * cm**-2) * area
El, EK, ENa, VT = -60 * mV, -90 * mV, 50 * mV, -63 * mV
Ee, Ei = 0 * mV, -80 * mV
taue, taui = 5 * ms, 10 * ms
eqs = """
dv/dt = (gl*(El-v)+ge*(Ee-v)+gi*(Ei-v)-\\
    g_na*(m*m*m)*h*(v-ENa)-g_kd*(n*n*n*n)*(v-EK))/Cm : volt
dm/dt = alpham*(1-m)-betam*m : 1
dn/dt = alphan*(1-n)-betan*n : 1
dh/dt = alphah*(1-h)-betah*h : 1
dge/dt = -ge*(1./taue) : siemens
dgi/dt = -gi*(1./taui) : siemens
alpham = 0.32*(mV**-1)*(13*mV-v+VT)/(exp((13*mV-v+VT)/(4*mV))-1.)/ms : Hz
betam = 0.28*(mV**-1)*(v-VT-40*mV)/(exp((v-VT-40*mV)/(5*mV))-1.)/ms : Hz
alphah = 0.128*exp((17*mV-v+VT)/(18*mV))/ms : Hz
betah = 4./(1+exp((40*mV-v+VT)/(5*mV)))/ms : Hz
alphan = 0.032*(mV**-1)*(15*mV-v+VT)/(exp((15*mV-v+VT)/(5*mV))-1.)/ms : Hz
betan = .5*exp((10*mV-v+VT)/(40*mV))/ms : Hz
"""
P = NeuronGroup(
    4000,
    model=eqs,
    threshold=EmpiricalThreshold(threshold=-20 * mV, refractory=3 * ms),
    implicit=True,
    freeze=True,
)
Pe = P.subgroup(3200)
Pi = P.subgroup(800)
Ce = Connection(Pe, P, "ge", weight=6 * nS, sparseness=0.02)
Ci = Connection(Pi, P, "gi", weight=67 * nS, sparseness=0.02)
P.v = El + (randn(len(P)) * 5 - 5) * mV
P.ge = (randn(len(P)) * 1.5 + 4) * 10.0 * nS
P.gi = (randn(len(P)) * 12 + 20) * 10.0 * nS
M = SpikeMonitor(P)
run(defaultclock.dt)
before = M.nspikes

stopwatch.built()
run(stopwatch.duration_s * second)
stopwatch.finish(len(P), M.nspikes - before)
