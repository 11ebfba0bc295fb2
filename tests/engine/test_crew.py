"""The threads of a run, and what becomes of them where a process is forked."""

import multiprocessing

import numpy as np
import pytest

from brian_nb import Clock, Network, NeuronGroup, SpikeMonitor, seed
from brian_nb.units import ALL_UNITS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]
PATIENCE = 60
"""Seconds after which a child that should take a moment is given up."""


@pytest.fixture
def firing():
    """A network of two threads that has run, and its monitor."""
    seed(1)
    clock = Clock(dt=0.1 * ms)
    G = NeuronGroup(900, "dv/dt = (12*mV - v)/(10*ms) : volt", 10 * mV, 0 * mV, clock=clock)
    G.v = np.linspace(0, 10, 900) * mV
    monitor = SpikeMonitor(G)
    network = Network(G, monitor, threads=2)
    network.run(5 * ms)
    assert monitor.nspikes
    return network, monitor


def run_in_child(work):
    """What a function gives in a process that is forked off; fails where that does not end."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=lambda: sender.send(work()), daemon=True)
    child.start()
    try:
        assert receiver.poll(PATIENCE), "the child does not end"
        return receiver.recv()
    finally:
        child.kill()
        child.join()


@pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="there is no fork here"
)
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("closes_first", [False, True])
def test_a_forked_child_fires_the_spikes_of_its_parent(firing, closes_first):
    network, monitor = firing

    def go_on():
        if closes_first:
            network._simulation.close()
        network.run(5 * ms)
        return monitor.spikes, network._simulation.n_threads

    before = monitor.nspikes
    found = run_in_child(go_on)
    assert monitor.nspikes == before
    assert found == go_on()
    assert monitor.nspikes > before and found[1] == 2


def test_threads_that_were_let_go_are_replaced(firing):
    network, monitor = firing
    before = monitor.nspikes
    network._simulation.close()
    network.run(5 * ms)
    assert monitor.nspikes > before
