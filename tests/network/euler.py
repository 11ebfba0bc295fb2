"""Runs of one equation, compiled and written out."""

import numpy as np

from brian_nb import (
    Equations,
    Network,
    NeuronGroup,
    defaultclock,
)
from brian_nb.units import ALL_UNITS

ms, mV, volt, second, Hz = (ALL_UNITS[name] for name in ("ms", "mV", "volt", "second", "Hz"))
RUNS = [(1, False), (2, False), (3, False), (1, True)]
N = 300
START = np.linspace(-3, 3, N)
TAU = 5 * ms


def run_euler(text, start=START, n_steps=30, threads=1, reference=False, namespace=None):
    """Values of x after some steps, for a group with one equation."""
    defaultclock.reinit()
    G = NeuronGroup(len(start), Equations(text, namespace=namespace))
    G.x = start
    network = Network(G, threads=threads)
    network._reference = reference
    network.run(n_steps // 3 * 0.1 * ms)
    network.run(n_steps // 3 * 2 * 0.1 * ms)
    return G


def euler(f, start=START, n_steps=30, dt=0.1):
    x = np.array(start, dtype=float)
    for step in range(n_steps):
        x = x + dt * np.array([float(f(one, step * 1e-4 * second)) for one in x])
    return x


def check(f, threads=1, reference=False, n_steps=30, **others):
    """Compare ``dx/dt = f(x, t)/ms`` with Euler's method in plain Python."""
    namespace = {"f": f, "ms": ms, **others}
    G = run_euler("dx/dt = f(x, t)/ms : 1", START, n_steps, threads, reference, namespace)
    assert np.allclose(G.x, euler(f, START, n_steps), rtol=1e-9, atol=1e-12)
    return G
