"""The numbers that the tutorials of the manual promise."""

import numpy as np
import pytest

from brian_nb import (
    Connection,
    EmpiricalThreshold,
    Equations,
    Network,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
)
from brian_nb.units import ALL_UNITS

mV, ms, second = (ALL_UNITS[name] for name in ("mV", "ms", "second"))

EXACT = 1e-12
"""Volt: rounding over a thousand steps, far below any physical size."""


def make_one_spike_source():
    """A group of one neuron that fires in the very first step and never again."""
    source = NeuronGroup(1, "x : 1", threshold="x > 0.5", reset="x = 0")
    source.x = 1
    return source


def test_tutorial_1c_counts_840_spikes():
    tau, El = 20 * ms, -49 * mV  # noqa: F841 - external constants of the equations
    G = NeuronGroup(N=40, model="dV/dt = -(V-El)/tau : volt", threshold=-50 * mV, reset=-60 * mV)
    M = SpikeMonitor(G)
    Network(G, M).run(1 * second)
    assert M.nspikes == 840


def test_tutorial_2b_follows_the_closed_form():
    taum, taue, taui = 20 * ms, 1 * ms, 10 * ms
    eqs = Equations(
        """
        dV/dt = (-V+ge-gi)/taum : volt
        dge/dt = -ge/taue       : volt
        dgi/dt = -gi/taui       : volt
        """
    )
    source = make_one_spike_source()
    G = NeuronGroup(1, model=eqs, threshold=10 * mV, reset=0 * mV)
    C = Connection(source, G, "ge")
    C[0, 0] = 3 * mV
    M = StateMonitor(G, "V", record=True)
    Network(source, G, C, M).run(100 * ms)
    t = M.times
    predicted = (np.exp(-t / taum) - np.exp(-t / taue)) * taue * (3 * mV) / (taum - taue)
    assert len(t) == 1000
    assert np.max(np.abs(predicted - M[0])) < EXACT


def test_psp_of_20_mV_never_makes_a_neuron_spike_in_two_steps_running():
    tau, El = 20 * ms, -49 * mV  # noqa: F841
    G = NeuronGroup(40, "dV/dt = -(V-El)/tau : volt", threshold=-50 * mV, reset=-60 * mV)
    C = Connection(G, G, weight=20 * mV, sparseness=0.5)
    M = SpikeMonitor(G)
    G.V = np.linspace(-0.06, -0.05, 40)
    Network(G, C, M).run(0.1 * second)
    intervals = np.concatenate([np.diff(M[i]) for i in range(40)])
    assert intervals.min() > 0.15e-3


@pytest.mark.parametrize("period_ms", [5.0])
def test_refractoriness_holds_for_fifty_steps_after_the_spike(period_ms):
    tau, v0 = 10 * ms, 20 * mV  # noqa: F841
    G = NeuronGroup(
        1,
        "dv/dt = (v0-v)/tau : volt",
        threshold=10 * mV,
        reset=0 * mV,
        refractory=period_ms * ms,
    )
    M = SpikeMonitor(G)
    Network(G, M).run(100 * ms)
    assert np.allclose(np.diff(M[0]), 12.0e-3, atol=1e-9)


def test_empirical_threshold_marks_each_crossing_once_and_resets_nothing():
    G = NeuronGroup(
        1,
        "dx/dt = 2*3.14159265358979*y/(10*ms) : 1\ndy/dt = -2*3.14159265358979*x/(10*ms) : 1",
        threshold=EmpiricalThreshold(threshold=0.5, refractory=6 * ms, state="x"),
    )
    G.x = 1
    M = SpikeMonitor(G)
    Network(G, M).run(60 * ms)
    assert np.hypot(G.x[0], G.y[0]) == pytest.approx(1, abs=1e-9)
    first = 10e-3 * 5 / 6
    assert M[0] == pytest.approx([0, *(first + 10e-3 * np.arange(6))], abs=0.11e-3)
