"""Networks that learn, and the same learning written out in NumPy."""

import numpy as np

from brian_nb import (
    STDP,
    Connection,
    Equations,
    Network,
    NeuronGroup,
    SpikeMonitor,
    defaultclock,
    seed,
)
from brian_nb.units import ALL_UNITS

ms, second = ALL_UNITS["ms"], ALL_UNITS["second"]

EXACT = 1e-12
"""Both sides compute the same exponentials, in another order."""

PAIRS = """
da/dt = -a/tau_a : 1
db/dt = -b/tau_b : 1
"""
TAU = {"tau_a": 0.020, "tau_b": 0.035}


def make_random_spikers(n, chance):
    """Neurons that fire with the same chance in each step, and receive into `g`."""
    group = NeuronGroup(n, "g : 1\nchance : 1", threshold="rand() < chance")
    group.chance = chance
    return group


def build(
    rule, n_source=30, n_target=7, delay=0 * ms, chance=0.02, recurrent=False, compiled=False
):
    """A network with one rule on random synapses; `rule` makes it from the connection.

    Most tests run the generated source as plain Python, which a few compare with compiled code.
    """
    defaultclock.reinit()
    seed(21)
    source = make_random_spikers(n_source, chance)
    target = source if recurrent else make_random_spikers(n_target, chance)
    C = Connection(source, target, "g", delay=delay)
    C.connect_random(sparseness=0.7, weight=lambda: 0.2 + 0.6 * np.random.rand())
    R = rule(C)
    monitors = SpikeMonitor(source), SpikeMonitor(target)
    network = Network(source, target, C, R, monitors)
    network._reference = not compiled
    return network, C, R, monitors


def spike_table(monitor, n_steps):
    """bool[n_steps, n_neurons]"""
    table = np.zeros((n_steps, len(monitor.source)), bool)
    for neuron, time in monitor.spikes:
        table[round(time * 1e4), neuron] = True
    return table


def read_weights(C):
    """float64[n_source, n_target]; 0 where there is no synapse."""
    values, matrix = C.values, np.zeros((len(C.source), len(C.target)))
    n_synapses = values.rows[-1]
    pre = np.repeat(np.arange(len(C.source)), np.diff(values.rows))
    matrix[pre, values.targets[:n_synapses] - C.target.first] = values.read_weights()
    return matrix


def replay(weights, pre, post, change, delays=(0, 0), bounds=(0, 1)):
    """Weights after all spikes; traces a and b are those of `PAIRS`, stepped one by one.

    `change` gives at a spike the new trace and the new weights, from the trace of the neuron, the
    traces of the other side and the weights of its synapses.
    """
    w, exists = weights.copy(), weights != 0
    a, b = np.zeros(w.shape[0]), np.zeros(w.shape[1])
    for step in range(len(pre)):
        a *= np.exp(-1e-4 / TAU["tau_a"])
        b *= np.exp(-1e-4 / TAU["tau_b"])
        for j in np.flatnonzero(post[step - delays[1]]) if step >= delays[1] else ():
            b[j], new = change["post"](b[j], a, w[:, j])
            w[:, j] = np.where(exists[:, j], np.clip(new, *bounds), 0)
        for i in np.flatnonzero(pre[step - delays[0]]) if step >= delays[0] else ():
            a[i], new = change["pre"](a[i], b, w[i])
            w[i] = np.where(exists[i], np.clip(new, *bounds), 0)
    return w, a, b


ADDITIVE = {
    "pre": lambda own, other, w: (own + 0.02, w + other),
    "post": lambda own, other, w: (own - 0.025, w + other),
}


def additive(C, **keywords):
    equations = Equations(PAIRS, tau_a=TAU["tau_a"] * second, tau_b=TAU["tau_b"] * second)
    keywords = {"pre": "a += 0.02; w += b", "post": "b -= 0.025; w += a", "wmax": 1} | keywords
    return STDP(C, equations, **keywords)


def run_and_replay(network, C, monitors, change, n_steps=500, **options):
    before = read_weights(C)
    network.run(n_steps * 0.1 * ms)
    tables = [spike_table(monitor, n_steps) for monitor in monitors]
    assert min(table.sum() for table in tables) > 20
    return before, replay(before, *tables, change, **options)
