"""An interrupt before a run begins: the cell stops, and nothing is lost."""

import numpy as np
import pytest

from brian_nb import (
    Connection,
    Network,
    NetworkOperation,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    pipeline,
    reinit_default_clock,
    seed,
)
from brian_nb.errors import RunInterrupted
from brian_nb.network import compiled
from brian_nb.units import ALL_UNITS
from tests.magics.conftest import Notebook

ms = ALL_UNITS["ms"]

EQUATIONS = """
    dx/dt = (1.5 - x)/(10*ms) + 0.1*xi/ms**0.5 : 1
    """
PLACES = [(pipeline, "compile_kernel"), (compiled, "start_simulation"), (compiled, "build_network")]
"""Modules, and functions of theirs that a preparation calls."""


def interrupt(*args, **options):
    raise KeyboardInterrupt


@pytest.fixture
def interrupted(monkeypatch):
    """Does something while a preparation is interrupted at a place."""

    def do(deed, place=PLACES[0]):
        with monkeypatch.context() as patch:
            patch.setattr(*place, interrupt)
            with pytest.raises(RunInterrupted, match="all recorded data are kept"):
                deed()

    return do


class Net(Network):
    """Neurons that excite each other after a delay, recorded."""

    def __init__(self):
        seed(5)
        group = NeuronGroup(20, EQUATIONS, threshold="x > 1", reset="x = 0")
        synapses = Connection(group, group, "x", weight=0.05, delay=1.5 * ms)
        self.group, self.monitor = group, SpikeMonitor(group)
        super().__init__(group, synapses, self.monitor)
        self.n_prepared = 0

    def prepare(self):
        super().prepare()
        self.group.x = np.linspace(0, 1, 20)
        self.n_prepared += 1


@pytest.fixture
def spikes():
    network = Net()
    network.run(20 * ms)
    network.run(20 * ms)
    assert network.monitor.nspikes > 20
    reinit_default_clock()
    return network.monitor.spikes


@pytest.mark.parametrize("place", PLACES)
def test_a_first_run_begins_anew(interrupted, spikes, place):
    network = Net()
    for deed in (lambda: network.run(20 * ms), network.prepare, network.store, network.update):
        interrupted(deed, place)
    assert network.clock.t == 0 * ms
    network.run(40 * ms)
    assert network.n_prepared == 1
    assert network.monitor.spikes == spikes


@pytest.mark.parametrize("place", PLACES)
def test_a_network_with_another_monitor_goes_on(interrupted, spikes, place):
    network = Net()
    network.run(20 * ms)
    before = network.monitor.spikes
    trace = StateMonitor(network.group, "x", record=0)
    network.add(trace)
    interrupted(lambda: network.run(20 * ms), place)
    assert network.monitor.spikes == before
    assert network.clock.t == 20 * ms
    network.run(20 * ms)
    assert network.monitor.spikes == spikes
    assert len(trace.times) == 200


def test_a_step_that_python_code_has_left_is_finished_first(interrupted):
    """An interrupt between two runs leaves a step for later that an error has cut short."""
    group = NeuronGroup(1, "dx/dt = 1/ms : 1")
    fails = [True]
    operation = NetworkOperation(lambda: fails.pop() and 1 / 0 if fails else None, when="middle")
    network = Network(group, operation)
    with pytest.raises(ZeroDivisionError):
        network.run(1 * ms)
    network.add(StateMonitor(group, "x", record=0))
    interrupted(lambda: network.run(1 * ms))
    network.run(1 * ms)
    assert group.x[0] == pytest.approx(1.1)


def test_a_notebook_shows_one_line_and_the_cell_stops(interrupted, monkeypatch):
    book = Notebook()
    try:
        book.run("from brian_nb import *\nP = NeuronGroup(1, 'dx/dt = -x**3/ms : 1')")
        with monkeypatch.context() as patch:
            patch.setattr(*PLACES[0], interrupt)
            shown = book.fail("run(1*ms)\nis_reached = True")
        assert "is_reached" not in book.names
        (line,) = shown.splitlines()
        assert line.startswith("RunInterrupted: the network was not made ready")
        book.run("run(1*ms)")
    finally:
        book.close()
