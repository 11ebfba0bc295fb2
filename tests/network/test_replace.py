"""A group put in the place of another one."""

import numpy as np
import pytest

from brian_nb import (
    Connection,
    MultiStateMonitor,
    Network,
    NeuronGroup,
    PopulationRateMonitor,
    SpikeMonitor,
    StateMonitor,
    StateSpikeMonitor,
    defaultclock,
    ms,
    mV,
    seed,
    volt,
)
from brian_nb.errors import ModelError
from brian_nb.network.replace import replace_group

TEXT = "dv/dt = (v0 - v)/tau : volt\nv0 : volt"


def make_group(size=10, text=TEXT, **options):
    tau = 20 * ms  # noqa: F841 - an external constant of the equations
    options = {"threshold": "v > -50*mV", "reset": "v = -60*mV", **options}
    group = NeuronGroup(size, text, **options)
    group.v0, group.v = -45 * mV, np.linspace(-0.06, -0.05, size)
    return group


def make_names(group):
    part = group.subgroup(4)
    return {
        "P": group,
        "also": group,
        "groups": [group],
        "by_name": {"exc": group},
        "C": Connection(part, group, "v", weight=0.5 * mV, sparseness=0.5),
        "M": SpikeMonitor(group),
        "R": PopulationRateMonitor(part),
        "S": StateMonitor(group, "v", record=[0, 1]),
    }


def test_names_lists_and_dictionaries_take_the_new_group():
    old, new = make_group(), make_group()
    names = make_names(old)
    replace_group(old, new, names)
    assert names["P"] is names["also"] is names["groups"][0] is names["by_name"]["exc"] is new


def test_network_with_a_group_put_in_spikes_as_one_that_was_made_with_it():
    def spikes(replaced):
        seed(1)
        defaultclock.reinit()
        group = make_group()
        names = make_names(group)
        if replaced:
            replace_group(group, make_group(), names)
        Network(*(names[name] for name in "PCMRS")).run(100 * ms)
        return names["M"].spikes

    assert spikes(replaced=True) == spikes(replaced=False) != []


def test_network_object_runs_the_new_group_even_if_the_models_are_equal():
    old, new = make_group(), make_group()
    names = make_names(old)
    names["net"] = Network(*(names[name] for name in "PCM"))
    names["net"].run(10 * ms)
    replace_group(old, new, names)
    before = new.v.copy()
    names["net"].run(1 * ms)
    assert names["net"].groups == [new]
    assert not np.array_equal(new.v, before)


def test_all_that_followed_is_listed_by_name():
    old, new = make_group(), make_group()
    replacement = replace_group(old, new, make_names(old))
    assert sorted(replacement.moved) == ["C", "M", "R", "S"]
    assert replacement.stale == ()
    assert replacement.message == ""


@pytest.mark.parametrize(
    ("change", "left_behind", "reason"),
    [
        ({"size": 12}, ["C", "M", "R", "S"], "10 neurons and has 12"),
        ({"threshold": None, "reset": None}, ["C", "M", "R"], "no threshold"),
        ({"text": TEXT.replace("v0 - v", "v0 - u").replace("dv/dt", "du/dt"),
          "threshold": "u > -50*mV", "reset": "u = -60*mV"}, ["C", "S"], "no variable v"),
        ({"text": "dv/dt = (v0 - v)/tau : 1\nv0 : 1", "threshold": "v > 1", "reset": "v = 0"},
         ["C", "S"], "another unit"),
    ],
)  # fmt: skip
def test_what_the_new_group_lacks_holds_back_those_that_need_it(change, left_behind, reason):
    old = make_group()
    tau = 20 * ms  # noqa: F841 - an external constant of the equations
    options = {"size": 10, "text": TEXT, "threshold": "v > -50*mV", "reset": "v = -60*mV"}
    options |= change
    new = NeuronGroup(options.pop("size"), options.pop("text"), **options)
    names = make_names(old)
    replacement = replace_group(old, new, names)
    assert sorted(name for name, _ in replacement.stale) == left_behind
    assert all(reason in why for _, why in replacement.stale)
    assert names["S"].source is (old if "S" in left_behind else new)


def test_old_group_refuses_to_run_and_says_what_to_do():
    old, new = make_group(), make_group(12)
    old.label = "P"
    names = make_names(old)
    replace_group(old, new, names)
    with pytest.raises(ModelError, match="Re-run the cells that make them"):
        Network(names["C"]).run(1 * ms)


def test_recorded_spikes_stay_with_their_monitor():
    old = make_group()
    names = make_names(old)
    Network(*(names[name] for name in "PCM")).run(50 * ms)
    spikes = names["M"].spikes
    replace_group(old, make_group(), names)
    assert names["M"].spikes == spikes != []


def test_values_of_the_new_group_are_not_taken_from_the_old_one():
    old, new = make_group(), make_group()
    old.v0 = 0 * volt
    replace_group(old, new, make_names(old))
    assert np.all(new.v0 == -0.045)


def test_monitors_of_states_at_spikes_and_of_several_variables_follow():
    old, new = make_group(), make_group()
    names = {"T": StateSpikeMonitor(old, ("v", "v0")), "A": MultiStateMonitor(old, record=True)}
    assert replace_group(old, new, names).stale == ()
    assert names["T"].source is names["A"].source is new
    tau = 20 * ms  # noqa: F841 - an external constant of the equations
    other = NeuronGroup(10, "dv/dt = -v/tau : volt", threshold="v > -50*mV")
    replacement = replace_group(new, other, names)
    assert [name for name, _ in replacement.stale] == ["T", "A.contained_objects[1]"]
    assert all("no variable v0" in why for _, why in replacement.stale)


def test_a_linked_variable_follows_the_new_group():
    from brian_nb import linked_var

    old = make_group()
    target = NeuronGroup(10, "w : volt")
    target.w = linked_var(old, "v")
    names = {"P": old, "Q": target}
    new = make_group()
    new.v = -52 * mV
    moved = replace_group(old, new, names)
    assert moved.moved == ("w of Q",) and not moved.stale
    Network(target, new).run(0.1 * ms)
    assert np.allclose(target.w, -52e-3)
    text = "du/dt = (v0 - u)/tau : volt\nv0 : volt"
    other = make_group(text=text, threshold="u > 0*mV", reset="")
    assert replace_group(new, other, names).stale == (("w of Q", "it has no variable v any more"),)
