"""Plasticity by pairs of spikes, compared with sums over all pairs."""

import numpy as np
import pytest

from brian_nb import (
    Connection,
    ExponentialSTDP,
    Network,
    NeuronGroup,
    PoissonGroup,
    PopulationRateMonitor,
    SpikeMonitor,
    defaultclock,
    seed,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS

mV, ms, Hz, second = (ALL_UNITS[name] for name in ("mV", "ms", "Hz", "second"))

EXACT = 1e-12
"""Both sides compute the same exponentials, in another order."""

TAU_P, TAU_M, A_P, A_M = 0.017, 0.034, 0.03, -0.02
W_MAX = 0.8


def change(s):
    """The change that a pair makes; `s` is the time of the target's spike minus the source's."""
    return A_P * np.exp(-s / TAU_P) if s > 0 else A_M * np.exp(s / TAU_M)


def choose_earlier(times, t, before, nearest):
    """Spikes of the other side that a spike at `t` makes pairs with."""
    earlier = [item for item in times if (item < t if before else item <= t)]
    return earlier[-1:] if nearest else earlier


def update_weight(w, f, update):
    if update == "additive" or (update == "mixed" and f > 0):
        w += W_MAX * f
    else:
        w += (W_MAX - w) * f if f > 0 else w * f
    return min(max(w, 0), W_MAX)


def pair_up(w, pre, post, interactions, update):
    """The weight after all spikes of two neurons, all pairs looked at one by one."""
    nearest_pre = interactions in ("nearest", "nearest_pre")
    nearest_post = interactions in ("nearest", "nearest_post")
    events = sorted([(t, 1) for t in pre] + [(t, 0) for t in post])
    for t, is_pre in events:
        if not is_pre:
            others = choose_earlier(pre, t, before=True, nearest=nearest_pre)
            f = sum(change(t - other) for other in others)
        else:
            others = choose_earlier(post, t, before=False, nearest=nearest_post)
            f = sum(change(other - t) for other in others)
        if others:
            w = update_weight(w, f, update)
    return w


def make_rule(C, **keywords):
    return ExponentialSTDP(
        C, TAU_P * second, TAU_M * second, A_P, A_M, **({"wmax": W_MAX} | keywords)
    )


def run_random(reference=True, n_steps=300, **keywords):
    """Final weights of 3 x 2 synapses, and those that sums over pairs give."""
    defaultclock.reinit()
    seed(6)
    groups = [NeuronGroup(n, "g : 1", threshold="rand() < 0.08") for n in (3, 2)]
    C = Connection(*groups, "g", weight=lambda: 0.1 + 0.6 * np.random.rand())
    before = C.values.weights.reshape(3, 2).copy()
    monitors = [SpikeMonitor(group) for group in groups]
    network = Network(C, make_rule(C, **keywords), monitors)
    network._reference = reference
    network.run(n_steps * 0.1 * ms)
    assert min(monitor.nspikes for monitor in monitors) > 0.04 * n_steps
    interactions = keywords.get("interactions", "all")
    update = keywords.get("update", "additive")
    trains = [[np.rint(m[k] * 1e4) * 1e-4 for k in range(len(m.source))] for m in monitors]
    expected = [
        [pair_up(before[i, j], trains[0][i], trains[1][j], interactions, update) for j in range(2)]
        for i in range(3)
    ]
    return C.values.weights[:6].reshape(3, 2), np.array(expected), before


@pytest.mark.parametrize("update", ["additive", "multiplicative", "mixed"])
@pytest.mark.parametrize("interactions", ["all", "nearest", "nearest_pre", "nearest_post"])
def test_weights_are_sums_over_pairs(interactions, update):
    found, expected, before = run_random(interactions=interactions, update=update)
    assert np.allclose(found, expected, rtol=0, atol=EXACT)
    assert np.abs(found - before).max() > 0.02


def test_compiled_code_gives_the_same_sums():
    found, expected, _ = run_random(reference=False, n_steps=3000, update="mixed")
    assert np.allclose(found, expected, rtol=0, atol=EXACT)


def make_single_spikes(times):
    """Neurons that fire once, in the step that starts at the given time."""
    text = "dy/dt = 1 : second\nat : second"
    group = NeuronGroup(len(times), text, threshold="y > at + 0.05*ms", reset="y = -1000*second")
    group.at = times
    return group


def test_one_pair_of_spikes_traces_the_window():
    defaultclock.reinit()
    lags = np.arange(-60, 61) * 1e-3
    pre = make_single_spikes(np.full(len(lags), 0.080))
    post = make_single_spikes(0.080 + lags)
    C = Connection(pre, post, "at")
    C.connect_one_to_one(weight=0.4 * second)
    rule = ExponentialSTDP(C, 17 * ms, 34 * ms, A_P, A_M, wmax=0.8 * second)
    M = SpikeMonitor(post)
    post.at = post.at - 0.4  # what the spike of the source adds, where it comes first
    post.at = np.where(lags >= 0, post.at, post.at + 0.4)
    network = Network(C, rule, M)
    network._reference = True
    network.run(150 * ms)
    found = C.values.weights[: len(lags)] - 0.4
    fired = np.array([M[k][0] for k in range(len(lags))])
    expected = 0.8 * np.array([change(s) for s in np.round(fired - 0.080, 9)])
    assert np.allclose(found, expected, rtol=0, atol=EXACT)


def test_delays_shift_the_window():
    """A spike of the source acts when it arrives, so the window moves by the delay."""
    found = {}
    for delay in (0.0, 0.005):
        defaultclock.reinit()
        pre = make_single_spikes([0.010] * 2)
        post = NeuronGroup(
            2, "dy/dt = 1 : second\nat : second\ng : 1", threshold="y > at", reset="y = -1*second"
        )
        post.at = np.array([0.012, 0.018]) + 5e-5
        C = Connection(pre, post, "g", delay=delay * second)
        C.connect_one_to_one(weight=0.4)
        network = Network(C, make_rule(C))
        network._reference = True
        network.run(30 * ms)
        found[delay] = (C.values.weights[:2] - 0.4) / W_MAX
    assert np.allclose(found[0.0], [change(0.002), change(0.008)], atol=EXACT)
    assert np.allclose(found[0.005], [change(-0.003), change(0.003)], atol=EXACT)


def test_weights_of_many_poisson_inputs_drift_to_both_bounds():
    """Song, Miller & Abbott 2000, Nat. Neurosci. 3:919, figures 2 and 4.

    From equal weights in the middle, competition empties the middle, and the rate of the neuron
    comes down to some 25 Hz. Amplitudes are four times theirs: it takes 40 s.
    """
    defaultclock.reinit()
    seed(2)
    El, Ee, vr, vt = -74 * mV, 0 * mV, -60 * mV, -54 * mV
    taum, taue, gmax = 10 * ms, 5 * ms, 0.01
    text = "dv/dt = (ge*(Ee - vr) + El - v)/taum : volt\ndge/dt = -ge/taue : 1"
    inputs = PoissonGroup(1000, rates=15 * Hz)
    neuron = NeuronGroup(1, text, threshold=vt, reset=vr)
    neuron.v = vr
    C = Connection(inputs, neuron, "ge", weight=np.full((1000, 1), 0.5 * gmax))
    rule = ExponentialSTDP(C, 20 * ms, 20 * ms, 0.02, -0.02 * 1.05, wmax=gmax)
    rate = PopulationRateMonitor(neuron, bin=1 * second)
    Network(C, rule, rate).run(40 * second)
    fifths, _ = np.histogram(C.values.weights[:1000] / gmax, 5, (0, 1))
    assert fifths.sum() == 1000
    assert fifths[2] < 220 and fifths[0] + fifths[4] > 400 and fifths[4] > 100
    assert rate.rate[0] > 60 and 15 < rate.rate[-10:].mean() < 40


@pytest.mark.parametrize(
    ("keywords", "error", "message"),
    [
        ({"wmax": None}, ModelError, "upper bound"),
        ({"wmax": np.inf}, ModelError, "finite"),
        ({"wmax": 1 * mV}, DimensionMismatchError, "wmax"),
        ({"interactions": "some"}, ModelError, "use 'all', 'nearest'"),
        ({"update": "subtractive"}, ModelError, "use 'additive'"),
        ({"taup": 3 * mV}, DimensionMismatchError, "taup"),
        ({"taum": 0 * ms}, ModelError, "positive"),
        ({"Ap": 0.1 * mV}, DimensionMismatchError, "Ap"),
    ],
)
def test_wrong_values_are_refused(keywords, error, message):
    G = NeuronGroup(2, "g : 1", threshold="g > 1")
    C = Connection(G, G, "g", weight=0.5)
    values = {"taup": 20 * ms, "taum": 20 * ms, "Ap": 0.1, "Am": -0.1, "wmax": 1} | keywords
    with pytest.raises(error, match=message):
        ExponentialSTDP(C, **values)


def test_amplitudes_can_be_changed_but_not_their_signs():
    G = NeuronGroup(2, "g : 1", threshold="g > 1")
    rule = make_rule(Connection(G, G, "g", weight=0.5))
    rule.Ap = 0.5
    assert rule.Ap == 0.5
    with pytest.raises(ModelError, match="sign"):
        rule.Am = 0.1
