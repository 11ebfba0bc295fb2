"""State updaters, of equations and of users."""

import numpy as np
import pytest
from scipy.linalg import expm

from brian_nb import (
    Clock,
    Connection,
    Equations,
    LazyStateUpdater,
    LinearStateUpdater,
    Network,
    NeuronGroup,
    NonlinearStateUpdater,
    SpikeMonitor,
    StateMonitor,
    StateUpdater,
    SynapticNoise,
    defaultclock,
    seed,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.experimental.ccodegen import AutoCompiledNonlinearStateUpdater
from brian_nb.stateupdater import (
    ExponentialEulerStateUpdater,
    NonlinearStateUpdater2,
    NonlinearStateUpdaterBE,
    NonlinearStateUpdaterRK2,
)
from brian_nb.units import ALL_UNITS

mV, ms, volt, second = (ALL_UNITS[name] for name in ("mV", "ms", "volt", "second"))

M = np.array([[-50.0, 20.0, 0.0], [0.0, -100.0, 30.0], [0.0, 0.0, 0.0]])
B = np.array([0.01, 0.0, 0.02])
EXACT = 1e-13
"""Rounding over some hundred steps, of numbers of size one."""

OSCILLATOR = "dV/dt = W*W/(100*ms) : 1\ndW/dt = -V/(100*ms) : 1"


# -- matrices ------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [{}, {"reference": True}, {"threads": 2}], ids=str)
def test_linear_updater_follows_the_matrix_exponential(how):
    group = NeuronGroup(3, model=LinearStateUpdater(M, B))
    start = np.arange(9.0).reshape(3, 3)
    group._S[:] = start
    network = Network(group, threads=how.get("threads", 1))
    network._reference = how.get("reference", False)
    network.run(20 * ms)
    expected = expm(M * 0.02) @ (start - B[:, None]) + B[:, None]
    assert np.allclose(group._S, expected, rtol=0, atol=EXACT)


def test_linear_updater_makes_groups_that_fire_and_are_connected():
    source = NeuronGroup(1, LinearStateUpdater([[-1 / 0.01]], [20 * mV]), 10 * mV, 0 * mV)
    target = NeuronGroup(1, LinearStateUpdater([[0.0]]))
    connection = Connection(source, target, state=0, weight=1e-3)
    monitor = SpikeMonitor(source)
    Network(source, target, connection, monitor).run(30 * ms)
    assert np.diff(monitor[0]) == pytest.approx([7e-3] * 3)
    assert target.state(0)[0] == pytest.approx(4e-3)


def test_linear_updater_brings_its_clock():
    clock = Clock(dt=1 * ms)
    assert NeuronGroup(1, LinearStateUpdater(M, clock=clock)).clock is clock


def test_other_matrices_of_the_same_pattern_need_no_other_code():
    def source(matrix):
        network = Network(NeuronGroup(1, LinearStateUpdater(matrix)))
        network.prepare()
        return network.build.program.source

    assert source(M) == source(3 * M)
    assert source(M) != source(M + 1)


def test_matrix_must_be_square():
    with pytest.raises(ModelError, match="a square matrix M and a vector B of the same size"):
        LinearStateUpdater(np.zeros((2, 3)))
    with pytest.raises(ModelError, match="a square matrix M and a vector B of the same size"):
        LinearStateUpdater(M, [1, 2])


def test_lazy_updater_does_nothing_compiled():
    group = NeuronGroup(4, LazyStateUpdater(2), threshold="rand() < 0.5")
    group._S[0], group._S[1] = 1, [1, 2, 3, 4]
    Network(group).run(1 * ms)
    assert group.state(0).tolist() == [1] * 4
    assert group.state(1).tolist() == [1, 2, 3, 4]
    assert group.python_parts == []


# -- equations -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        (NonlinearStateUpdater, "Euler"),
        (NonlinearStateUpdater2, "RK"),
        (NonlinearStateUpdaterRK2, "RK"),
        (NonlinearStateUpdaterBE, "backward_Euler"),
        (ExponentialEulerStateUpdater, "exponential_Euler"),
        (AutoCompiledNonlinearStateUpdater, "Euler"),
    ],
)
def test_updater_of_equations_runs_compiled_with_its_method(kind, method):
    eqs = Equations(OSCILLATOR)
    by_updater = NeuronGroup(5, kind(eqs))
    by_method = NeuronGroup(5, eqs, method=method)
    for group in (by_updater, by_method):
        group.V, group.W = np.linspace(0.1, 1, 5), 0.5
        Network(group).run(20 * ms)
    assert by_updater.integrator == method
    assert np.array_equal(by_updater._S, by_method._S)


