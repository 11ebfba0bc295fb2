# ruff: noqa: F403, F405
"""The whole script of a first small run, from the import on."""

from bench.brian2_cuba import make_cuba
from bench.brian2_loop import run_timed
from bench.protocol import Run
from brian2 import *

stopwatch = Run()

P, Ce, Ci, M = make_cuba()
loop_s = run_timed(Network(P, Ce, Ci, M), stopwatch.duration_s * second)
stopwatch.finish(len(P), M.num_spikes, loop_s=loop_s)
