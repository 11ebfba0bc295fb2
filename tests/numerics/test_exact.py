"""Exact steps of linear systems, against closed forms."""

import numpy as np
import pytest
from scipy.linalg import expm

from brian_nb import Network, NeuronGroup, defaultclock
from brian_nb.numerics import choose_update
from brian_nb.units import ALL_UNITS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]
ROUNDING = 1e-12


def test_parameters_that_differ_between_neurons_enter_exactly():
    G = NeuronGroup(
        50,
        """
        dv/dt = (E - v)/tau : volt
        tau : second
        E : volt
        """,
    )
    G.tau = np.linspace(1e-3, 50e-3, 50)
    G.E = np.linspace(-0.01, 0.01, 50)
    G.v = 5 * mV
    Network(G).run(7 * ms)
    expected = G.E + (0.005 - G.E) * np.exp(-7e-3 / G.tau)
    assert np.abs(G.v - expected).max() < ROUNDING


def test_a_parameter_changed_between_runs_acts_in_the_next():
    G = NeuronGroup(1, "dv/dt = -v/tau : 1\ntau : second")
    G.tau, G.v = 10 * ms, 1
    network = Network(G)
    network.run(10 * ms)
    G.tau = 5 * ms
    network.run(10 * ms)
    assert G.v[0] == pytest.approx(np.exp(-3), abs=ROUNDING)


def test_a_singular_matrix_is_no_obstacle():
    G = NeuronGroup(1, "dx/dt = a : 1\na = 3/(10*ms) : 1/second")
    Network(G).run(10 * ms)
    assert G.integrator == "linear"
    assert G.x[0] == pytest.approx(3, abs=ROUNDING)


def test_an_oscillator_keeps_its_amplitude():
    G = NeuronGroup(1, "dx/dt = w*y : 1\ndy/dt = -w*x : 1\nw = 200/(1000*ms) : 1/second")
    G.x = 1
    Network(G).run(1000 * ms)
    assert G.x[0] == pytest.approx(np.cos(200), abs=1e-9)


def test_noise_of_a_linear_equation_has_the_variance_of_the_process():
    np.random.seed(3)
    sigma, tau = 2 * mV, 10 * ms  # noqa: F841
    G = NeuronGroup(20_000, "dv/dt = -v/tau + sigma*(2/tau)**0.5*xi : volt")
    Network(G).run(100 * ms)
    standard_error = 1 / np.sqrt(2 * 20_000)
    decay = np.exp(-0.1 / 10)  # exact drift, then a normal step, at dt = tau/100
    expected = 0.002 * np.sqrt(2 * 0.01 / (1 - decay**2))
    assert abs(G.v.std() / expected - 1) < 5 * standard_error
    assert abs(G.v.mean()) < 5 * 0.002 / np.sqrt(20_000)


def test_one_noise_shared_by_two_equations_is_the_same_for_both():
    G = NeuronGroup(
        100,
        """
        dx/dt = -x/(10*ms) + u/(10*ms)**.5 : 1
        dy/dt = -y/(10*ms) + u/(10*ms)**.5 : 1
        u = xi : second**-.5
        """,
    )
    Network(G).run(20 * ms)
    assert np.array_equal(G.x, G.y)
    assert G.x.std() > 0.1


def chain(n, per_neuron=False):
    """A passive cable of `n` compartments as equations, drive at its first end."""
    lines = []
    for k in range(n):
        terms = [f"(x{j} - x{k})" for j in (k - 1, k + 1) if 0 <= j < n]
        drive = " + I" if k == 0 else ""
        lines.append(f"dx{k}/dt = (-x{k} + 5*({' + '.join(terms)}){drive})/tau : 1")
    lines += ["I : 1", "tau : second"] if per_neuron else ["I : 1"]
    return "\n".join(lines)


@pytest.mark.parametrize("per_neuron", [False, True])
def test_a_large_linear_system_is_stepped_by_a_product_of_matrices(per_neuron):
    n, tau = 40, 10 * ms
    G = NeuronGroup(3, chain(n, per_neuron))
    network = Network(G)
    assert choose_update(G.describe_model()).product is not None
    if per_neuron:
        G.tau = [0.005, 0.01, 0.02]
    G.I = [0, 1, 2]
    network.run(20 * ms)
    matrix = -np.eye(n) + 5 * (np.eye(n, k=1) + np.eye(n, k=-1))
    matrix -= 5 * np.diag((np.eye(n, k=1) + np.eye(n, k=-1)).sum(axis=1))
    for neuron, (drive, scale) in enumerate(zip([0, 1, 2], [0.005, 0.01, 0.02], strict=True)):
        rate = matrix / (scale if per_neuron else 0.01)
        source = np.zeros(n)
        source[0] = drive / (scale if per_neuron else 0.01)
        expected = np.linalg.solve(rate, expm(rate * 0.02) @ source - source)
        found = [getattr(G, f"x{k}")[neuron] for k in range(n)]
        assert np.allclose(found, expected, rtol=1e-9, atol=1e-12)


def test_a_product_of_matrices_is_the_same_in_plain_python():
    tau = 10 * ms
    results = []
    for reference in (False, True):
        defaultclock.reinit()  # random numbers are counted by its steps
        G = NeuronGroup(2, chain(20) + "\ndy/dt = -y/tau + xi*tau**-0.5 : 1")
        G.I = 1
        network = Network(G)
        network._seed, network._reference = 5, reference
        network.run(1 * ms)
        results.append([G.x0.copy(), G.x19.copy(), G.y.copy()])
    assert np.allclose(*results, rtol=1e-13)
