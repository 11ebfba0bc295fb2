"""What a step is prepared from may change between segments, and by code that a step calls."""

import numpy as np
import pytest

from brian_nb import Clock, Network, NeuronGroup, TimedArray, network_operation, seed
from brian_nb.numerics import choose_update
from brian_nb.numerics.methods import METHODS
from brian_nb.units import ALL_UNITS

ms, second = ALL_UNITS["ms"], ALL_UNITS["second"]

WAYS = [{"threads": 1}, {"threads": 2}, {"threads": 3}, {"reference": True}]
"""Of running a network."""

N = 300
EXACT = 1e-12
"""Rounding over a hundred steps, of numbers of size one."""


def network_of(*objects, threads=1, reference=False):
    network = Network(*objects, threads=threads)
    network._reference = reference
    return network


def chain(n, tau):
    """A cable of `n` compartments, as many as make the step a product of a matrix."""
    lines = [f"dx{k}/dt = (x{(k + 1) % n} - 2*x{k})/tau : 1" for k in range(n)]
    return "\n".join([*lines, tau])


@pytest.mark.parametrize("how", WAYS, ids=str)
@pytest.mark.parametrize("where", ["constant", "parameter"])
@pytest.mark.parametrize("method", ["linear", "exact_noise", "exponential_Euler"])
def test_exact_step_is_derived_again_at_the_start_of_a_segment(method, where, how):
    tau = 10 * ms
    own = "\ntau : second" if where == "parameter" else ""
    group = NeuronGroup(N, f"dx/dt = (1 - x)/tau : 1{own}", method=method)
    group.tau = 10 * ms
    network = network_of(group, **how)
    network.run(2 * ms)
    group.tau = 4 * ms
    network.run(2 * ms)
    assert group.x == pytest.approx([1 - np.exp(-0.2 - 0.5)] * N, abs=EXACT)


@pytest.mark.parametrize("how", WAYS, ids=str)
@pytest.mark.parametrize("where", ["constant", "parameter"])
def test_matrix_of_a_large_system_is_derived_again(where, how):
    n, tau = 20, 10 * ms
    group = NeuronGroup(5, chain(n, "tau : second" if where == "parameter" else ""))
    assert choose_update(group.describe_model()).product is not None
    group.tau = 10 * ms
    for k in range(n):
        setattr(group, f"x{k}", 1)
    network = network_of(group, **how)
    network.run(1 * ms)
    group.tau = 5 * ms
    network.run(1 * ms)
    assert group.x7 == pytest.approx([np.exp(-0.1 - 0.2)] * 5, abs=EXACT)


@pytest.mark.parametrize("where", ["constant", "parameter"])
def test_covariance_of_exact_noise_is_derived_again(where):
    seed(3)
    tau, s, n = 5 * ms, 1.0, 20_000
    own = "\ns : 1" if where == "parameter" else ""
    group = NeuronGroup(n, f"dx/dt = -x/tau + s*(2/tau)**0.5*xi : 1{own}", method="exact_noise")
    group.s = 1.0
    network = Network(group)
    network.run(10 * ms)
    group.s = 3.0
    network.run(10 * ms)
    expected = 9 + (1 - np.exp(-4) - 9) * np.exp(-4)  # of the variance, which relaxes in tau/2
    assert group.x.var() == pytest.approx(expected, rel=4 * np.sqrt(2 / n))


@pytest.mark.parametrize("where", ["constant", "parameter"])
@pytest.mark.parametrize("how", WAYS, ids=str)
def test_operation_may_change_what_the_exact_step_is_made_from(where, how):
    tau, clock = 10 * ms, Clock(dt=0.1 * ms)
    own = "\ntau : second" if where == "parameter" else ""
    group = NeuronGroup(N, f"dx/dt = -x/tau : 1{own}", clock=clock)
    group.tau, group.x = 10 * ms, 1

    @network_operation(clock, when="end")
    def sharpen():
        if clock.timebase.step == 19:  # the twentieth step is done
            group.tau = 4 * ms

    network_of(group, sharpen, **how).run(4 * ms)
    assert group.integrator == "linear"
    assert group.x == pytest.approx([np.exp(-0.2 - 0.5)] * N, abs=EXACT)


@pytest.mark.parametrize("how", WAYS, ids=str)
@pytest.mark.parametrize("method", ["linear", "exact_noise"])
def test_exact_step_follows_the_time_step(method, how):
    clock = Clock(dt=0.1 * ms)
    group = NeuronGroup(N, "dx/dt = -x/(10*ms) : 1", method=method, clock=clock)
    group.x = 1
    network = network_of(group, **how)
    network.run(1 * ms)
    clock.dt = 0.5 * ms
    network.run(1 * ms)
    assert group.x == pytest.approx([np.exp(-0.2)] * N, abs=EXACT)


def test_timed_array_among_the_coefficients_takes_another_method():
    """Within a segment it changes, so no step can be prepared from it."""
    rate = TimedArray(np.array([100.0, 200.0]), dt=1 * ms)
    group = NeuronGroup(1, "dx/dt = -rate(t)*x/second : 1")
    assert group.integrator == "Euler"
    assert "depends on the time t" in group.reason or "looks values up" in group.reason


@pytest.mark.parametrize("method", [name for name in METHODS if np.isfinite(METHODS[name].ORDER)])
def test_other_methods_see_a_changed_constant_in_the_next_segment(method):
    tau = 10 * ms
    group = NeuronGroup(N, "dx/dt = 1/tau - x*0/second : 1", method=method)
    network = Network(group)
    network.run(1 * ms)
    group.tau = 5 * ms
    network.run(1 * ms)
    assert group.x == pytest.approx([0.3] * N, abs=EXACT)
