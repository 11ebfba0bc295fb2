"""Networks that are stored in a file and go on in another process."""

import copy
import pickle
import subprocess
import sys

import numpy as np

from brian_nb import (
    Connection,
    Network,
    NeuronGroup,
    PopulationRateMonitor,
    SpikeMonitor,
    StateMonitor,
    seed,
)
from brian_nb.units import ALL_UNITS

ms, mV, second = (ALL_UNITS[name] for name in ("ms", "mV", "second"))


def build():
    seed(5)
    taum = 20 * ms
    eqs = """
    dv/dt = (ge - (v + 49*mV))/taum : volt
    dge/dt = -ge/(5*ms) : volt
    """
    P = NeuronGroup(300, eqs, threshold=-50 * mV, reset=-60 * mV, refractory=2 * ms)
    P.v = (-60 + 10 * np.random.rand(300)) * 1e-3
    half = P.subgroup(150)
    C = Connection(half, P, "ge", weight=0.5 * mV, sparseness=0.1, delay=1.5 * ms)
    M, V, R = SpikeMonitor(P), StateMonitor(P, "v", record=[3]), PopulationRateMonitor(P)
    return Network(P, C, M, V, R), P, half, C, M, V, R


def pieces_of(objects):
    network, _, _, _, M, V, R = objects
    network.run(30 * ms)
    return M.spikes, V.times.tolist(), V.values.tolist(), R.rate.tolist()


def test_a_pickled_network_goes_on_where_it_was():
    objects = build()
    objects[0].run(30 * ms)
    again = pickle.loads(pickle.dumps(objects))
    assert pieces_of(again) == pieces_of(objects)


def test_a_copy_is_independent_of_the_original():
    objects = build()
    network, P, *_ = objects
    network.run(10 * ms)
    other = copy.deepcopy(objects)
    before = P.v.copy()
    other[0].run(10 * ms)
    assert np.array_equal(P.v, before)
    assert float(network.clock.t) == 0.01
    assert float(other[0].clock.t) == 0.02


def test_another_process_goes_on_with_a_pickled_network(tmp_path):
    objects = build()
    network, M = objects[0], objects[4]
    network.run(30 * ms)
    path = tmp_path / "network.pickle"
    path.write_bytes(pickle.dumps((network, M)))
    script = (
        "import pickle, sys, pathlib\n"
        "network, M = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "from brian_nb import second\n"
        "network.run(0.03*second)\n"
        "print(M.nspikes, sum(n for n, _ in M.spikes))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    network.run(30 * ms)
    assert done.stdout.split() == [str(M.nspikes), str(sum(n for n, _ in M.spikes))]
