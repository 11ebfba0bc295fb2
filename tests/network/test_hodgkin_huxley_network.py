"""A random network of Hodgkin-Huxley neurons, spike by spike as in a loop written out in NumPy.

Source: Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 3.
"""

import numpy as np

from brian_nb import Connection, EmpiricalThreshold, Network, NeuronGroup, SpikeMonitor, seed
from brian_nb.units import ALL_UNITS

ms, mV, pF, nS = (ALL_UNITS[name] for name in ("ms", "mV", "pF", "nS"))
N, N_E, DT, DURATION = 300, 240, 0.1, 60.0
"""Times in ms, potentials in mV, conductances in nS."""

EQUATIONS = """
dv/dt = (10*nS*(-60*mV - v) - ge*v + gi*(-80*mV - v) + na + kd)/(200*pF) : volt
na = 20000*nS*m**3*h*(50*mV - v) : amp
kd = 6000*nS*n**4*(-90*mV - v) : amp
dm/dt = am*(1 - m) - bm*m : 1
dh/dt = ah*(1 - h) - bh*h : 1
dn/dt = an*(1 - n) - bn*n : 1
dge/dt = -ge/(5*ms) : siemens
dgi/dt = -gi/(10*ms) : siemens
u = v/mV + 63 : 1
am = 0.32*(13 - u)/(exp((13 - u)/4) - 1)/ms : hertz
bm = 0.28*(u - 40)/(exp((u - 40)/5) - 1)/ms : hertz
ah = 0.128*exp((17 - u)/18)/ms : hertz
bh = 4/(1 + exp((40 - u)/5))/ms : hertz
an = 0.032*(15 - u)/(exp((15 - u)/5) - 1)/ms : hertz
bn = 0.5*exp((10 - u)/40)/ms : hertz
"""


def relax(value, alpha, beta):
    limit = alpha / (alpha + beta)
    return limit + (value - limit) * np.exp(-DT * (alpha + beta))


def step(v, m, h, n, ge, gi):
    """All variables one step later; each equation is solved with the others held."""
    u, na, kd = v + 63, 20000 * m**3 * h, 6000 * n**4
    g = 10 + ge + gi + na + kd
    rest = (-600 - 80 * gi + 50 * na - 90 * kd) / g
    return (
        rest + (v - rest) * np.exp(-DT * g / 200),
        relax(
            m, 0.32 * (13 - u) / np.expm1((13 - u) / 4), 0.28 * (u - 40) / np.expm1((u - 40) / 5)
        ),
        relax(h, 0.128 * np.exp((17 - u) / 18), 4 / (1 + np.exp((40 - u) / 5))),
        relax(n, 0.032 * (15 - u) / np.expm1((15 - u) / 5), 0.5 * np.exp((10 - u) / 40)),
        ge * np.exp(-DT / 5),
        gi * np.exp(-DT / 10),
    )


def replay(v, ge, gi, excitation, inhibition):
    """Spikes (neuron, step) of the loop."""
    state = v, np.zeros(N), np.zeros(N), np.zeros(N), ge, gi
    silent_until, found = np.full(N, -1), []
    for number in range(round(DURATION / DT)):
        state = step(*state)
        fired = np.flatnonzero((state[0] > -20) & (number > silent_until))
        silent_until[fired] = number + round(3 / DT) - 1
        found += [(int(i), number) for i in fired]
        for i in fired:
            if i < N_E:
                state[4][:] += excitation[i]
            else:
                state[5][:] += inhibition[i - N_E]
    return found


def test_spikes_are_those_of_a_loop_written_out():
    seed(5)
    random = np.random.default_rng(5)
    group = NeuronGroup(
        N,
        EQUATIONS,
        threshold=EmpiricalThreshold(threshold=-20 * mV, refractory=3 * ms),
        implicit=True,
    )
    v, ge, gi = random.normal((-65, 100, 100), (5, 30, 50), (N, 3)).T
    group.v, group.ge, group.gi = v * 1e-3, ge * 1e-9, gi * 1e-9
    excitation = Connection(group[:N_E], group, "ge", weight=16 * nS, sparseness=0.1)
    inhibition = Connection(group[N_E:], group, "gi", weight=120 * nS, sparseness=0.1)
    spikes = SpikeMonitor(group)
    weights = [np.asarray(item.W.todense()) * 1e9 for item in (excitation, inhibition)]
    expected = replay(v, ge, gi, *weights)
    Network(group, excitation, inhibition, spikes).run(DURATION * ms)
    found = [(i, round(float(t) / (DT * 1e-3))) for i, t in spikes.spikes]
    assert found == expected
    assert len(found) > 5 * N
