"""Variables that follow a variable of another group."""

from types import ModuleType

import numpy as np
import pytest

from brian_nb import (
    Clock,
    EventClock,
    Network,
    NeuronGroup,
    StateMonitor,
    linked_var,
    network_operation,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.network.linked import PythonLink
from brian_nb.network.neurons import UnknownVariableError
from brian_nb.units import ALL_UNITS

ms, mV, nA, volt = (ALL_UNITS[name] for name in ("ms", "mV", "nA", "volt"))
inf = np.inf
RUNS = [(1, False), (2, False), (3, False), (1, True)]


def run(network, duration, threads=1, reference=False):
    network._reference = reference
    network.run(duration / 3, threads=threads)
    network.run(2 * duration / 3)


@pytest.mark.parametrize("threads, reference", RUNS)
def test_a_variable_has_the_value_that_the_source_had_at_the_start_of_the_step(threads, reference):
    n = 600
    H = NeuronGroup(n, "dw/dt = a/ms : 1\na : 1")
    H.a = np.arange(n)
    G = NeuronGroup(n, "v : 1")
    G.v = linked_var(H, "w")
    M, W = StateMonitor(G, "v", record=[0, 5, 599]), StateMonitor(H, "w", record=[0, 5, 599])
    run(Network(G, H, M, W), 3 * ms, threads, reference)
    assert np.allclose(W.values[:, -1], np.array([0, 5, 599]) * 3)
    assert np.array_equal(M.values[:, 1:], W.values[:, :-1])
    assert not M.values[:, 0].any()


@pytest.mark.parametrize("threads, reference", RUNS)
def test_parts_are_linked_across_the_shares_of_threads(threads, reference):
    H = NeuronGroup(1000, "dw/dt = (r - w)/(2*ms) : 1\nr : 1")
    H.r = np.arange(1000)
    G = NeuronGroup(900, "v : 1")
    G[:300].v = linked_var(H[700:], "w")
    G[300:600].v = linked_var(H[:300], "w", func=lambda x: 10 - x)
    run(Network(G), 3 * ms, threads, reference)  # the source comes along
    w = H.r * (1 - np.exp(-29 * 0.05))
    expected = np.concatenate([w[700:], 10 - w[:300], np.zeros(300)])
    assert np.allclose(G.v, expected, rtol=1e-12)


def test_groups_can_follow_each_other():
    G = NeuronGroup(2, "dx/dt = -y/ms : 1\ny : 1")
    H = NeuronGroup(2, "dx/dt = y/ms : 1\ny : 1")
    G.y, H.y = linked_var(H, "x"), linked_var(G, "x")
    G.x = [1, 2]
    Network(G, H).run(5 * ms)
    x, y = np.array([1.0, 2.0]), np.zeros(2)
    for _ in range(50):
        x, y = x - 0.1 * y, y + 0.1 * x
    assert np.allclose(G.x, x) and np.allclose(H.x, y)


def test_a_variable_can_follow_another_one_of_its_own_group():
    G = NeuronGroup(4, "dx/dt = (next - x)/ms : 1\nnext : 1")
    G.x = [0, 1, 2, 3]
    G[:3].next = linked_var(G[1:], "x")
    G[3:].next = linked_var(G[:1], "x")
    Network(G).run(20 * ms)
    assert np.allclose(G.x, 1.5, atol=1e-6)


@pytest.mark.parametrize("threads, reference", RUNS)
def test_static_equations_and_compiled_functions_can_be_followed(threads, reference):
    gain = 2.0
    H = NeuronGroup(300, "input = a*sin(300*t/second) : 1\na : 1")
    H.a = np.linspace(1, 2, 300)
    G = NeuronGroup(300, "y : 1")
    G.y = linked_var(H, "input", func=lambda x: gain * np.clip(x, 0, inf) ** (1.0 / 3.0))
    M = StateMonitor(G, "y", record=[0, 299])
    network = Network(G, H, M)
    run(network, 9 * ms, threads, reference)
    wave = np.sin(300 * np.arange(90) * 1e-4)
    assert np.allclose(M[299], 2 * np.clip(2 * wave, 0, None) ** (1 / 3), rtol=1e-9)
    assert network.callers == []
    gain = 5.0
    network.run(0.1 * ms)
    assert M[0][-1] == pytest.approx(5 * np.clip(np.sin(300 * 9e-3), 0, None) ** (1 / 3))


def test_loops_are_compiled_and_the_rest_is_called():
    def slow(x):
        for _k in range(3):
            x = x * 0.5
        return x

    H = NeuronGroup(3, "dw/dt = 1/ms : 1")
    H.w = [1, 2, 3]
    G = NeuronGroup(3, "v : 1\nu : 1")
    G.v = linked_var(H, "w", func=slow)
    G.u = linked_var(H, "w", func=np.cumsum)
    network = Network(G, H)
    network.run(1 * ms)
    w = np.array([1.9, 2.9, 3.9])
    assert np.allclose(G.v, w / 8) and np.allclose(G.u, np.cumsum(w))
    assert [type(item) for item in network.callers] == [PythonLink]
    assert "called by Python in every step" in repr(network.callers[0])


factors = ModuleType("factors")
factors.gain = 2.5


@pytest.mark.parametrize("threads, reference", RUNS)
def test_numbers_of_modules_are_followed_and_those_of_arguments_stay(threads, reference):
    H, G = NeuronGroup(3, "w : 1"), NeuronGroup(3, "v : 1")
    H.w = [1, 2, 3]

    def scale(w, offset=0.5):
        return factors.gain * w + offset

    G.v = linked_var(H, "w", func=scale)
    network = Network(G, H)
    run(network, 3 * ms, threads, reference)
    assert G.v == pytest.approx([3, 5.5, 8])
    factors.gain = 4.5
    run(network, 3 * ms, threads, reference)
    assert G.v == pytest.approx([5, 9.5, 14])
    del factors.gain
    with pytest.raises(ModelError, match="factors.gain, which func uses, was a number before"):
        run(network, 3 * ms, threads, reference)
    factors.gain = 2.5


def test_a_place_and_a_clock_can_be_chosen():
    H = NeuronGroup(1, "dw/dt = 1/ms : 1")
    G = NeuronGroup(1, "a : 1\nb : 1\nc : 1")
    G.a = linked_var(H, "w", when="end")
    G.b = linked_var(H, 0, clock=EventClock(dt=0.4 * ms))
    G.c = linked_var(H)
    A, B = StateMonitor(G, "a", record=True), StateMonitor(G, "b", record=True)
    C = StateMonitor(G, "c", record=True)
    Network(G, H, A, B, C).run(1 * ms)
    w = np.arange(11) * 0.1
    assert np.allclose(A[0], w[1:])
    assert np.allclose(C[0], w[:-1])
    # the clock of the link is younger, so it goes after the step of the group at the same time
    assert np.allclose(B[0], [0, 0.1, 0.1, 0.1, 0.1, 0.5, 0.5, 0.5, 0.5, 0.9])


def test_groups_of_different_clocks_can_be_linked():
    H = NeuronGroup(1, "dw/dt = 1/ms : 1", clock=Clock(dt=0.1 * ms))
    G = NeuronGroup(1, "v : 1", clock=Clock(dt=0.5 * ms))
    G.v = linked_var(H, "w")
    M = StateMonitor(G, "v", record=True, clock=G.clock)
    Network(G, H, M).run(2 * ms)
    assert np.allclose(M[0], [0.1, 0.6, 1.1, 1.6])


def test_an_operation_and_a_link_take_turns_in_the_order_in_which_they_were_made():
    H = NeuronGroup(1, "w : 1")
    G = NeuronGroup(1, "v : 1\nu : 1")
    G.v = linked_var(H, "w")

    @network_operation(when="start")
    def count():
        H.w[0] += 1

    G.u = linked_var(H, "w")
    Network(G, H, count).run(0.5 * ms)
    assert (G.v[0], G.u[0]) == (4, 5)


def test_a_later_assignment_ends_a_link():
    H, G = NeuronGroup(2, "w : 1"), NeuronGroup(2, "v : 1")
    H.w = [3, 4]
    G.v = linked_var(H, "w")
    network = Network(G, H)
    network.run(1 * ms)
    assert G.v.tolist() == [3, 4]
    G[1].v = 9
    network.run(1 * ms)
    assert G.v.tolist() == [3, 4]  # the link is for both neurons
    G.v = 0
    network.run(1 * ms)
    assert G.v.tolist() == [0, 0]


def test_mistakes_are_named():
    H, G = NeuronGroup(2, "w : volt"), NeuronGroup(3, "v : volt\nI : amp")
    with pytest.raises(ModelError, match="there are 3 neurons and 2"):
        G.v = linked_var(H, "w")
    with pytest.raises(DimensionMismatchError, match="I of .* is in amp, and cannot follow w"):
        G[:2].I = linked_var(H, "w")
    with pytest.raises(DimensionMismatchError, match="which gives volt"):
        G[:2].v = linked_var(H, "w", func=lambda x: x * x)
    G[:2].I = linked_var(H, "w", func=lambda x: x / mV * nA)
    with pytest.raises(UnknownVariableError, match="'u'"):
        linked_var(H, "u")
    with pytest.raises(ModelError, match="takes a group"):
        linked_var(H.w, "w")
    with pytest.raises(ModelError, match="must be a function"):
        linked_var(H, "w", func=3)
    with pytest.raises(ModelError, match="is no place in a step"):
        linked_var(H, "w", when="sometimes")
