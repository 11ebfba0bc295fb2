"""Timed arrays: as arrays, as functions of time, in equations, and as the values of variables."""

import numpy as np
import pytest

from brian_nb import (
    Clock,
    EventClock,
    Network,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    TimedArray,
    TimedArraySetter,
    defaultclock,
    set_group_var_by_array,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.network.neurons import UnknownVariableError
from brian_nb.units import ALL_UNITS, QuantityArray

ms, mV, nA, volt, second = (ALL_UNITS[name] for name in ("ms", "mV", "nA", "volt", "second"))
DT = 1e-4


# -- times and values --------------------------------------------------------------------------


def test_an_element_holds_from_its_time_up_to_the_next():
    A = TimedArray([1.0, 2.0, 3.0], start=5 * ms, dt=10 * ms)
    values = [A(t * ms) for t in (5, 14.999, 15, 24.9, 25, 34)]
    assert values == [1, 1, 2, 2, 3, 3]
    assert isinstance(A(5 * ms), float)


def test_the_first_and_the_last_element_hold_on_outside():
    A = TimedArray([1.0, 2.0, 3.0], start=5 * ms, dt=10 * ms)
    assert [A(t * ms) for t in (-100, 0, 35, 1e6)] == [1, 1, 3, 3]


def test_every_grid_time_finds_its_own_element():
    for dt in (1e-4, 2e-5, 1 / 3e3):
        A = TimedArray(np.arange(100_000.0), dt=dt * second)
        assert np.array_equal(A(np.arange(100_000) * dt), np.arange(100_000))
        assert np.array_equal(A(A.times), np.arange(100_000))


def test_several_times_give_several_values():
    A = TimedArray([1.0, 2.0, 3.0], dt=10 * ms)
    assert A(np.array([0.0, 0.025, 0.01])).tolist() == [1, 3, 2]
    J = TimedArray([[1.0, 10.0], [2.0, 20.0]], dt=10 * ms)
    assert J(12 * ms).tolist() == [2, 20]
    assert J([0.012, 0.003]).tolist() == [2, 10]
    with pytest.raises(ModelError, match="2 columns"):
        J(np.array([0.0, 0.0, 0.0]))


def test_times_come_from_a_clock_a_list_or_dt():
    defaultclock.dt = 0.2 * ms
    assert TimedArray([1, 2]).times.tolist() == [0, 0.2e-3]
    clock = Clock(dt=2 * ms, t=1 * ms)
    assert np.allclose(TimedArray([1, 2, 3], clock=clock).times, [1e-3, 3e-3, 5e-3])
    assert TimedArray([1, 2]).dt == 2 * ms  # the clock that can be reached by name
    irregular = TimedArray([1, 2, 3], times=[0 * ms, 1 * ms, 5 * ms])
    assert irregular.dt is None
    assert [irregular(t * ms) for t in (-1, 0, 0.99, 1, 4.9, 5, 99)] == [1, 1, 1, 2, 2, 3, 3]
    regular = TimedArray([1, 2, 3], times=np.array([1e-3, 3e-3, 5e-3]))
    assert regular.dt == 2 * ms and regular.start == 1 * ms


def test_slices_keep_their_times():
    A = TimedArray(np.arange(10.0), dt=1 * ms)
    assert A[3] == 3.0 and not isinstance(A[3], TimedArray)
    part = A[2:8:2]
    assert part.tolist() == [2, 4, 6] and np.allclose(part.times, [2e-3, 4e-3, 6e-3])
    assert part.dt == 2 * ms and part(5 * ms) == 4
    chosen = A[[1, 2, 5]]
    assert chosen.dt is None and chosen(4.5 * ms) == 2 and chosen(5 * ms) == 5
    assert A[A > 6](8 * ms) == 8
    J = TimedArray(np.arange(12.0).reshape(4, 3), dt=1 * ms)
    assert J[:, 1](2 * ms) == 7
    assert J[1:, :2](1 * ms).tolist() == [3, 4]
    assert not isinstance(J[2], TimedArray)
    assert not isinstance(A[::-1], TimedArray)


def test_arithmetic_keeps_the_times_and_sums_do_not():
    A = TimedArray([1.0, 2.0, 4.0], start=1 * ms, dt=1 * ms)
    double = 2 * A + 1
    assert double(2 * ms) == 5
    assert not isinstance(A.sum(), TimedArray) and A.sum() == 7
    J = TimedArray(np.ones((3, 3)), dt=1 * ms)
    assert not isinstance(J.mean(axis=0), TimedArray)
    assert not isinstance(np.concatenate([A, A]), TimedArray)
    A *= 10
    assert A(1 * ms) == 10


def test_a_unit_that_the_values_have_is_kept():
    A = TimedArray(QuantityArray([1 * mV, 2 * mV]), dt=1 * ms)
    assert A(1 * ms) == 2 * mV
    G = NeuronGroup(1, "x : second")
    with pytest.raises(DimensionMismatchError):
        G.x = A


def test_timed_arrays_can_be_copied():
    import pickle

    A = pickle.loads(pickle.dumps(TimedArray([1.0, 2.0], start=1 * ms, dt=3 * ms)))
    assert A(4 * ms) == 2 and A.dt == 3 * ms
    assert A.copy()(4 * ms) == 2


@pytest.mark.parametrize(
    "arguments, message",
    [
        (dict(arr=np.zeros((2, 2, 2))), "shape"),
        (dict(arr=[]), "shape"),
        (dict(arr=[1, 2], times=[0 * ms]), "2 rows"),
        (dict(arr=[1, 2], times=[1 * ms, 0 * ms]), "ascending"),
        (dict(arr=[1, 2], dt=0 * ms), "positive"),
    ],
)
def test_mistakes_are_named(arguments, message):
    with pytest.raises(ModelError, match=message):
        TimedArray(**arguments)


def test_times_in_another_unit_are_named():
    with pytest.raises(DimensionMismatchError):
        TimedArray([1, 2], dt=1 * mV)
    with pytest.raises(DimensionMismatchError):
        TimedArray([1, 2], dt=1 * ms)(3 * mV)


# -- in equations ------------------------------------------------------------------------------

RUNS = [(1, False), (2, False), (3, False), (1, True)]


def run(network, duration, threads, reference):
    network._reference = reference
    network.run(duration / 3, threads=threads)
    network.run(2 * duration / 3)


def euler(values, tau, n_steps):
    """``dv/dt = (A(t) - v)/tau`` by Euler's method; `values` float64[n_steps, ...]."""
    v = np.zeros(np.shape(values)[1:])
    trace = []
    for step in range(n_steps):
        v = v + DT / tau * (values[step] - v)
        trace.append(v)
    return np.array(trace)


@pytest.mark.parametrize("threads, reference", RUNS)
def test_equations_can_call_a_timed_array(threads, reference):
    A = TimedArray([0.0, 10.0, -5.0], start=1 * ms, dt=2 * ms)
    tau = 5 * ms
    G = NeuronGroup(300, "dv/dt = (A(t)*mV - v)/tau : volt")
    M = StateMonitor(G, "v", record=[0, 299])
    run(Network(G, M), 9 * ms, threads, reference)
    times = np.arange(90) * DT
    values = np.select([times < 3e-3 - 1e-9, times < 5e-3 - 1e-9], [0.0, 10e-3], -5e-3)
    expected = euler(values, 5e-3, 90)
    assert np.allclose(M[0], expected, rtol=1e-12, atol=1e-18)
    assert np.array_equal(M[0], M[299])


@pytest.mark.parametrize("threads, reference", RUNS)
def test_each_neuron_may_have_a_column(threads, reference):
    values = np.random.default_rng(1).normal(size=(20, 300))
    A = TimedArray(values, dt=0.5 * ms)
    tau = 5 * ms
    G = NeuronGroup(300, "dv/dt = (A(t)*mV - v)/tau : volt")
    run(Network(G), 9 * ms, threads, reference)
    expected = euler(np.repeat(values, 5, axis=0) * 1e-3, 5e-3, 90)[-1]
    assert np.allclose(G.v, expected, rtol=1e-12, atol=1e-18)


@pytest.mark.parametrize("threads, reference", RUNS)
@pytest.mark.parametrize("kind", ["regular", "irregular", "columns"])
def test_each_neuron_may_look_at_a_time_of_its_own(threads, reference, kind):
    n = 300
    rng = np.random.default_rng(2)
    shape = (40, n) if kind == "columns" else 40
    times = np.cumsum(rng.uniform(0.1e-3, 0.4e-3, 40)) if kind == "irregular" else None
    dt = None if kind == "irregular" else 0.25 * ms
    sound = TimedArray(rng.normal(size=shape), times=times, dt=dt)
    G = NeuronGroup(n, "dx/dt = sound(t - delay)/ms : 1\ndelay : second")
    G.delay = np.linspace(-1e-3, 3e-3, n)
    run(Network(G), 3 * ms, threads, reference)
    expected = sum(sound(step * DT - G.delay) for step in range(30)) * 0.1
    assert np.allclose(G.x, expected, rtol=1e-12, atol=1e-14)


def test_any_clock_looks_at_the_right_time():
    A = TimedArray(np.arange(100.0), dt=0.3 * ms)
    groups = []
    for dt, t in ((0.1, 0), (0.25, 3), (0.7, 0)):
        clock = Clock(dt=dt * ms, t=t * ms)
        groups.append(NeuronGroup(1, "dx/dt = A(t)/ms : 1", clock=clock))
    monitors = [StateMonitor(group, "x", record=True, clock=group.clock) for group in groups]
    Network(groups, monitors).run(5 * ms)
    for group, monitor in zip(groups, monitors, strict=True):
        step = float(group.clock.dt)
        values = A(np.asarray(monitor.times))
        assert np.allclose(np.diff(monitor[0]), values[1:] * step / 1e-3)


def test_a_timed_array_may_stand_in_static_equations_thresholds_and_resets():
    A = TimedArray([0.0, 2.0, 0.0, 3.0], dt=1 * ms)
    G = NeuronGroup(2, "x = 2*A(t) : 1\ny : 1", threshold="A(t) > 2.5", reset="y += A(t)")
    M, S = StateMonitor(G, "x", record=[0]), SpikeMonitor(G)
    Network(G, M, S).run(4 * ms)
    assert M[0].tolist() == [0] * 10 + [4] * 10 + [0] * 10 + [6] * 10
    assert S.nspikes == 20 and G.y.tolist() == [30, 30]
    assert G.x.tolist() == [6, 6]


def test_values_may_be_changed_between_runs():
    A = TimedArray(np.ones(100), dt=1 * ms)
    G = NeuronGroup(1, "dx/dt = A(t)/ms : 1")
    network = Network(G)
    network.run(1 * ms)
    A *= 3
    network.run(1 * ms)
    assert G.x[0] == pytest.approx(4.0)


def test_two_groups_share_one_table_and_other_arrays_need_no_other_code():
    def build(n, dt):
        A = TimedArray(np.zeros(n), dt=dt)
        G, H = NeuronGroup(5, "dx/dt = A(t)/ms : 1"), NeuronGroup(5, "dx/dt = A(t)/ms : 1")
        network = Network(G, H)
        network.prepare()
        return network.build.program

    first, second = build(10, 1 * ms), build(77, 0.3 * ms)
    assert first.source == second.source
    assert sum(slot.part == "table" and slot.role == "values" for slot in first.arrays) == 1


def test_two_arrays_of_one_name_are_told_apart():
    from brian_nb import Equations

    first, second = TimedArray([1.0], dt=1 * ms), TimedArray([5.0], dt=1 * ms)
    eqs = Equations("dx/dt = A(t)/ms : 1", namespace={"A": first, "ms": ms})
    eqs += Equations("dy/dt = A(t)/ms : 1", namespace={"A": second, "ms": ms})
    G = NeuronGroup(1, eqs)
    Network(G).run(1 * ms)
    assert (G.x[0], G.y[0]) == (pytest.approx(1), pytest.approx(5))


def test_columns_have_to_fit_the_neurons():
    A = TimedArray(np.zeros((5, 3)), dt=1 * ms)
    with pytest.raises(ModelError, match="A has 3 columns, one for each neuron, and .* has 4"):
        NeuronGroup(4, "dx/dt = A(t)/ms : 1")


def test_the_argument_has_to_be_a_time():
    A = TimedArray(np.zeros(5), dt=1 * ms)
    with pytest.raises(DimensionMismatchError, match="takes a value in second"):
        NeuronGroup(1, "dx/dt = A(x)/ms : 1")


# -- as the values of a variable ---------------------------------------------------------------


@pytest.mark.parametrize("threads, reference", RUNS)
@pytest.mark.parametrize("columns", [False, True])
def test_a_variable_takes_the_values_at_the_start_of_each_step(threads, reference, columns):
    n = 300
    rng = np.random.default_rng(3)
    values = rng.normal(size=(30, n) if columns else 30)
    G = NeuronGroup(n, "dv/dt = (A - v)/(5*ms) : 1\nA : 1")
    G.A = TimedArray(values, dt=0.3 * ms)
    M, V = StateMonitor(G, "A", record=[0, 7]), StateMonitor(G, "v", record=[7])
    run(Network(G, M, V), 9 * ms, threads, reference)
    steps = np.repeat(values, 3, axis=0)
    assert np.allclose(M[7], steps[:, 7] if columns else steps)
    # The equations stay linear, so each step is exact.
    decay, v, trace = np.exp(-0.02), 0.0, []
    for value in M[7]:
        v = value + (v - value) * decay
        trace.append(v)
    assert G.integrator == "linear"
    assert np.allclose(V[7], trace, rtol=1e-12)


def test_a_part_of_a_group_takes_values_of_its_own():
    G = NeuronGroup(5, "x : 1")
    G.x = TimedArray([1.0, 2.0], dt=1 * ms)
    G[1:3].x = TimedArray([[10.0, 20.0], [30.0, 40.0]], dt=1 * ms)
    Network(G).run(2 * ms)
    assert G.x.tolist() == [2, 30, 40, 2, 2]


def test_the_last_assignment_counts():
    G = NeuronGroup(3, "x : 1")
    network = Network(G)
    G.x = TimedArray([5.0], dt=1 * ms)
    network.run(1 * ms)
    assert G.x.tolist() == [5, 5, 5]
    G.x = TimedArray([7.0], dt=1 * ms)
    network.run(1 * ms)
    assert G.x.tolist() == [7, 7, 7]
    G.x = 1
    network.run(1 * ms)
    assert G.x.tolist() == [1, 1, 1]


@pytest.mark.parametrize("when, seen", [("start", 2.0), ("end", 1.0)])
def test_a_setter_has_a_place_in_the_step(when, seen):
    G = NeuronGroup(1, "dy/dt = x/ms : 1\nx : 1")
    setter = TimedArraySetter(G, "x", [1.0, 2.0, 3.0], dt=1 * ms, when=when)
    M = StateMonitor(G, "y", record=True)
    G.x = 1
    Network(G, setter, M).run(2 * ms)
    steps = np.diff(M[0])[9:11] / 0.1
    assert np.allclose(steps, [seen, 2.0])


def test_a_setter_follows_the_clock_of_the_group_or_one_of_its_own():
    G = NeuronGroup(1, "x : 1", clock=Clock(dt=0.5 * ms))
    S = TimedArraySetter(G, 0, [1.0, 2.0, 3.0, 4.0])
    assert S.arr.dt == 0.5 * ms
    M = StateMonitor(G, "x", record=True, clock=G.clock)
    Network(G, S, M).run(2 * ms)
    assert M[0].tolist() == [1, 2, 3, 4]
    H = NeuronGroup(1, "x : 1", clock=Clock(dt=0.1 * ms))
    slow = EventClock(dt=1 * ms)
    S = TimedArraySetter(H, "x", TimedArray(np.arange(40.0), dt=0.1 * ms), clock=slow)
    M = StateMonitor(H, "x", record=True, clock=H.clock)
    Network(H, S, M).run(3 * ms)
    assert sorted(set(M[0])) == [0, 10, 20]


def test_the_function_form_and_irregular_times():
    G = NeuronGroup(2, "x : 1")
    set_group_var_by_array(G, "x", [1.0, 2.0, 3.0], times=[0 * ms, 0.35 * ms, 0.6 * ms])
    M = StateMonitor(G, "x", record=[1])
    Network(G, M).run(1 * ms)
    assert M[1].tolist() == [1, 1, 1, 1, 2, 2, 3, 3, 3, 3]


def test_a_setter_can_be_called():
    G = NeuronGroup(3, "x : 1")
    S = TimedArraySetter(G, "x", [4.0, 5.0], dt=1 * ms)
    S()
    assert G.x.tolist() == [4, 4, 4]


def test_a_coefficient_that_is_set_makes_the_step_inexact():
    G = NeuronGroup(1, "dv/dt = -g*v/(5*ms) : 1\ng : 1")
    G.v, G.g = 1, TimedArray([1.0, 2.0], dt=1 * ms)
    Network(G).run(2 * ms)
    assert G.v[0] == pytest.approx((1 - 0.02) ** 10 * (1 - 0.04) ** 10, rel=1e-12)


def test_mistakes_with_setters_are_named():
    G = NeuronGroup(3, "x : 1")
    with pytest.raises(UnknownVariableError, match="'y'"):
        TimedArraySetter(G, "y", [1.0])
    with pytest.raises(ModelError, match="2 columns"):
        G.x = TimedArray(np.zeros((4, 2)), dt=1 * ms)
    with pytest.raises(ModelError, match="is no place in a step"):
        TimedArraySetter(G, "x", [1.0], when="later")
