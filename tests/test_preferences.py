"""Preferences are known by name, checked, obeyed, and read from the user's own module."""

import logging
import subprocess
import sys

import pytest

from brian_nb import (
    Clock,
    NeuronGroup,
    defaultclock,
    get_default_clock,
    get_global_preference,
    globalprefs,
    preferences,
    set_global_preferences,
)
from brian_nb.errors import ModelError, UnknownNameError
from brian_nb.network.scope import find_reachable
from brian_nb.units import ms


@pytest.fixture(autouse=True)
def fresh_preferences(monkeypatch):
    monkeypatch.setattr(preferences, "_values", {})
    monkeypatch.setattr(preferences, "_done", set())


def test_defaults_are_those_of_the_manual():
    assert get_global_preference("defaultclock") is defaultclock
    assert get_global_preference("useweave") is False
    assert get_global_preference("useweave_linear_diff_eq") is False
    assert get_global_preference("weavecompiler") == "gcc"
    assert get_global_preference("magic_useframes") is True


def test_what_is_set_can_be_read():
    set_global_preferences(useweave=True, weavecompiler="clang")
    assert get_global_preference("useweave") is True
    assert globalprefs.get_global_preference("weavecompiler") == "clang"


def test_a_default_clock_is_taken_by_groups():
    clock = Clock(dt=0.5 * ms)
    set_global_preferences(defaultclock=clock)
    assert get_default_clock() is clock
    del clock
    assert NeuronGroup(1, "dv/dt = -v/(10*ms) : 1").clock is get_default_clock()


def test_objects_of_callers_are_found_without_frames():
    def call():
        return find_reachable(NeuronGroup)

    group = NeuronGroup(1, "dv/dt = -v/(10*ms) : 1")
    assert not call()
    set_global_preferences(magic_useframes=False)
    assert call() == {group: "group"}


def test_unknown_names_are_refused_with_a_suggestion():
    with pytest.raises(UnknownNameError, match="did you mean useweave?"):
        set_global_preferences(use_weave=True)
    with pytest.raises(UnknownNameError, match="there are defaultclock, magic_useframes, useweave"):
        get_global_preference("colour")


def test_wrong_values_are_refused_and_nothing_is_set():
    with pytest.raises(ModelError, match="useweave must be True or False, not 'yes'"):
        set_global_preferences(weavecompiler="clang", useweave="yes")
    with pytest.raises(ModelError, match="defaultclock must be a Clock"):
        set_global_preferences(defaultclock=0.1 * ms)
    assert get_global_preference("weavecompiler") == "gcc"


def test_choosing_a_compiler_is_noted_once(caplog):
    with caplog.at_level(logging.INFO, "brian_nb"):
        set_global_preferences(magic_useframes=True)
        assert not caplog.messages
        set_global_preferences(useweave=True)
        set_global_preferences(useweave=False, weavecompiler="gcc")
    assert caplog.messages == [
        "preferences for compilers choose nothing: everything is compiled, always"
    ]


def run_with_configuration(tmp_path, configuration, script):
    (tmp_path / "brian_nb_global_config.py").write_text(configuration)
    (tmp_path / "script.py").write_text(script)
    return subprocess.run(
        [sys.executable, tmp_path / "script.py"], capture_output=True, text=True, check=False
    )


def test_the_module_of_the_user_is_read_when_it_is_needed(tmp_path):
    configuration = """
print("reading")
from brian_nb.globalprefs import *
from brian_nb import Clock, ms
set_global_preferences(useweave=True, defaultclock=Clock(dt=2*ms))
"""
    script = """
from brian_nb import *
print("imported")
G = NeuronGroup(1, 'dv/dt = -v/(10*ms) : 1')
print(G.clock.dt, get_global_preference('useweave'))
set_global_preferences(useweave=False)
print(get_global_preference('useweave'))
"""
    result = run_with_configuration(tmp_path, configuration, script)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == ["imported", "reading", "2. ms True", "False"]


@pytest.mark.parametrize(
    "configuration", ["raise RuntimeError('no')", "this is no Python", "import sys; sys.exit(1)"]
)
def test_a_broken_module_of_the_user_stops_nothing(tmp_path, configuration):
    script = "from brian_nb import *\nprint(get_global_preference('useweave'))"
    result = run_with_configuration(tmp_path, configuration, script)
    assert result.returncode == 0
    assert result.stdout == "False\n"
    assert "brian_nb_global_config could not be read" in result.stderr