def test_updater_in_the_place_of_another_one_runs_compiled():
    """The sample of section 10.1 of the manual."""
    eqs = Equations(OSCILLATOR)
    group = NeuronGroup(10, eqs, compile=True, freeze=True, order=2)
    assert group.integrator == "RK"
    group._state_updater = AutoCompiledNonlinearStateUpdater(eqs, group.clock, freeze=True)
    group.V = 1
    Network(group).run(100 * ms)
    V, W = 1.0, 0.0
    for _ in range(1000):
        V, W = V + W * W / 1000, W - V / 1000
    assert (group.V[0], group.W[0]) == pytest.approx((V, W), abs=EXACT)
    assert group.integrator == "Euler" and group.python_parts == []


def test_updater_of_other_equations_is_compiled_where_the_variables_are_the_same():
    tau, vt = 10 * ms, 5.0
    group = NeuronGroup(1, "dv/dt = -v*v/tau : 1", threshold="v > vt", reset="v = vt")
    group._state_updater = NonlinearStateUpdater("dv/dt = 1/ms : 1")
    Network(group).run(4 * ms)
    assert group.v[0] == pytest.approx(4)
    assert group.python_parts == []


def test_updater_that_fits_no_more_is_called():
    group = NeuronGroup(1, "dv/dt = a*v*v/second : 1\na = 1*v : 1", threshold="a > 100")
    group._state_updater = NonlinearStateUpdater("dv/dt = 1/ms : 1")  # has no `a`
    Network(group).run(4 * ms)
    assert group.v[0] == pytest.approx(4)
    assert group.python_parts == ["the state updater NonlinearStateUpdater"]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("dV/dt = (W - V)/(5*ms) : 1\ndW/dt = -W/(tau*ms) : 1\ntau : 1", {}),
        (OSCILLATOR + "\ntau : 1", {}),
        (OSCILLATOR + "\ntau : 1", {"order": 2}),
        (OSCILLATOR + "\ntau : 1", {"method": "backward_Euler"}),
        ("dV/dt = (x - V)/(5*ms) : 1\nx = W*t/second : 1\ndW/dt = 0/second : 1\ntau : 1", {}),
    ],
)
def test_updater_that_is_called_does_what_the_compiled_one_does(text, options):
    def final(is_called):
        defaultclock.reinit()
        group = NeuronGroup(3, text, **options)
        group.V, group.W, group.tau = 1, [0.2, 0.4, 0.6], [3, 4, 5]
        updater = group._state_updater
        if is_called:
            group._state_updater = lambda P: updater(P)
        Network(group).run(5 * ms)
        return group._S.copy()

    assert np.allclose(final(True), final(False), rtol=0, atol=EXACT)


def test_large_linear_system_is_stepped_in_python_as_compiled():
    n = 20  # 400 entries: the compiled step is a product with a matrix
    matrix = -100 * np.eye(n) + 30 * np.roll(np.eye(n), 1, axis=0)
    group = NeuronGroup(2, LinearStateUpdater(matrix, np.linspace(0, 1, n)))
    updater, start = group._state_updater, np.arange(2.0 * n).reshape(n, 2)
    group._S = start
    Network(group).run(1 * ms)
    compiled = group._S.copy()
    group._state_updater, group._S = (lambda P: updater(P)), start
    Network(group).run(1 * ms)
    assert np.allclose(group._S, compiled, rtol=0, atol=EXACT * 100)


# -- noise ---------------------------------------------------------------------------------------


def test_synaptic_noise_adds_mean_and_variance():
    seed(9)
    eqs = Equations("dx/dt = -x/(10*ms) : volt")
    updater = SynapticNoise(
        NonlinearStateUpdater(eqs), 0, 1 * volt / second, 0.1 * volt / second**0.5
    )
    group = NeuronGroup(4000, updater)
    Network(group).run(100 * ms)
    mean, sd = 1 * 0.01, 0.1 * np.sqrt(0.01 / 2)  # of the stationary Ornstein-Uhlenbeck process
    assert abs(group.x.mean() - mean) < 4 * sd / np.sqrt(4000)
    assert group.x.std() == pytest.approx(sd, rel=4 / np.sqrt(8000) + 0.005)  # 0.5 %: Euler
    assert group.python_parts == []


def test_synaptic_noise_alone_is_a_random_walk():
    seed(10)
    group = NeuronGroup(2000, SynapticNoise(LazyStateUpdater(2), 1, 3.0, 2.0))
    Network(group).run(1 * second)
    assert not group.state(0).any()
    assert abs(group.state(1).mean() - 3) < 4 * 2 / np.sqrt(2000)
    assert group.state(1).std() == pytest.approx(2, rel=4 / np.sqrt(4000))


def test_synaptic_noise_checks_its_units_and_its_variable():
    base = NonlinearStateUpdater("dx/dt = -x/(10*ms) : volt")
    with pytest.raises(DimensionMismatchError, match="mu of the SynapticNoise"):
        SynapticNoise(base, "x", 1 * volt, 1 * volt / second**0.5)
    with pytest.raises(ModelError, match="a variable 'y'"):
        SynapticNoise(base, "y", 1 * volt / second, 1 * volt / second**0.5)
    with pytest.raises(ModelError, match="needs an updater of equations"):
        SynapticNoise(lambda P: None, 0, 1, 1)


