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
