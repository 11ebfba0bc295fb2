"""Connections that users derive, and spikes propagated by hand."""

import numpy as np
import pytest

from brian_nb import (
    Connection,
    DelayConnection,
    Network,
    NeuronGroup,
    SpikeMonitor,
    defaultclock,
    network_operation,
)
from brian_nb.units import ALL_UNITS

mV, ms, volt = (ALL_UNITS[name] for name in ("mV", "ms", "volt"))
STEP = 1e-4


class Listening(Connection):
    """Notes which spikes arrive when, instead of adding weights."""

    def propagate(self, spikes):
        heard = self.__dict__.setdefault("heard", [])
        step = self.source.owner.clock.timebase.step
        heard += [(int(neuron), step) for neuron in spikes]


class Halving(Connection):
    """Halves the target where spikes arrive."""

    def propagate(self, spikes):
        self.target.v[:] /= 2


class Counting(Connection):
    """Counts its steps."""

    calls = 0

    def do_propagate(self):
        self.calls += 1
        super().do_propagate()


class Doubling(Connection):
    """Delivers everything twice."""

    def propagate(self, spikes):
        super().propagate(spikes)
        super().propagate(spikes)


def make_pacemakers(n):
    source = NeuronGroup(
        n, "dx/dt = 1/period : 1\nperiod : second", threshold="x > 0.999", reset="x = 0"
    )
    source.period = np.linspace(0.5, 2.5, n) * 1e-3
    return source


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("delay", [0.0, 0.7])
def test_a_derived_connection_gets_the_spikes_that_arrive(make_target, delay, threads):
    source = make_pacemakers(600)
    C = Listening(source[100:500], make_target(1), "v", delay=delay * ms)
    M = SpikeMonitor(source[100:500])
    Network(C, M, threads=threads).run(6 * ms)
    lag = round(delay * 10)
    expected = [(i, round(t / STEP) + lag) for i, t in M.spikes if round(t / STEP) + lag < 60]
    assert len(expected) > 1000
    assert C.heard == expected


def test_plain_python_calls_it_alike(make_target):
    heard = []
    for reference in (False, True):
        defaultclock.reinit()
        C = Listening(make_pacemakers(5), make_target(1), "v", delay=0.3 * ms)
        network = Network(C)
        network._reference = reference
        network.run(3 * ms)
        heard.append(C.heard)
    assert heard[0] == heard[1] and len(heard[0]) > 5


def test_connections_take_their_turns_in_the_order_they_were_made(make_source, make_target):
    for order, expected in (("+/+", 3.0), ("++/", 2.0), ("/++", 4.0)):
        source, target = make_source(1), make_target(1)
        connections = [
            Halving(source, target, "v")
            if sign == "/"
            else Connection(source, target, "v", weight=2 * volt)
            for sign in order
        ]
        Network(*connections[::-1]).run(0.5 * ms)
        assert target.v[0] == expected, order


def test_it_is_called_only_when_spikes_arrive_but_a_derived_step_always(make_target):
    source = make_pacemakers(1)
    calls = []

    class Noting(Listening):
        def propagate(self, spikes):
            calls.append(len(spikes))

    C, D = Noting(source, make_target(1), "v"), Counting(source, make_target(1), "v")
    M = SpikeMonitor(source)
    Network(C, D, M).run(5 * ms)
    assert calls == [1] * M.nspikes and 5 < M.nspikes < 15
    assert D.calls == 50


def test_the_inherited_propagation_does_what_compiled_code_does(make_target):
    source = make_pacemakers(30)
    targets = [make_target(40) for _ in range(3)]
    weights = np.random.default_rng(5).normal(size=(30, 40)) * 1e-3
    C = Connection(source, targets[0], "v", delay=0.4 * ms, weight=weights)
    D = Counting(source, targets[1], "v", delay=0.4 * ms, weight=weights)
    E = Doubling(source, targets[2], "v", delay=0.4 * ms, weight=weights / 2)
    Network(C, D, E).run(6 * ms)
    assert np.allclose(targets[0].v, targets[1].v, rtol=1e-12)
    assert np.allclose(targets[0].v, targets[2].v, rtol=1e-12)
    assert targets[0].v.any()


def test_a_derived_delay_connection_propagates_at_once_and_arrives_later(make_target):
    class Own(DelayConnection):
        def propagate(self, spikes):
            super().propagate(spikes)

    source, targets = make_pacemakers(30), [make_target(40), make_target(40)]
    C = DelayConnection(
        source, targets[0], "v", weight=1 * mV, delay=lambda i, j: 0.03 * (i + j) * ms
    )
    D = Own(source, targets[1], "v", weight=1 * mV, delay=lambda i, j: 0.03 * (i + j) * ms)
    Network(C, D).run(6 * ms)
    assert np.allclose(targets[0].v, targets[1].v, rtol=1e-12)
    assert targets[0].v.min() > 0


def test_spikes_can_be_propagated_by_hand(make_source, make_target):
    C = Connection(make_source(4), make_target(3), "v")
    C.connect(W=np.arange(12.0).reshape(4, 3))
    C.propagate([1, 3])
    C.propagate([])
    assert C.target.v.tolist() == [12, 14, 16]


def test_spikes_propagated_by_hand_take_their_delay(make_target):
    source = NeuronGroup(2, "x : 1", threshold="x > 0")
    C = DelayConnection(source, make_target(2), "v", weight=1 * volt)
    C.delay[1, 1] = 1 * ms
    network = Network(C)
    C.propagate([1])
    network.run(0.5 * ms)
    assert C.target.v.tolist() == [1, 0]

    @network_operation(when="start")
    def send():
        C.propagate([0, 1])

    network.add(send)
    network.run(1 * ms)
    assert C.target.v.tolist() == [21, 11]


def test_a_connection_propagated_in_python_says_so(make_source, make_target):
    assert "in Python" in repr(Listening(make_source(1), make_target(1), "v"))
    assert "in Python" not in repr(Connection(make_source(1), make_target(1), "v"))


def test_weights_changed_within_propagation_act_at_once(make_target):
    class Weakening(Connection):
        def propagate(self, spikes):
            super().propagate(spikes)
            self.W[:, :] = 0.5 * self.W.alldata

    source = NeuronGroup(1, "x : 1", threshold="x > 0", reset="x = 1")
    source.x = 1
    C = Weakening(source, make_target(1), "v", weight=1 * volt)
    Network(C).run(1 * ms)
    assert C.target.v[0] == pytest.approx(2 - 0.5**9)


@pytest.mark.parametrize("delay", [0 * ms, 1.2 * ms])
def test_a_connection_may_fetch_the_spikes_of_its_delay_itself(delay):
    class Fetching(Connection):
        def do_propagate(self):
            self.propagate(self.source.get_spikes(self.delay))

    source = make_pacemakers(3)
    targets = [NeuronGroup(4, "v : 1") for _ in range(2)]
    usual, own = (
        kind(source[1:], target, "v", delay=delay, weight=0.5)
        for kind, target in zip((Connection, Fetching), targets, strict=True)
    )
    Network(source, targets, usual, own).run(20 * ms)
    assert targets[0].v[0] > 5
    assert np.array_equal(targets[0].v, targets[1].v)
