"""Bytes and seconds of many synapses: a part of scaling.py."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

import numpy as np


def measure_memory(n_synapses=10**8):
    """Make synapses of several kinds, each in a process of its own."""
    print("synapses | made by | weights | seconds | bytes a synapse, kept | at the peak")
    for made_by in ("sparseness", "fixed", "halves"):
        _run_alone("_connect", n_synapses, made_by, "one")
    for weights in ("float32", "float64"):
        _run_alone("_connect", n_synapses, "sparseness", weights)
    print("synapses | weights | delays | bytes a synapse with STDP, kept | at the peak")
    for weights, delays in (("float32", "one"), ("float64", "one"), ("float64", "each")):
        _run_alone("_learn", n_synapses // 5, weights, delays)


def _run_alone(function, *arguments):
    here = str(Path(__file__).parent)
    code = f"import sys; sys.path.insert(0, {here!r}); import scaling_memory as memory"
    subprocess.run([sys.executable, "-c", f"{code}; memory.{function}{arguments!r}"], check=True)


def _connect(n_synapses, made_by, weights):
    """Make synapses, run a few steps, and print what they took."""
    from brian_nb import ms

    _make_delivering(1000, 100, made_by, weights)[0].run(1 * ms)  # the compiler comes first
    n_neurons = max(1000, n_synapses // 1000)
    before = _read_memory("VmRSS")
    start = perf_counter()
    network, connection = _make_delivering(n_neurons, 1000, made_by, weights)
    connection.compress()
    seconds = perf_counter() - start
    network.run(2 * ms)
    n, kept = connection.n_synapses, _read_memory("VmRSS") - before
    peak = _read_memory("VmHWM") - before
    cells = f"{n:10} | {made_by:10} | {weights:7} | {seconds:5.1f} | {kept / n:5.2f}"
    print(f"{cells} | {peak / n:5.2f}", flush=True)


def _learn(n_synapses, weights, delays):
    """Make synapses with a rule, run a few steps, and print the bytes that they took."""
    from brian_nb import ms

    _make_learning(1000, weights, delays)[0].run(1 * ms)  # the compiler comes first
    before = _read_memory("VmRSS")
    network, connection = _make_learning(n_synapses, weights, delays)
    network.run(2 * ms)
    n, kept = connection.n_synapses, _read_memory("VmRSS") - before
    peak = _read_memory("VmHWM") - before
    print(f"{n:10} | {weights:7} | {delays:4} | {kept / n:5.2f} | {peak / n:5.2f}", flush=True)


def _make_learning(n_synapses, weights, delays):
    """Synapses of pair-based STDP from each neuron of a group to a fifth of the others."""
    from brian_nb import Connection, ExponentialSTDP, Network, NeuronGroup, ms

    n, chance = int((5 * n_synapses) ** 0.5), 0.2
    group = NeuronGroup(n, "x : 1", threshold="rand() < 0.001")
    delay = (0 * ms, 3 * ms) if delays == "each" else 0 * ms
    connection = Connection(group, group, "x", weight_dtype=weights, delay=delay)
    connection.connect_random(p=chance, weight=lambda i, j: np.full(len(j), 0.5))
    rule = ExponentialSTDP(connection, 20 * ms, 20 * ms, 0.01, -0.0105, wmax=1)
    return Network(group, connection, rule, threads=1), connection


def _make_delivering(n, degree, made_by, weights):
    """A network of `n` neurons, a few of which fire, and its one connection."""
    from brian_nb import Connection, Network, NeuronGroup, seed

    seed(1)
    source = NeuronGroup(n, "x : 1", threshold="x > 0.5", reset="x = 0")
    source.x[: n // 100] = 1
    target = NeuronGroup(n, "v : 1")
    dtype = "float64" if weights == "one" else weights
    connection = Connection(source, target, "v", weight_dtype=dtype)
    weight = 0.5 if weights == "one" else lambda i, j: np.full(len(j), 0.5)
    if made_by == "halves":  # the same sources twice: rows are brought together
        for half in (target[: n // 2], target[n // 2 :]):
            connection.connect_random(source, half, degree / n, weight)
    else:
        connection.connect_random(p=degree / n, weight=weight, fixed=made_by == "fixed")
    return Network(source, target, connection), connection


def _read_memory(field):
    """Bytes of this process, from Linux: "VmRSS" now, "VmHWM" at the most."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))
