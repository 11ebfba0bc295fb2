"""Sliders that turn the same value, and what a page does with a value between two steps."""

import pytest

from brian_nb import NeuronGroup, ms, mV
from brian_nb.widgets import handle
from brian_nb.widgets.limits import Limits

COARSE, FINE = Limits(-80.0, -20.0, 0.5), Limits(-55.0, -45.0, 0.05)


@pytest.fixture
def knobs():
    El, tau = -49 * mV, 20 * ms  # noqa: F841 - external constants of the equations
    group = NeuronGroup(3, "dv/dt = (El - v)/tau : volt")
    shown = handle(group)
    return group, shown, shown.make_knob("El", limits=COARSE), shown.make_knob("El", limits=FINE)


def test_two_sliders_of_one_value_turn_together(knobs):
    group, _, coarse, fine = knobs
    fine.slider.value = -50.5
    assert coarse.slider.value == -50.5
    assert float(group.El) == pytest.approx(-50.5e-3)


def test_rounding_by_a_coarse_slider_does_not_turn_the_value_back(knobs):
    group, _, coarse, fine = knobs
    fine.slider.value = -49.35
    coarse.slider.value = -49.5  # what a page makes of -49.35 with steps of 0.5, and sends
    assert float(group.El) == pytest.approx(-49.35e-3)
    assert fine.slider.value == -49.35


def test_step_from_a_rounded_place_turns_the_value(knobs):
    group, _, coarse, fine = knobs
    fine.slider.value = -49.35
    coarse.slider.value = -49.5
    coarse.slider.value = -50.0
    assert float(group.El) == pytest.approx(-50e-3)
    assert fine.slider.value == -50.0


def test_slider_of_two_values_turns_both_and_follows_one_without_turning_the_other():
    tau = 20 * ms  # noqa: F841 - external constant of the equations
    first = NeuronGroup(1, "dv/dt = -v/tau : volt")
    second = NeuronGroup(1, "dv/dt = -v/tau : volt")
    knob = handle(first).make_knob("tau")
    knob.bind(handle(second), "tau")
    knob.slider.value = 30.0
    assert float(first.tau) == float(second.tau) == pytest.approx(30e-3)
    first.tau = 40 * ms
    handle(first)
    assert knob.slider.value == 40.0
    assert float(second.tau) == pytest.approx(30e-3)


def test_what_the_page_makes_of_a_value_on_the_grid_of_its_slider_changes_nothing(knobs):
    group, _, coarse, _ = knobs
    group.El = -50 * mV
    handle(group)
    coarse.slider.value = -50 - 1e-13  # a page that counts steps from the end of the slider
    assert float(group.El) == -50e-3


def test_late_answer_of_a_page_does_not_undo_what_a_cell_has_changed_meanwhile(knobs):
    group, _, coarse, _ = knobs
    group.El = -20.5 * mV
    handle(group)
    coarse.slider.value = -49 + 1e-13  # what the page makes of the value before
    assert float(group.El) == -20.5e-3
    assert coarse.slider.value == -20.5


def test_user_may_turn_a_value_and_at_once_turn_it_back(knobs):
    group, _, coarse, _ = knobs
    for value in (-50.0, -49.0, -50.0):
        coarse.slider.value = value
        assert float(group.El) == pytest.approx(1e-3 * value)


def test_page_gets_new_ends_and_then_the_value_beyond_the_old_ones_in_one_message(
    knobs, monkeypatch
):
    group, _, coarse, _ = knobs
    sent = []
    monkeypatch.setattr(coarse.slider, "_send", lambda message, **_: sent.append(message["state"]))
    group.El = -200 * mV
    handle(group)
    assert [list(state) for state in sent] == [["min", "value"]]
