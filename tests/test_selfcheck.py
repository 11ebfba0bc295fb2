"""The check of an installation says what is right and what is wrong."""

import pytest

from brian_nb import NeuronGroup, SpikeMonitor, defaultclock, run_all_tests, selfcheck
from brian_nb.units import ms


def test_an_installation_that_works_passes(capsys):
    assert run_all_tests()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 8 and lines[-1] == "7 of 7 checks passed"
    assert all(line.startswith("ok") for line in lines[:-1])


def test_a_wrong_result_is_said(capsys, monkeypatch):
    monkeypatch.setattr(selfcheck, "firing_rate", lambda spikes: 7.0)
    assert not run_all_tests()
    out = capsys.readouterr().out
    assert "FAILED  a neuron fires with the period that its equation has: 7 instead of 142.9" in out
    assert "6 of 7 checks passed" in out


@pytest.mark.parametrize("value", [0.0, 0.9, 1.1, float("nan")])
def test_a_comparison_can_fail(value):
    with pytest.raises(ArithmeticError):
        selfcheck._compare(value, 1.0, 0.05)


def test_objects_and_clocks_of_the_caller_are_left_alone(capsys):
    group = NeuronGroup(1, "dv/dt = -v/(10*ms) : 1", threshold=0.5)
    group.v = 0.25
    monitor = SpikeMonitor(group)
    defaultclock.t = 3 * ms
    run_all_tests()
    assert defaultclock.t == 3 * ms
    assert group.v[0] == 0.25 and monitor.nspikes == 0
