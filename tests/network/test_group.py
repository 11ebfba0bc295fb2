"""Groups of neurons: their variables, parts and steps."""

import copy
import pickle
import warnings

import numpy as np
import pytest

from brian_nb import (
    Clock,
    Connection,
    Network,
    NeuronGroup,
    PoissonGroup,
    Refractoriness,
    SimpleCustomRefractoriness,
    SpikeMonitor,
    VariableThreshold,
    defaultclock,
    network_operation,
    seed,
)
from brian_nb.errors import BrianError, DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS

mV, ms, Hz, volt, second = (ALL_UNITS[name] for name in ("mV", "ms", "Hz", "volt", "second"))

CHARGE = "dv/dt = (20*mV - v)/(10*ms) : volt"


# -- variables -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "membrane"),
    [
        ("x : 1\nVm : 1\nvm : 1\nV : 1\nv : 1", "v"),
        ("x : 1\nVm : 1\nvm : 1\nV : 1", "V"),
        ("x : 1\nVm : 1\nvm : 1", "vm"),
        ("x : 1\nVm : 1", "Vm"),
        ("y : 1\nx : 1", "y"),
    ],
)
def test_membrane_is_chosen_by_name_and_acted_on_by_default(text, membrane):
    """Section 4.12.3 of the manual."""
    group = NeuronGroup(1, text, threshold=0.5, reset=0)
    group.state(membrane)[:] = 1
    for name in group.var_index.keys() - {membrane}:
        group.state(name)[:] = 0.25
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(1 * ms)
    assert monitor.nspikes == 1
    assert group.state(0)[0] == 0
    assert group.get_var_index(membrane) == 0


def test_variables_are_known_by_name_number_underscore_and_alias():
    group = NeuronGroup(3, "v : volt\nw : 1\nu = 2*v : volt\nx = w")
    group.v = [1 * mV, 2 * mV, 3 * mV]
    group.w_ = 5
    assert group.v is not None and group.v_.tolist() == group.state("v").tolist()
    assert group.state(0).tolist() == group.state_(0).tolist() == pytest.approx([1e-3, 2e-3, 3e-3])
    assert group.state("w").tolist() == group.x.tolist() == [5, 5, 5]
    assert group.u == pytest.approx([2e-3, 4e-3, 6e-3])
    assert group.state("u") == pytest.approx(group.u)
    group.x[1] = 7
    assert group.w.tolist() == [5, 7, 5]
    assert group.unit("v") == 1 * volt and group.unit(1) == 1
    assert group.var_index == {"v": 0, "w": 1}


def test_time_is_that_of_the_clock_of_the_group():
    """Section 4.12.6 of the manual."""
    clock = Clock(dt=0.5 * ms)
    group = NeuronGroup(2, "dx/dt = t/second**2 : 1", clock=clock)
    Network(group).run(10 * ms)
    assert group.t == group[1].t == 10 * ms
    # Each step sees the time at which it starts.
    assert group.x == pytest.approx(5e-4 * np.sum(np.arange(20) * 5e-4) * np.ones(2))


@pytest.mark.parametrize("name", ["q", 7, -1])
def test_variables_that_are_not_there_are_named_with_those_that_are(name):
    group = NeuronGroup(1, "v : volt\nw : 1")
    for look in (group.state, group.unit, group.get_var_index):
        with pytest.raises(BrianError, match="has no"):
            look(name)


def test_matrix_of_all_variables_is_a_view_of_the_state():
    group = NeuronGroup(3, "w : 1\ndv/dt = -v/(10*ms) : 1")
    group.v, group.w = [1, 2, 3], [4, 5, 6]
    assert group._S.tolist() == [[1, 2, 3], [4, 5, 6]]
    group._S[0] = 10
    group._S += 1
    assert group.v.tolist() == [11] * 3
    Network(group).run(10 * ms)
    assert group._S[0] == pytest.approx([11 * np.exp(-1)] * 3)
    assert group[1:]._S.shape == (2, 2)
    group[1:]._S[1] = 0
    assert group.w.tolist() == [5, 0, 0]
    group._dS = np.ones((2, 3))
    assert group._dS.shape == group._S.shape and group._dS.all()


