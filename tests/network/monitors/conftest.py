"""One network with monitors of all kinds, run in all the ways that must not matter."""

from types import SimpleNamespace

import numpy as np
import pytest

from brian_nb import (
    CoincidenceCounter,
    Connection,
    ISIHistogramMonitor,
    Network,
    NeuronGroup,
    PopulationRateMonitor,
    PopulationSpikeCounter,
    RecentStateMonitor,
    SpikeCounter,
    SpikeMonitor,
    StateMonitor,
    StateSpikeMonitor,
    defaultclock,
    network_operation,
    seed,
)
from brian_nb.units import ALL_UNITS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]

N = 700
FIRST, LAST = 200, 520
"""A subgroup whose neurons belong to different threads."""

N_STEPS = 250
DT = 1e-4
BINS = [0 * ms, 3 * ms, 5 * ms, 7 * ms]
DELTA = 0.5 * ms
ONSET = 5 * ms

WAYS = {
    "one thread": {},
    "two threads": {"threads": 2},
    "three threads": {"threads": 3},
    "many runs": {"cuts": 10},
    "plain Python": {"reference": True},
}


def build():
    """A noisy network that fires a lot, and monitors of all kinds on it."""
    defaultclock.reinit()
    seed(3)
    tau = 5 * ms  # noqa: F841
    G = NeuronGroup(
        N,
        """
        dv/dt = (drive - v)/tau + 2*mV*xi/tau**0.5 : volt
        u = 2*v + 1*mV*t/ms : volt
        drive : volt
        """,
        threshold=10 * mV,
        reset="v = 2*mV*rand()",
        refractory=1 * ms,
    )
    G.drive = np.linspace(8e-3, 30e-3, N)
    C = Connection(G, G, "v", weight=0.1 * mV, sparseness=0.02, delay=0.3 * ms)
    S = G[FIRST:LAST]
    rng = np.random.default_rng(1)
    targets = [(i, t) for i in range(LAST - FIRST) for t in rng.uniform(0, N_STEPS * DT, i % 9)]
    return SimpleNamespace(
        G=G,
        C=C,
        S=S,
        targets=targets,
        spikes=SpikeMonitor(G),
        part=SpikeMonitor(S),
        late=SpikeMonitor(G, delay=2 * ms),
        counter=SpikeCounter(G),
        population=PopulationSpikeCounter(S),
        late_population=PopulationSpikeCounter(G, delay=2 * ms),
        intervals=ISIHistogramMonitor(S, BINS),
        rate=PopulationRateMonitor(S, bin=1 * ms),
        states=StateSpikeMonitor(S, ("v", "u", "drive")),
        exclusive=CoincidenceCounter(S, targets, delta=DELTA),
        inclusive=CoincidenceCounter(
            S, targets, delta=DELTA, coincidence_count_algorithm="inclusive", onset=ONSET
        ),
        v=StateMonitor(G, "v", record=True),
        some=StateMonitor(S, "u", record=[3, 200, 7], timestep=7),
        statistics=StateMonitor(S, "u"),
        recent=RecentStateMonitor(S, "v", duration=4 * ms, timestep=3),
    )


@pytest.fixture(scope="session", params=WAYS)
def recorded(request):
    """Monitors of all kinds after a run; the oracle is what `spikes` and `v` have recorded."""
    way = {"threads": 1, "cuts": 1, "reference": False, **WAYS[request.param]}
    parts = build()
    network = Network(*(item for name, item in vars(parts).items() if name != "targets"))
    network._reference = way["reference"]
    for _ in range(way["cuts"]):
        network.run(N_STEPS // way["cuts"] * DT * 1e3 * ms, threads=way["threads"])
    parts.network = network
    return parts


@pytest.fixture(scope="session")
def trains(recorded):
    """Spikes of each neuron of the subgroup, in steps."""
    return find_trains(recorded.spikes, FIRST, LAST)


def find_trains(monitor, first, last):
    """Spikes of each neuron of a range, in steps."""
    neurons, times = monitor.recording.read()
    steps = np.rint(times / DT).astype(int)
    return [steps[neurons == neuron] for neuron in range(first, last)]


@pytest.fixture
def make_pulses():
    """Function that makes neurons which fire in given steps: a network with their group `G`."""

    def make(*trains):
        defaultclock.reinit()
        G = NeuronGroup(len(trains), "x : 1", threshold="x > 0.5", reset="x = 0")

        @network_operation(when="start")
        def fire():
            step = round(float(defaultclock.t) / DT)
            G.x = np.array([float(step in train) for train in trains])

        network = Network(G, fire)
        network.G = G
        return network

    return make
