# ruff: noqa: F403, F405
"""CUBA built again with one value changed, up to the end of its first step.

The values are new ones in each process, so that no cache has code for them. Last comes another
reset, which does need other code.
"""

import time

from bench.protocol import Run
from brian2 import *

stopwatch = Run()

prefs.codegen.target = "cython"


def run_cuba(
    n_neurons=4000,
    probability=0.02,
    weight=1.62 * mV,
    reset="v = -60*mV",
    duration=defaultclock.dt,
):
    """Build CUBA, run it and return how often its neurons fired."""
    eqs = """
    dv/dt = (ge + gi - (v + 49*mV))/(20*ms) : volt
    dge/dt = -ge/(5*ms) : volt
    dgi/dt = -gi/(10*ms) : volt
    """
    P = NeuronGroup(n_neurons, eqs, threshold="v > -50*mV", reset=reset, method="exact")
    P.v = "-60*mV + rand()*10*mV"
    n_excitatory = len(P) * 4 // 5
    Ce = Synapses(P[:n_excitatory], P, on_pre="ge += weight")
    Ci = Synapses(P[n_excitatory:], P, on_pre="gi -= 9*mV")
    Ce.connect(p=probability)
    Ci.connect(p=probability)
    M = SpikeMonitor(P)
    Network(P, Ce, Ci, M).run(duration)
    return M.num_spikes


def time_another(**changed):
    """Wall time in seconds with one value changed."""
    begin = time.perf_counter()
    run_cuba(**changed)
    return time.perf_counter() - begin


spikes = run_cuba(duration=stopwatch.duration_s * second)
stopwatch.built()
shift = np.random.rand() / 10
seconds = {
    "probability_s": time_another(probability=0.02 * (1 + shift)),
    "neurons_s": time_another(n_neurons=4000 + 5 * int(1 + 100 * shift)),
    "weight_s": time_another(weight=1.62 * mV * (1 + shift)),
}
statements = [("ge *= 0.99", "gi *= 0.99")[int(number < 0.5)] for number in np.random.rand(16)]
seconds["reset_s"] = time_another(reset="; ".join(["v = -60*mV", *statements]))
stopwatch.finish(4000, spikes, **seconds)
