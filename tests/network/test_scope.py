"""`run()` runs what the caller can reach by name."""

import numpy as np
import pytest

from brian_nb import (
    Connection,
    Equations,
    MagicNetwork,
    NeuronGroup,
    SpikeMonitor,
    defaultclock,
    reinit,
    run,
)
from brian_nb.errors import ModelError
from brian_nb.network.scope import reachable_in
from brian_nb.units import ALL_UNITS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]


def make_group(n=3):
    return NeuronGroup(n, "dv/dt = 1/(1*ms) : 1", threshold="v > 0.95", reset="v = 0")


def test_objects_in_containers_are_found():
    groups = [make_group(), make_group()]
    monitors = {name: SpikeMonitor(group) for name, group in zip("ab", groups, strict=True)}
    run(10 * ms)
    assert monitors["a"].nspikes == monitors["b"].nspikes == 30


def test_monitors_of_a_comprehension_belong_to_the_caller():
    layers = [make_group() for _ in range(3)]
    monitors = [SpikeMonitor(layer) for layer in layers]
    network = MagicNetwork()
    assert network.monitors == monitors
    assert network.groups == layers


def test_contained_objects_of_an_own_class_are_found():
    class Column:
        def __init__(self):
            self.group = make_group()
            self.contained_objects = [self.group, SpikeMonitor(self.group)]

    column = Column()
    run(5 * ms)
    assert column.contained_objects[1].nspikes == 15


def test_an_object_that_has_lost_its_name_does_not_run():
    group = make_group()
    first = SpikeMonitor(group)
    network = MagicNetwork()
    assert network.monitors == [first]
    group = make_group()
    first = SpikeMonitor(group)
    assert MagicNetwork().groups == [group]


def test_groups_that_a_connection_refers_to_come_along():
    def connect():
        return Connection(make_group(), make_group(), "v", weight=0.0)

    only = connect()
    assert len(MagicNetwork().groups) == 2
    assert only.source in MagicNetwork().groups


def test_history_of_ipython_does_not_count():
    group = make_group()
    namespace = {"_": group, "__": group, "_7": group, "Out": {7: group}, "_i3": group, "_oh": {}}
    assert reachable_in(namespace, NeuronGroup) == {}
    assert reachable_in({"_mine": group}, NeuronGroup) == {group: "_mine"}


def test_nothing_to_run_is_said():
    with pytest.raises(ModelError, match="nothing to run"):
        run(1 * ms)


def test_a_second_run_goes_on():
    group = make_group()
    monitor = SpikeMonitor(group)
    run(0.5 * ms)
    run(0.5 * ms)
    assert monitor.nspikes == 3
    assert defaultclock.t == 1 * ms


def test_reinit_sets_time_and_recordings_back():
    group = make_group()
    monitor = SpikeMonitor(group)
    run(5 * ms)
    reinit()
    assert (float(defaultclock.t), monitor.nspikes) == (0, 0)
    run(5 * ms)
    assert monitor.nspikes == 15


def test_objects_learn_the_names_they_are_run_under():
    excitatory = make_group()
    spikes_of_e = SpikeMonitor(excitatory)
    run(1 * ms)
    assert (excitatory.label, spikes_of_e.label) == ("excitatory", "spikes_of_e")


def test_equations_take_values_from_where_they_are_written():
    def make(tau):
        return Equations("dx/dt = -x/tau : 1")

    group = NeuronGroup(1, make(5 * ms))
    assert group.tau == 5 * ms


def test_equations_in_a_comprehension_take_values_from_around_it():
    tau, n = 5 * ms, 2
    groups = [NeuronGroup(n, "dv/dt = -v/tau : 1") for n in (1, 3)]
    pairs = tuple(NeuronGroup(n, "dv/dt = k/tau : 1") for k in (1, 2))
    for group in (*groups, *pairs):
        group.v = 1
    run(tau)
    assert [len(group) for group in groups] == [1, 3]
    assert groups[1].v == pytest.approx([np.exp(-1)] * 3)
    assert [group.v[0] for group in pairs] == pytest.approx([2, 3])


def test_keywords_replace_names_and_values():
    eqs = Equations("dx/dt = -x/tau : volt", tau=10 * ms, x="vm")
    group = NeuronGroup(2, eqs)
    assert group.system.variables == ("vm",)
    assert group.tau == 10 * ms


def test_none_gives_a_name_of_its_own():
    first = Equations("dx/dt = -x/(5*ms) : 1", x=None)
    second = Equations("dx/dt = -x/(9*ms) : 1", x=None)
    assert len(NeuronGroup(1, first + second).system.variables) == 2


def test_names_xi_t_and_I_of_the_user_do_no_harm():
    xi, t, I = 3, 4 * mV, 5 * mV  # noqa: E741, F841
    group = NeuronGroup(100, "dv/dt = (I - v)/(5*ms) + I*xi/(5*ms)**.5 : volt\nI : volt")
    group.I = 1 * mV
    SpikeMonitor(make_group())
    run(5 * ms)
    assert 0 < np.std(group.v) < 5e-3
