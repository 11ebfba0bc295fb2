"""Groups in which each neuron has linear equations of its own (section 10.2 of the manual)."""

import numpy as np
import pytest

from brian_nb import Network, StateMonitor, ms, second
from brian_nb.errors import ModelError, UnknownNameError
from brian_nb.experimental.multilinearstateupdater import MultiLinearNeuronGroup

SAMPLE = """
    dv/dt = k*v/(1*second) : 1
    dw/dt = k*w/(1*second) : 1
    k : 1
    """
EXACT = 1e-12


def test_sample_of_the_manual_decays_at_the_rate_of_each_neuron():
    k = np.array([-1, -2, -3])
    group = MultiLinearNeuronGroup(SAMPLE, ["k"])
    group.v, group.w = 1, 0
    monitor = StateMonitor(group, "v", record=True)
    Network(group, monitor).run(1 * second)
    times = monitor.times + 1e-4  # records are made at the end of a step
    for i in range(3):
        assert np.allclose(monitor[i], np.exp(k[i] * times), rtol=EXACT)
    assert not group.w.any()
    assert len(group) == 3 and group.integrator == "linear"


def test_coupled_equations_are_exact_for_each_neuron():
    omega, damping = np.array([1.0, 10.0, 50.0, 200.0]), 5.0
    group = MultiLinearNeuronGroup(
        """
        dx/dt = -damping/second*x + omega/second*y : 1
        dy/dt = -damping/second*y - omega/second*x : 1
        omega : 1
        damping : 1
        """,
        ["omega", "damping"],
        threshold="x > 2",
    )
    group.x = 1
    Network(group).run(100 * ms)
    assert np.allclose(group.x, np.exp(-0.5) * np.cos(0.1 * omega), rtol=0, atol=EXACT)


def test_values_are_looked_up_where_the_group_is_made():
    def make(level):
        return MultiLinearNeuronGroup(SAMPLE, ["k"], level=level)

    k = np.array([-1.0, -2.0])
    assert make(level=1).k.tolist() == [-1, -2]


def test_mistakes_are_named():
    k, m = np.array([1.0, 2.0]), np.array([1.0, 2.0, 3.0])
    with pytest.raises(ModelError, match="k, m have different lengths: 2, 3"):
        MultiLinearNeuronGroup(SAMPLE + "\nm : 1", ["k", "m"])
    with pytest.raises(UnknownNameError, match="no value of q"):
        MultiLinearNeuronGroup(SAMPLE, ["q"])
    with pytest.raises(UnknownNameError, match="m is no parameter"):
        MultiLinearNeuronGroup(SAMPLE, ["m"])
    with pytest.raises(ModelError, match="cannot be integrated with method='linear'"):
        MultiLinearNeuronGroup("dv/dt = k*v*v/second : 1\nk : 1", ["k"])