@pytest.mark.parametrize("size", [1, 7, 8, 512, 4096])
def test_rows_of_the_matrix_begin_on_cache_lines_of_different_sets(size):
    matrix = NeuronGroup(size, "a : 1\nb : 1\nc : 1")._S
    starts = [row.ctypes.data for row in matrix]
    assert all(start % 64 == 0 for start in starts)
    assert len({start % 4096 for start in starts}) == 3


def test_any_attribute_can_be_set():
    group = NeuronGroup(1, CHARGE)
    group.note, group._private = "mine", 3
    assert (group.note, group._private) == ("mine", 3)
    with pytest.raises(AttributeError, match="no variable or attribute 'nothing'"):
        group.nothing  # noqa: B018 - reading it raises


def test_unchecked_units_are_left_alone_throughout():
    group = NeuronGroup(1, "dv/dt = -v/(10*ms) : volt\nw = v + 1 : 1", threshold=3, reset=0 * ms,
                        unit_checking=False)  # fmt: skip
    group.v = 1
    assert group.w[0] == 2
    with pytest.raises(DimensionMismatchError):
        NeuronGroup(1, CHARGE).v = 1


# -- parts ---------------------------------------------------------------------------------------


def test_parts_of_parts_are_views_of_the_group():
    group = NeuronGroup(100, "v : 1")
    part = group[20:60][10:30]
    assert (part.first, len(part)) == (30, 20)
    part.v = np.arange(20)
    assert group.v[30:50].tolist() == list(range(20))
    assert part[5].v.tolist() == [5]
    assert part[-1].first == 49
    assert part.clock is group.clock


def test_next_parts_follow_each_other_and_ignore_slices():
    """Section 4.2.2: both ways give the same neurons when they are mixed."""
    group = NeuronGroup(100, "v : 1")
    by_slice, first, second_ = group[0:50], group.subgroup(50), group.subgroup(N=50)
    assert [(p.first, p.size) for p in (by_slice, first, second_)] == [(0, 50), (0, 50), (50, 50)]
    inner = second_.subgroup(20)
    assert (inner.first, second_.subgroup(30).first) == (50, 70)
    with pytest.raises(ModelError, match="0 neurons left to give, not 1"):
        group.subgroup(1)


def test_parts_see_their_own_spikes():
    group = NeuronGroup(4, "v : 1", threshold="v > 0")
    group.v = [1, 0, 1, 1]
    seen = []
    part = group[2:4]

    @network_operation(when="after_groups")
    def look():
        seen.append((group.get_spikes().tolist(), part.get_spikes().tolist()))

    Network(group, look).run(0.2 * ms)
    assert seen == [([0, 2, 3], [0, 1])] * 2


# -- spikes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [1, 3])
def test_last_spikes_are_those_of_the_last_update(threads):
    defaultclock.reinit()
    group = NeuronGroup(1000, "n : 1\nm : 1", threshold="abs(n - m) < 0.5", reset="",
                        max_delay=1 * ms)  # fmt: skip
    group.n = np.arange(1000)
    seen = {"start": [], "after_groups": [], "end": []}

    @network_operation(when="before_groups")
    def move():
        group.m = group.clock.timebase.step * 60

    def note(when):
        return network_operation(when=when)(
            lambda: seen[when].append(group.LS.lastspikes().tolist())
        )

    Network(group, move, *map(note, seen), threads=threads).run(1.5 * ms)
    assert seen["after_groups"] == seen["end"] == [[60 * step] for step in range(15)]
    assert seen["start"] == [[], *seen["end"][:-1]]
    assert group.get_spikes(0).tolist() == [840]
    assert group.get_spikes(3).tolist() == [660]
    assert group.LS[0:3].tolist() == [720, 780, 840]
    with pytest.raises(ModelError, match="give the group a max_delay"):
        group.get_spikes(100)


def test_no_spikes_before_the_first_step():
    group = NeuronGroup(3, CHARGE, threshold=10 * mV)
    assert group.LS.lastspikes().tolist() == group.get_spikes(1).tolist() == []


# -- rest ----------------------------------------------------------------------------------------


