# ruff: noqa: F403, F405
"""CUBA, for any size and number of synapses."""

from bench.brian2_loop import run_first_step, run_timed
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

seed(1)
eqs = """
dv/dt = (ge + gi - (v + 49*mV))/(20*ms) : volt
dge/dt = -ge/(5*ms) : volt
dgi/dt = -gi/(10*ms) : volt
"""
P = NeuronGroup(
    stopwatch.n_neurons, eqs, threshold="v > -50*mV", reset="v = -60*mV", method="exact"
)
P.v = "-60*mV + rand()*10*mV"
scale = stopwatch.weight_scale
n_excitatory = len(P) * 4 // 5
Ce = Synapses(P[:n_excitatory], P, on_pre="ge += scale*1.62*mV")
Ci = Synapses(P[n_excitatory:], P, on_pre="gi -= scale*9*mV")
Ce.connect(p=stopwatch.n_synapses / len(P))
Ci.connect(p=stopwatch.n_synapses / len(P))
M = SpikeMonitor(P)
network = Network(P, Ce, Ci, M)
run_first_step(network)

stopwatch.built()
loop_s = run_timed(network, stopwatch.duration_s * second)
stopwatch.finish(len(P), M.num_spikes, run_s=loop_s)
