"""The Ornstein-Uhlenbeck process has the moments of its closed form."""

import numpy as np
import pytest

from brian_nb import Equations, NeuronGroup, StateMonitor, run, seed
from brian_nb.errors import ModelError
from brian_nb.library.random_processes import OrnsteinUhlenbeck
from brian_nb.units import ALL_UNITS

mV, ms, nA, amp, pF = (ALL_UNITS[name] for name in "mV ms nA amp pF".split())

N_NEURONS = 4000


@pytest.fixture(scope="module")
def course():
    """Values float64[n_neurons, n_steps] of processes that begin in their long-run distribution."""
    from brian_nb import defaultclock

    defaultclock.dt = 0.1 * ms
    seed(11)
    group = NeuronGroup(N_NEURONS, OrnsteinUhlenbeck("I", mu=1 * nA, sigma=2 * nA, tau=10 * ms))
    group.I = 1e-9 + 2e-9 * np.random.default_rng(4).standard_normal(N_NEURONS)
    record = StateMonitor(group, "I", record=True)
    run(30 * ms)
    return record.values


def test_mean_and_standard_deviation_are_as_given(course):
    last = course[:, -1]
    assert last.mean() == pytest.approx(1e-9, abs=4 * 2e-9 / np.sqrt(N_NEURONS))
    # The noise of one step is that of Euler-Maruyama: the variance is tau*(exp(2*dt/tau) - 1)/dt/2
    # times too large, 1 %. A standard deviation of 4000 has an error of 1.1 %.
    assert last.std() == pytest.approx(2e-9 * np.sqrt(1.01), rel=0.045)


def test_the_autocorrelation_decays_with_the_time_constant(course):
    first = course[:, 99]
    for lag in (50, 100, 200):
        found = np.corrcoef(first, course[:, 99 + lag])[0, 1]
        assert found == pytest.approx(np.exp(-lag * 1e-4 / 0.01), abs=4 / np.sqrt(N_NEURONS))


def test_a_process_is_a_term_of_other_equations():
    eqs = Equations("dv/dt = -v/tau + I/C : volt", tau=10 * ms, C=200 * pF)
    eqs += OrnsteinUhlenbeck("I", mu=0, sigma=2 * nA, tau=5 * ms)
    group = NeuronGroup(1, eqs)
    assert group.integrator == "linear"
    assert group.system.dimension_of("I") == amp.dimension


def test_parameters_may_be_names_if_the_unit_is_said():
    eqs = OrnsteinUhlenbeck("x", mu="m", sigma="s", tau=5 * ms, unit=mV) + "m : volt\ns : volt"
    assert float(eqs.apply("x", {"x": 0 * mV, "m": 10 * mV, "s": 0 * mV})) == pytest.approx(2)
    with pytest.raises(ModelError, match="unit of the process x is not known"):
        OrnsteinUhlenbeck("x", mu="m", sigma="s", tau=5 * ms)
