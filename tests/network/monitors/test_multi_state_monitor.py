"""Several variables in one monitor."""

import numpy as np
import pytest

from brian_nb import MultiStateMonitor, Network, NeuronGroup, StateMonitor
from brian_nb.errors import ModelError, UnknownNameError
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]


@pytest.fixture
def group():
    G = NeuronGroup(3, "dx/dt = slope/(0.1*ms) : 1\nslope : 1\ny = 10*x : 1")
    G.slope = [1, 2, 3]
    return G


def test_all_state_variables_and_parameters_are_recorded(group):
    M = MultiStateMonitor(group, record=True)
    Network(M).run(0.3 * ms)
    assert M.vars == ("x", "slope")
    assert M.vars() == ["x", "slope"]
    assert M["x"][1] == pytest.approx([2, 4, 6])
    assert M["slope", 2].tolist() == [3, 3, 3]
    assert M.times == pytest.approx([0, 1e-4, 2e-4])
    assert np.array_equal(M.times_, M.times)


def test_it_can_be_gone_through_like_a_dictionary(group):
    M = MultiStateMonitor(group, ("y", "x"), record=0)
    assert list(M) == ["y", "x"]
    assert len(M) == 2
    assert "y" in M and "slope" not in M
    assert [name for name, _ in M.iteritems()] == ["y", "x"]
    assert dict(M.items()) == M.monitors
    assert all(isinstance(monitor, StateMonitor) for monitor in M.monitors.values())


def test_further_keywords_go_to_each_monitor(group):
    M = MultiStateMonitor(group[1:], vars="y", record=[1], when="start", timestep=2)
    Network(M).run(0.4 * ms)
    assert M["y"][1] == pytest.approx([0, 60])
    assert (M["y"].when, M["y"].timestep) == ("start", 2)


def test_clearing_clears_all(group):
    M = MultiStateMonitor(group, record=True)
    network = Network(M)
    network.run(0.3 * ms)
    network.reinit()
    assert len(M.times) == len(M["slope"].times) == 0


def test_a_variable_that_is_not_recorded_is_named(group):
    M = MultiStateMonitor(group, record=True)
    with pytest.raises(UnknownNameError, match="it records x, slope"):
        M["y"]
    with pytest.raises(UnknownNameError):
        MultiStateMonitor(group, ("z",))
    with pytest.raises(ModelError, match="records from a group"):
        MultiStateMonitor("group")
    with pytest.raises(ModelError, match="no variables"):
        MultiStateMonitor(group, ())
