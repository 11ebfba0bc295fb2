"""Handles: the values of an object as traits."""

import gc
import weakref

import numpy as np
import pytest
from traitlets import HasTraits, link

from brian_nb import NeuronGroup, StateMonitor
from brian_nb.errors import DimensionMismatchError, UnknownNameError
from brian_nb.network.display import set_display_hook
from brian_nb.units import ALL_UNITS
from brian_nb.widgets import handle, register_display, unregister_display

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]


def test_an_object_has_one_handle(net):
    assert handle(net.G) is handle(net.G)
    assert handle(net.G) is not handle(net.C)


def test_other_things_have_none():
    with pytest.raises(TypeError, match="a handle needs a group"):
        handle(3)


def test_traits_are_in_display_units(net):
    shown = handle(net.G)
    assert (shown.El, shown.tau, shown.V_reset) == (-49.0, 10.0, -60.0)
    assert shown.units["El"] == "mV"
    assert handle(net.C).weight == pytest.approx(0.3)
    assert handle(net.C).delay == 1.0


def test_a_trait_changes_the_object(net):
    handle(net.G).El = -52.0
    assert float(net.G.El) == pytest.approx(-0.052)
    handle(net.C).delay = 2.0
    assert float(net.C.delay) == pytest.approx(0.002)


def test_set_takes_quantities(net):
    shown = handle(net.G)
    shown.set(El=-52 * mV, tau=5 * ms)
    assert (shown.El, shown.tau) == (-52.0, 5.0)
    assert float(net.G.tau) == pytest.approx(0.005)


def test_set_refuses_another_unit_and_changes_nothing(net):
    with pytest.raises(DimensionMismatchError, match="tau"):
        handle(net.G).set(El=-52 * mV, tau=5 * mV)
    assert float(net.G.El) == pytest.approx(-0.049)


def test_set_refuses_an_unknown_name(net):
    with pytest.raises(UnknownNameError, match="'EL'"):
        handle(net.G).set(EL=-52 * mV)


def test_traits_can_be_observed_and_linked(net):
    seen = []
    first, second = handle(net.G), handle(net.C)
    first.observe(lambda change: seen.append(change.new), "tau")
    link((first, "tau"), (second, "delay"))
    first.tau = 3.0
    assert seen[-1] == 3.0
    assert float(net.C.delay) == pytest.approx(0.003)
    assert isinstance(first, HasTraits)


def test_a_slider_moves_with_its_trait_and_makes_room(net):
    shown = handle(net.G)
    shown.El = -200.0
    slider = shown.knobs["El"].slider
    assert slider.value == -200.0
    assert slider.min <= -200.0
    slider.value = -55.0
    assert float(net.G.El) == pytest.approx(-0.055)


def test_what_a_cell_changed_is_shown_the_next_time(net):
    shown = handle(net.G)
    net.G.El = -53 * mV
    assert handle(net.G) is shown
    assert shown.El == pytest.approx(-53.0)
    assert shown.knobs["El"].value == pytest.approx(-53.0)


def test_a_handle_tells_that_neurons_differ_and_a_turn_sets_all():
    tau = 10 * ms  # noqa: F841
    group = NeuronGroup(3, "dV/dt = (I-V)/tau : volt\nI : volt")
    group.I = [1e-3, 2e-3, 3e-3]
    shown = handle(group)
    assert "1. mV to 3. mV" in shown.knobs["I"].note.value
    shown.knobs["I"].slider.value = 2.5
    assert np.allclose(group.I, 2.5e-3)
    assert shown.knobs["I"].note.value == ""


def test_to_show_a_group_again_changes_nothing_in_it():
    tau = 10 * ms  # noqa: F841
    group = NeuronGroup(3, "dV/dt = (I-V)/tau : volt\nI : volt")
    shown = handle(group)
    group.I = [1e-3, 2e-3, 3e-3]
    assert handle(group) is shown
    assert list(group.I) == [1e-3, 2e-3, 3e-3]
    assert shown.I == 2.0
    assert "1. mV to 3. mV" in shown.knobs["I"].note.value


def test_a_constant_named_like_a_property_of_widgets_gets_an_underscore():
    layout = 10 * ms  # noqa: F841
    group = NeuronGroup(1, "dV/dt = -V/layout : volt")
    shown = handle(group)
    shown.layout_ = 20.0
    assert float(group.values.constants["layout"]) == pytest.approx(0.02)


def test_a_handle_shows_equations_and_the_integrator(net):
    text = handle(net.G)._text.value
    assert net.G.integrator in text
    assert net.G.reason.split(",")[0] in text


def test_monitors_have_handles_with_counts(net):
    net.network.run(net.window)
    assert f"{net.M.nspikes} spikes" in handle(net.M)._text.value
    assert handle(StateMonitor(net.G, "V")).view is None


def test_a_handle_does_not_keep_its_object_alive():
    group = NeuronGroup(1, "dV/dt = -V/(10*ms) : volt")
    handle(group)
    gone = weakref.ref(group)
    del group
    gc.collect()
    assert gone() is None


def test_objects_show_their_handle_once_registered(net):
    view = "application/vnd.jupyter.widget-view+json"
    register_display()
    try:
        bundle = net.G._repr_mimebundle_()
        assert bundle[view]["model_id"] == handle(net.G).model_id
        assert "text/html" in bundle
        unregister_display()
        assert view not in net.G._repr_mimebundle_()
    finally:
        set_display_hook(None)
