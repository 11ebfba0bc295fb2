# ruff: noqa: F403, F405
"""Plastic synapses of 1000 Poisson inputs. Source: Song et al. 2000, Nat. Neurosci. 3:919."""

from bench.brian2_loop import run_timed
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

seed(1)
tau, tau_trace, w_max = 10 * ms, 20 * ms, 0.01
d_pre, d_post = 0.01 * w_max, -0.0105 * w_max
eqs = """
dv/dt = (ge*(0*mV - v) - 74*mV - v)/tau : volt
dge/dt = -ge/(5*ms) : 1
"""
inputs = PoissonGroup(1000, rates=15 * Hz)
P = NeuronGroup(1, eqs, threshold="v > -54*mV", reset="v = -60*mV", method="euler")
P.v = -60 * mV
synapses = Synapses(
    inputs,
    P,
    """
    w : 1
    dpre/dt = -pre/tau_trace : 1 (event-driven)
    dpost/dt = -post/tau_trace : 1 (event-driven)
    """,
    on_pre="ge += w; pre += d_pre; w = clip(w + post, 0, w_max)",
    on_post="post += d_post; w = clip(w + pre, 0, w_max)",
)
synapses.connect()
synapses.w = "rand()*w_max"
M = SpikeMonitor(P)
arriving = SpikeMonitor(inputs)

stopwatch.built()
loop_s = run_timed(Network(inputs, P, synapses, M, arriving), stopwatch.duration_s * second)
stopwatch.finish(len(P), M.num_spikes, run_s=loop_s)
