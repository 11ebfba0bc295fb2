"""Linear equations with additive noise have the covariance of their process at any step."""

import numpy as np
import pytest

from brian_nb import Clock, Equations, Network, NeuronGroup, StateMonitor, seed
from brian_nb.errors import ModelError
from brian_nb.library.random_processes import OrnsteinUhlenbeck
from brian_nb.numerics.methods.exact_noise import find_covariance, find_root
from brian_nb.units import ALL_UNITS

mV, ms, nA, pF, second = (ALL_UNITS[name] for name in "mV ms nA pF second".split())

N = 20_000
ERROR = 4 * np.sqrt(2 / N)
"""Of a variance of N independent numbers: four standard deviations."""

LONG = 120 * ms
"""Time after which all processes here have forgotten how they began."""


def simulate(equations, dt, duration=LONG, **options):
    seed(7)
    group = NeuronGroup(N, equations, clock=Clock(dt=dt), method="exact_noise", **options)
    Network(group).run(duration)
    return group


@pytest.mark.parametrize("dt", [0.1 * ms, 5 * ms, 30 * ms])
def test_an_ornstein_uhlenbeck_process_has_its_variance_at_any_step(dt):
    group = simulate(OrnsteinUhlenbeck("x", mu=3 * mV, sigma=2 * mV, tau=10 * ms), dt)
    assert group.integrator == "exact_noise"
    assert group.x.mean() == pytest.approx(3e-3, abs=4 * 2e-3 / np.sqrt(N))
    assert group.x.var() == pytest.approx(4e-6, rel=ERROR)


def test_a_membrane_and_the_coloured_current_that_drives_it_are_correlated_rightly():
    tau, rise, C = 10e-3, 5e-3, 200e-12
    eqs = Equations("dv/dt = -v/tau + I/C : volt", tau=10 * ms, C=200 * pF)
    group = simulate(eqs + OrnsteinUhlenbeck("I", mu=0, sigma=2 * nA, tau=5 * ms), 4 * ms)
    var = 4e-18
    shared = var / C * tau * rise / (tau + rise)  # of v and I, in the long run
    assert group.I.var() == pytest.approx(var, rel=ERROR)
    assert np.mean(group.v * group.I) == pytest.approx(shared, rel=2 * ERROR)
    assert group.v.var() == pytest.approx(shared * tau / C, rel=ERROR)


def test_an_integral_of_noise_grows_as_brownian_motion_does():
    group = simulate("dx/dt = y : second**1.5\ndy/dt = xi : second**0.5", 50 * ms, 1 * second)
    assert group.y.var() == pytest.approx(1, rel=ERROR)
    assert group.x.var() == pytest.approx(1 / 3, rel=ERROR)
    assert np.mean(group.x * group.y) == pytest.approx(1 / 2, rel=2 * ERROR)


def test_neurons_may_have_time_constants_and_amplitudes_of_their_own():
    seed(7)
    eqs = "dx/dt = -x/tau + s*(2/tau)**0.5*xi : 1\ntau : second\ns : 1"
    group = NeuronGroup(N, eqs, clock=Clock(dt=5 * ms), method="exact_noise")
    group.tau = np.repeat([2e-3, 20e-3], N // 2)
    group.s = np.tile([1, 3], N // 2)
    Network(group).run(LONG)
    for part in (slice(0, N // 2, 2), slice(N // 2, N, 2)):
        assert group.x[part].var() == pytest.approx(1, rel=2 * ERROR)
        assert group.x[part.start + 1 : part.stop : 2].var() == pytest.approx(9, rel=2 * ERROR)


def test_noise_that_equations_share_stays_the_same_number():
    eqs = """
        dx/dt = -x/tau + u/tau**0.5 : 1
        dy/dt = -y/tau + 2*u/tau**0.5 : 1
        u = xi : second**-0.5
        """
    group = simulate(Equations(eqs, tau=10 * ms), 5 * ms)
    assert np.allclose(group.y, 2 * group.x, rtol=1e-6, atol=1e-6)
    assert group.x.var() == pytest.approx(0.5, rel=ERROR)


def test_it_is_the_same_in_plain_python_and_on_several_threads():
    def run(threads=1, reference=False):
        seed(4)
        eqs = Equations("dv/dt = (I - v)/tau : 1", tau=10 * ms)
        eqs += OrnsteinUhlenbeck("I", mu=1, sigma=2.0, tau=5 * ms)
        group = NeuronGroup(
            700, eqs, clock=Clock(), threshold="v > 1 + 0.1*rand()", reset=0, method="exact_noise"
        )
        M = StateMonitor(group, "v", record=True, clock=group.clock)
        network = Network(group, M, threads=threads)
        network._reference = reference
        network.run(3 * ms)
        network.run(2 * ms)
        return M.values

    expected = run()
    assert np.array_equal(run(threads=2), expected) and np.array_equal(run(threads=3), expected)
    assert np.allclose(run(reference=True), expected, rtol=0, atol=1e-12)


def test_steps_by_hand_have_the_same_variance():
    np.random.seed(3)
    group = NeuronGroup(
        N, OrnsteinUhlenbeck("x", mu=0 * mV, sigma=2 * mV, tau=10 * ms), clock=Clock(dt=10 * ms),
        method="exact_noise",
    )  # fmt: skip
    for _ in range(10):
        group.update()
    assert group.x.var() == pytest.approx(4e-6, rel=ERROR)


@pytest.mark.parametrize(
    ("equations", "reason"),
    [
        ("dx/dt = -x**2/ms : 1", "not linear"),
        ("dx/dt = -x/ms + x*xi/ms**0.5 : 1", "linear|depends on x"),
        ("dx/dt = -x/ms + y*xi/ms**0.5 : 1\ndy/dt = -y/ms : 1", "linear|depends on y"),
        ("dx/dt = -x/ms + t/ms*xi/ms**0.5 : 1", "depends on t"),
    ],
)
def test_noise_that_is_not_additive_is_refused(equations, reason):
    with pytest.raises(ModelError, match=f"method='exact_noise': .*({reason})"):
        NeuronGroup(1, equations, method="exact_noise")


def test_the_covariance_of_fast_decays_and_unlike_units_does_not_overflow():
    matrix = np.array([[-100.0, 1e10], [0.0, -1e6]])
    noise = np.diag([0.0, 1e-18])
    found = find_covariance(matrix, noise, 1.0)  # as good as the long run
    shared = 1e10 * 1e-18 / 2e6 / (1e6 + 100)
    expected = [[shared * 1e10 / 100, shared], [shared, 1e-18 / 2e6]]
    assert np.allclose(found, expected, rtol=1e-6, atol=0)
    root = find_root(found)
    assert root[0, 1] == 0 and np.allclose(root @ root.T, found, rtol=1e-9, atol=0)
    assert np.isnan(find_root(np.full((2, 2), np.inf))).all()
