"""Networks with delays of single synapses, and when their spikes arrive."""

import numpy as np

from brian_nb import (
    Network,
    NeuronGroup,
    StateMonitor,
)
from brian_nb.units import ALL_UNITS
from tests.network.brute import BruteForce, steps_of

mV, ms, second = (ALL_UNITS[name] for name in ("mV", "ms", "second"))
STEP = 1e-4


def arrival_steps(connection, duration=5 * ms):
    """Step at which each target gets its first input."""
    M = StateMonitor(connection.target, "v", record=True)
    Network(connection, M).run(duration)
    return [int(np.flatnonzero(row)[0]) if row.any() else None for row in M.values]


def make_pacemakers(n, generator, slowest=4.0, fastest=0.3):
    """Neurons that fire regularly, each with a period of its own in milliseconds."""
    source = NeuronGroup(
        n, "dx/dt = 1/period : 1\nperiod : second", threshold="x > 0.999", reset="x = 0"
    )
    source.period = generator.uniform(fastest, slowest, n) * 1e-3
    source.x = generator.random(n)
    return source


def random_wiring(n_source, n_target, generator, probability=0.3, longest=20):
    """Random pairs with weights in SI units and delays in steps."""
    pairs = np.argwhere(generator.random((n_source, n_target)) < probability)
    return {
        (int(i), int(j)): [float(w), int(d)]
        for (i, j), w, d in zip(
            pairs,
            generator.normal(size=len(pairs)) * 1e-3,
            generator.integers(0, longest, len(pairs)),
            strict=True,
        )
    }


def connect(C, wiring):
    for (i, j), (weight, steps) in wiring.items():
        C[i, j] = weight * ALL_UNITS["volt"]
        C.delay[i, j] = steps * 0.1 * ms


def replay(wiring, monitor, n_target, n_steps):
    """What the targets should have, from the spikes that a monitor has recorded."""
    brute, fired = BruteForce(n_target, wiring), steps_of(monitor)
    for step in range(n_steps):
        brute.step(fired.get(step, ()))
    return brute.v
