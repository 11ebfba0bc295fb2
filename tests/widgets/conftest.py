"""Small networks for the tests of the live part; what runs is stopped after each test."""

import numpy as np
import pytest

from brian_nb import Clock, Connection, Network, NeuronGroup, SpikeMonitor, seed
from brian_nb.units import ALL_UNITS
from brian_nb.widgets import LiveSession

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]
PATIENCE = 60.0
"""Seconds: far more than any of these runs take, so that a hang fails."""


def finish(session):
    """Run a session to its end."""
    session.play()
    assert session.wait(timeout=PATIENCE)
    assert session.error is None


class Net:
    """A noisy recurrent network with a delay: G -> G by C, spikes in M."""

    window = 100 * ms

    def __init__(self, n=200):
        seed(5)
        tau, El = 10 * ms, -49 * mV
        self.G = NeuronGroup(
            n,
            "dV/dt = (El-V)/tau + 2*mV*xi/tau**0.5 : volt",
            threshold=-50 * mV,
            reset=-60 * mV,
            refractory=2 * ms,
            clock=Clock(),
        )
        self.G.V = -60 * mV + 10 * mV * np.random.rand(n)
        self.C = Connection(self.G, self.G, weight=0.3 * mV, sparseness=0.1, delay=1 * ms)
        self.M = SpikeMonitor(self.G)
        self.G.label, self.C.label, self.M.label = "G", "C", "M"
        self.network = Network(self.G, self.C, self.M)

    def spikes(self):
        return np.stack([self.M.recording.neurons, np.rint(self.M.recording.times * 1e4)])


@pytest.fixture
def net():
    return Net()


@pytest.fixture
def make_net():
    return Net


@pytest.fixture
def start_session():
    """Make sessions that are stopped at the end."""
    made = []

    def make(network, **options):
        made.append(LiveSession(network, **{"speed": "max", **options}))
        return made[-1]

    yield make
    for session in made:
        session.stop()


@pytest.fixture
def keep():
    """Give panels back; their runs are stopped at the end."""
    made = []

    def note(panel):
        made.append(panel)
        return panel

    yield note
    for panel in made:
        panel.close()