def test_rest_is_where_nothing_changes_for_the_parameters_of_each_neuron():
    group = NeuronGroup(3, "dv/dt = (E - v + w)/(10*ms) : volt\ndw/dt = -w/(5*ms) : volt\nE : volt")
    group.E, group.w = [-70 * mV, -60 * mV, -50 * mV], 3 * mV
    group.rest()
    assert group.v == pytest.approx([-70e-3, -60e-3, -50e-3])
    assert group.w == pytest.approx([0, 0, 0], abs=1e-12)


def test_rest_of_a_part_leaves_the_others():
    group = NeuronGroup(4, CHARGE)
    group[1:3].rest()
    assert group.v == pytest.approx([0, 20e-3, 20e-3, 0])


def test_rest_of_the_adaptive_threshold_model_of_the_manual():
    eqs = "dv/dt = -v/(10*ms) : volt\ndvt/dt = (10*mV-vt)/(15*ms) : volt"
    group = NeuronGroup(1, eqs, threshold="v > vt", reset="v = 0*mV\nvt += 3*mV")
    group.rest()
    assert (group.v[0], group.vt[0]) == pytest.approx((0, 10e-3))
    source = PoissonGroup(1, 500 * Hz)
    seed(1)
    monitor = SpikeMonitor(group)
    Network(group, source, Connection(source, group, "v", weight=3 * mV), monitor).run(500 * ms)
    assert 3 < monitor.nspikes < 100
    assert group.vt[0] >= 10e-3


def test_rest_that_does_not_exist_leaves_the_state_with_a_warning():
    group = NeuronGroup(2, "dv/dt = (v*v + 1)/ms : 1")
    group.v = 0.5
    with pytest.warns(UserWarning, match="no fixed point was found for 2"):
        group.rest()
    assert group.v.tolist() == [0.5, 0.5]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        NeuronGroup(2, "v : 1").rest()


# -- copies --------------------------------------------------------------------------------------


def above(v):
    """A function that is compiled."""
    return v > 10 * mV


def above_called(v):
    """A function that is called."""
    return np.array([x > 0.01 for x in v])


def to_zero(P, spikes):
    for i in spikes:
        P.v[i] = 0


@pytest.mark.parametrize("make", [copy.deepcopy, lambda item: pickle.loads(pickle.dumps(item))])
@pytest.mark.parametrize(
    ("threshold", "reset"),
    [
        ("v > top", "v = 0*mV"),
        (above, Refractoriness(0 * mV, 5 * ms)),
        (above_called, to_zero),
        (VariableThreshold("w"), SimpleCustomRefractoriness(to_zero, 5 * ms)),
    ],
)
def test_copies_go_on_as_the_original_does(make, threshold, reset):
    top = 10 * mV
    group = NeuronGroup(3, CHARGE + "\nw : volt", threshold=threshold, reset=reset)
    group.w = 10 * mV
    monitor = SpikeMonitor(group)
    network = Network(group, monitor)
    network.run(10 * ms)
    network_copy, group_copy, monitor_copy = make((network, group, monitor))
    for each in (network, network_copy):
        each.run(20 * ms)
    assert monitor_copy.spikes == monitor.spikes
    assert monitor.nspikes > 3
    assert np.array_equal(group_copy._S, group._S)
    group_copy.v = 1 * mV
    assert group_copy._S[0].tolist() == [1e-3] * 3 and group.v[0] != 1e-3


def test_group_needs_a_whole_positive_number_of_neurons():
    for n in (0, -3, 2.5, "many"):
        with pytest.raises(ModelError, match="neuron"):
            NeuronGroup(n, CHARGE)


def test_a_namespace_serves_equations_threshold_and_reset():
    tau = 1 * ms
    given = {"tau": 5 * ms, "v_t": 0.5, "v_r": 0.25}
    G = NeuronGroup(2, "dv/dt = -v/tau : 1", "v > v_t", "v = v_r", namespace=given)
    G.v = [1, 0.4]
    Network(G).run(0.1 * ms)
    assert tau != given["tau"]
    assert G.v == pytest.approx([0.25, 0.4 * np.exp(-0.1 / 5)])