# -- code of a user ------------------------------------------------------------------------------


class Rotation(StateUpdater):
    """Turns two variables into each other."""

    numstatevariables = 2

    def __init__(self):
        pass

    def __call__(self, P):
        x, y = P._S
        P._S[:] = [0.8 * x - 0.6 * y, 0.6 * x + 0.8 * y]


@pytest.mark.parametrize("how", [{}, {"reference": True}, {"threads": 2}], ids=str)
def test_updater_of_a_user_does_the_steps(how):
    group = NeuronGroup(300, Rotation(), threshold=lambda S: S > 0.9, reset=Reset_to_zero())
    angle = np.linspace(0, 1, 300)
    group._S[:] = [np.cos(angle), np.sin(angle)]
    monitor, trace = SpikeMonitor(group), StateMonitor(group, "S0", record=[299])
    network = Network(group, monitor, trace, threads=how.get("threads", 1))
    network._reference = how.get("reference", False)
    network.run(1 * ms)
    turned = np.cos(1 + np.arccos(0.8) * np.arange(1, 11))
    first = np.argmax(turned > 0.9)
    assert trace[299][:first] == pytest.approx(turned[:first], abs=EXACT)
    assert monitor.nspikes > 100
    assert "Rotation" in repr(group)


def Reset_to_zero():
    return "S0 = 0"


def izhikevich(G):
    """A scheme of its own, as the example of section 3.2.8 of the manual has."""
    dt = G.clock.dt
    G.v += 0.5 * dt * ((0.04 / ms / mV) * G.v**2 + (5 / ms) * G.v + 140 * mV / ms - G.u)
    G.v += 0.5 * dt * ((0.04 / ms / mV) * G.v**2 + (5 / ms) * G.v + 140 * mV / ms - G.u)
    G.u += dt * G.a * (0.2 / ms * G.v - G.u)


def test_function_in_the_place_of_the_updater():
    eqs = """
        dv/dt = (0.04/ms/mV)*v**2 + (5/ms)*v + 140*mV/ms - u : volt
        du/dt = a*(0.2/ms*v - u) : volt/second
        a : 1/second
        """
    group = NeuronGroup(2, eqs, threshold=30 * mV, reset="v = -65*mV; u += 8*mV/ms",
                        clock=Clock(dt=1 * ms))  # fmt: skip
    group._state_updater = izhikevich
    group.v, group.u, group.a = -65 * mV, -14 * volt / second, 0.02 / ms
    monitor = SpikeMonitor(group)
    inject = NeuronGroup(1, "x : 1", threshold="x > 0", clock=group.clock)
    inject.x = 1
    drive = Connection(inject, group, "v", weight=10 * mV)
    Network(group, monitor, inject, drive).run(1 * second)
    v, u, spikes = -65.0, -14.0, []
    for step in range(500):  # rounding grows at each spike
        v += 0.5 * (0.04 * v**2 + 5 * v + 140 - u)
        v += 0.5 * (0.04 * v**2 + 5 * v + 140 - u)
        u += 0.02 * (0.2 * v - u)
        fires = v > 30
        v += 10
        if fires:
            v, u = -65.0, u + 8
            spikes.append(step)
    assert len(spikes) > 10
    assert np.rint(monitor[0] * 1e3).tolist()[: len(spikes)] == spikes
    assert group.reason == "the state updater izhikevich() does it, in Python at every step"


def test_function_can_build_on_the_updater_that_it_replaces():
    group = NeuronGroup(2, "dv/dt = -v/(10*ms) : 1\ndw/dt = 1/(10*ms) : 1")
    group.v = 1
    old = group._state_updater

    def clipped(P):
        old(P)
        P.w[P.w > 0.3] = 0.3

    group._state_updater = clipped
    Network(group).run(5 * ms)
    assert group.v == pytest.approx([np.exp(-0.5)] * 2)
    assert group.w == pytest.approx([0.3] * 2)


def test_held_variable_is_held_through_the_code_of_a_user():
    defaultclock.reinit()
    group = NeuronGroup(1, "dv/dt = (20*mV - v)/(10*ms) : volt", 10 * mV, 0 * mV, refractory=5 * ms)

    def euler(P):
        P.v += 0.01 * (0.02 - P.v)

    group._state_updater = euler
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(40 * ms)
    n = int(np.ceil(np.log(0.5) / np.log(0.99)))
    assert np.diff(np.rint(monitor[0] / 1e-4)).tolist() == [50 + n] * 2


def test_updater_must_be_callable():
    group = NeuronGroup(1, "v : 1")
    with pytest.raises(ModelError, match="cannot be called"):
        group._state_updater = 3
