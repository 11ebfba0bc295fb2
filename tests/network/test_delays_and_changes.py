"""Delays of single synapses that are changed, and those between parts and clocks."""

import numpy as np
import pytest

from brian_nb import (
    Clock,
    Connection,
    DelayConnection,
    Network,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    network_operation,
)
from brian_nb.errors import SimulationError
from brian_nb.units import ALL_UNITS
from tests.network.arriving import (
    STEP,
    arrival_steps,
)

mV, ms, second = (ALL_UNITS[name] for name in ("mV", "ms", "second"))


# -- what changes meanwhile ------------------------------------------------------------------


def test_the_weight_is_that_of_the_time_of_the_spike(make_source, make_target):
    C = DelayConnection(make_source(1), make_target(2), "v", weight=1 * mV, delay=2 * ms)
    network = Network(C)
    network.run(1 * ms)
    C[0, 1] = 5 * mV
    network.run(3 * ms)
    assert C.target.v == pytest.approx([1e-3, 1e-3])


def test_spikes_on_their_way_keep_their_delay(make_source, make_target):
    C = DelayConnection(make_source(1), make_target(2), "v", weight=1 * mV, delay=2 * ms)
    network = Network(C)
    network.run(1 * ms)
    C.delay[0, 1] = 50 * ms
    network.run(0.9 * ms)
    assert C.target.v.tolist() == [0, 0]
    network.run(0.2 * ms)
    assert C.target.v == pytest.approx([1e-3, 1e-3])


def test_delays_changed_by_an_operation_act_on_the_next_spikes(make_target):
    source = NeuronGroup(1, "dx/dt = 1/(1*ms) : 1", threshold="x > 0.95", reset="x = 0")
    target = make_target(1)
    C = DelayConnection(source, target, "v", weight=1 * mV, delay=0 * ms)
    M, S = StateMonitor(target, "v", record=True), SpikeMonitor(source)
    seen = []

    @network_operation(when="start")
    def lengthen():
        seen.append(S.nspikes)
        C.delay[0, 0] = len(set(seen)) * 0.2 * ms

    Network(C, M, S, lengthen).run(6 * ms)
    arrivals = np.flatnonzero(np.diff(M[0], prepend=0.0))
    fired = np.rint(np.array(S[0]) / STEP)
    assert np.array_equal(arrivals[:4], (fired + 2 * np.arange(1, len(fired) + 1))[:4])


def test_another_time_step_keeps_the_time_until_arrival(make_source, make_target):
    C = DelayConnection(make_source(1), make_target(1), "v", weight=1 * mV, delay=2 * ms)
    network = Network(C)
    network.run(1 * ms)
    defaultclock.dt = 0.25 * ms
    try:
        network.run(1 * ms)
        assert C.target.v[0] == 0
        network.run(0.25 * ms)
        assert C.target.v[0] == pytest.approx(1e-3)
    finally:
        defaultclock.dt = 0.1 * ms


def test_reinit_drops_spikes_on_their_way(make_source, make_target):
    C = DelayConnection(make_source(1), make_target(1), "v", weight=1 * mV, delay=2 * ms)
    network = Network(C)
    network.run(1 * ms)
    network.reinit()
    network.run(4 * ms)
    assert C.target.v[0] == 0


def test_after_an_overflow_the_state_of_the_last_good_step_goes_on(make_source):
    """The input of step 20 explodes the equation; that of step 60 is still on its way then."""
    target = NeuronGroup(2, "dv/dt = v*v/(1*ms) : 1\nw : 1")
    source = make_source(1)
    C = Connection(source, target, "v", delay=True)
    C[0, 0], C.delay[0, 0] = 50.0, 2 * ms
    D = Connection(source, target, "w", delay=True)
    D[0, 1], D.delay[0, 1] = 3.0, 6 * ms
    network = Network(C, D)
    with pytest.raises(SimulationError):
        network.run(10 * ms)
    assert 2 * ms <= network.clock.t < 6 * ms
    target.v = 0
    network.run(8 * ms - network.clock.t)
    assert target.w.tolist() == [0, 3]


# -- places ----------------------------------------------------------------------------------


def test_subgroups_count_from_their_first_neuron(make_source, make_target):
    source, target = make_source(10), make_target(600)
    C = Connection(source[5:], target[300:], "v", delay=True)
    C.connect_one_to_one(source[5:], target[590:595], weight=lambda i, j: (1 + i) * mV)
    C.delay[:, 291] = 1 * ms
    network = Network(C, threads=2)
    network.run(0.5 * ms)
    assert target.v[590:] == pytest.approx(np.array([1, 0, 3, 4, 5, 0, 0, 0, 0, 0]) * 1e-3)
    network.run(1 * ms)
    assert target.v[590:] == pytest.approx(np.array([1, 2, 3, 4, 5, 0, 0, 0, 0, 0]) * 1e-3)
    assert not target.v[:590].any()


@pytest.mark.parametrize(("dt_source", "dt_target"), [(1.0, 0.1), (0.1, 0.5)])
def test_delays_are_steps_of_the_clock_of_the_target(make_target, dt_source, dt_target):
    fast, slow = Clock(dt=dt_source * ms), Clock(dt=dt_target * ms)
    source = NeuronGroup(1, "x : 1", threshold="x > 0", reset="x = 0", clock=fast)
    source.x = 1
    target = NeuronGroup(2, "v : volt", clock=slow)
    C = Connection(source, target, "v", weight=1 * mV, delay=lambda i, j: (1 + j) * ms)
    M = StateMonitor(target, "v", record=True)
    Network(C, M).run(4 * ms)
    arrivals = [M.times[np.flatnonzero(row)[0]] for row in M.values]
    assert arrivals == pytest.approx([1e-3, 2e-3])


def test_a_dense_structure_has_delays_too(make_source, make_target):
    C = Connection(make_source(2), make_target(3), "v", structure="dense", delay=True)
    C.connect_full(weight=1 * mV)
    C.delay[0, :] = [0, 0.001, 0.002]
    C.delay[1, :] = np.array([0, 0.001, 0.002])[::-1]
    assert arrival_steps(C) == [0, 10, 0]
    assert C.target.v == pytest.approx(np.full(3, 2e-3))


def test_a_delay_without_weight_only_prepares_for_delays(make_source, make_target):
    C = Connection(make_source(1), make_target(1), "v", delay=(1 * ms, 2 * ms))
    C[0, 0] = 1 * mV
    assert C.delay[0, 0] == 0 * ms
