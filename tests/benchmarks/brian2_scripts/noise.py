# ruff: noqa: F403, F405
"""Unconnected noisy integrate-and-fire neurons."""

from bench.brian2_loop import run_timed
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

seed(1)
tau = 10 * ms
P = NeuronGroup(
    10_000,
    "dv/dt = (0.8 - v)/tau + 0.3*(2/tau)**0.5*xi : 1",
    threshold="v > 1",
    reset="v = 0",
    method="euler",
)
P.v = "rand()"
M = SpikeMonitor(P)

stopwatch.built()
loop_s = run_timed(Network(P, M), stopwatch.duration_s * second)
stopwatch.finish(len(P), M.num_spikes, run_s=loop_s)
