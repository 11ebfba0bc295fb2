# ruff: noqa: F403, F405
"""CUBA built again with one value changed, up to the end of its first step.

The values are new ones in each process, so that no cache has code for them. Last comes another
reset, which does need other code.
"""

import os
import time
from pathlib import Path

from bench.protocol import Run

from brian_nb import *

stopwatch = Run()


def run_cuba(
    n_neurons=4000,
    probability=0.02,
    weight=1.62 * mV,
    reset="v = -60*mV",
    duration=defaultclock.dt,
):
    """Build CUBA, run it and return how often its neurons fired."""
    eqs = """
    dv/dt = (ge+gi-(v+49*mV))/(20*ms) : volt
    dge/dt = -ge/(5*ms) : volt
    dgi/dt = -gi/(10*ms) : volt
    """
    P = NeuronGroup(n_neurons, model=eqs, threshold=-50 * mV, reset=reset)
    P.v = -60 * mV + rand(len(P)) * 10 * mV
    Pe = P.subgroup(len(P) * 4 // 5)
    Pi = P.subgroup(len(P) // 5)
    Ce = Connection(Pe, P, "ge", weight=weight, sparseness=probability)
    Ci = Connection(Pi, P, "gi", weight=-9 * mV, sparseness=probability)
    M = SpikeMonitor(P)
    Network(P, Ce, Ci, M).run(duration)
    return M.nspikes


def time_another(**changed):
    """Wall time in seconds with one value changed."""
    begin = time.perf_counter()
    run_cuba(**changed)
    return time.perf_counter() - begin


def count_kernels():
    return len(list(Path(os.environ["BRIAN_NB_CACHE"]).glob("*.o")))


spikes = run_cuba(duration=stopwatch.duration_s * second)
before = count_kernels()
stopwatch.built()
shift = rand() / 10
seconds = {
    "probability_s": time_another(probability=0.02 * (1 + shift)),
    "neurons_s": time_another(n_neurons=4000 + 5 * int(1 + 100 * shift)),
    "weight_s": time_another(weight=1.62 * mV * (1 + shift)),
}
compiled = count_kernels() - before
statements = [("ge *= 0.99", "gi *= 0.99")[int(number < 0.5)] for number in rand(16)]
seconds["reset_s"] = time_another(reset="; ".join(["v = -60*mV", *statements]))
stopwatch.finish(4000, spikes, compiled=compiled, **seconds)
