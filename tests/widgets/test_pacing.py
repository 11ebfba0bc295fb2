"""How long segments are, and when they are due."""

import pytest

from brian_nb.errors import ModelError
from brian_nb.widgets import LiveSession
from brian_nb.widgets.pacing import SEGMENT_WALL, LivePace, Metronome


def test_segments_are_short_at_a_low_speed():
    pace = LivePace(1e-4, speed=0.2)
    for _ in range(10):
        pace.learn(pace.steps, 1e-6)
    assert pace.steps == round(0.2 * SEGMENT_WALL / 1e-4)


def test_an_own_segment_length_wins_over_the_speed():
    assert LivePace(1e-4, speed=0.01, segment=5e-3).steps == 50


def test_a_metronome_tells_how_long_to_wait_and_does_not_chase_a_long_delay():
    metronome = Metronome()
    assert metronome.delay(10.0, 1.0, 0.1) == 0.0
    assert metronome.delay(10.0, 1.01, 0.1) == pytest.approx(0.1)
    assert metronome.delay(15.0, 1.01, 0.1) == 0.0
    assert metronome.delay(15.0, 1.02, 0.1) == pytest.approx(0.1)


def test_a_speed_that_is_none_is_refused(net):
    with pytest.raises(ModelError, match="cannot be 'quick'"):
        LiveSession(net.network, speed="quick")


def test_a_run_that_goes_step_by_step_waits_for_nothing_and_rests_when_its_steps_are_done():
    pace = LivePace(1e-4, speed=0.1)
    assert pace.find_delay(10.0, 1.0) == 0.0
    assert pace.find_delay(10.0, 1.01) == pytest.approx(0.1)
    pace.restart(5)
    assert pace.find_delay(10.0, 1.01) == pace.find_delay(10.0, 1.02) == 0.0
    pace.learn(5, 1e-6)
    assert pace.find_delay(10.0, 1.02) is None
    pace.restart()
    assert pace.find_delay(10.0, 1.02) == 0.0


def test_another_speed_counts_from_the_next_segment_on():
    pace = LivePace(1e-4, speed=0.1)
    pace.find_delay(10.0, 1.0)
    pace.change_speed(1)
    assert pace.find_delay(10.0, 1.01) == 0.0
    assert pace.find_delay(10.0, 1.03) == pytest.approx(0.02)
