"""How far one machine goes: the numbers of docs/explanation/scale.md.

python tests/benchmarks/scaling.py memory     # bytes and seconds of 10^8 synapses
python tests/benchmarks/scaling.py events     # time of a synaptic event as networks grow
python tests/benchmarks/scaling.py machine    # bandwidth and latency of the memory
python tests/benchmarks/scaling.py threads    # one thread and two
python tests/benchmarks/scaling.py networks   # seconds for a biological second
python tests/benchmarks/scaling.py cluster    # what ranks would exchange
"""

import logging
import math
import sys
from functools import partial
from time import perf_counter, thread_time

import numpy as np
from scaling_memory import measure_memory

N_TARGETS = 80
"""Synapses of each neuron."""
ROUNDS = 7


def measure_events(sizes=(4000, 16_000, 64_000, 256_000, 1_000_000)):
    """Time of a synaptic event in one thread, in turns without and with rows fetched ahead."""
    print("neurons | weights | ns an event, rows not fetched ahead | fetched ahead")
    for n in sizes:
        for weights in ("one", "float64", "float32"):
            loops = [_Delivery(n, weights, ahead) for ahead in (False, True)]
            times = [[loop.run() for loop in loops] for _ in range(ROUNDS)]
            best = np.min(times[1:], axis=0)
            print(f"{n:8} | {weights:8} | {best[0]:5.2f} | {best[1]:5.2f}", flush=True)


def measure_machine(n_bytes=2**28, spans=(2**15, 2**20, 2**24, 2**28)):
    """Bandwidth of a sum of arrays, and the time of reads that depend on each other."""
    n = n_bytes // 8
    a, b, c = (np.zeros(n) for _ in range(3))
    seconds = min(_time(partial(np.add, b, c, out=a), thread_time) for _ in range(ROUNDS))
    print(f"a = b + c over {3 * n_bytes >> 20} MiB: {3 * n_bytes / seconds / 1e9:.1f} GB/s")
    chase = _compile_chase()
    for size in spans:
        print(f"dependent reads within {size >> 10:7} KiB: {chase(size):6.1f} ns each", flush=True)


def measure_threads(sizes=(4000, 16_000, 64_000, 256_000), seconds=20):
    """A step of CUBA networks with one thread and two, in turns: least, 5 % and median."""
    print("neurons | us a step, one thread | two threads")
    for n in sizes:
        simulations = [_make_cuba(n, threads).bring_in_line() for threads in (1, 2)]
        steps, times, end = max(4, 500_000 // n), ([], []), perf_counter() + seconds
        for simulation in simulations:
            simulation.advance(300)
        while perf_counter() < end:
            for simulation, found in zip(simulations, times, strict=True):
                found.append(_time_loop(simulation, steps, perf_counter) / steps * 1e6)
        cells = (np.quantile(found, (0, 0.05, 0.5)) for found in times)
        print(n, *(" ".join(f"{value:8.1f}" for value in cell) for cell in cells), sep=" | ")


def measure_networks(sizes=(4000, 16_000, 64_000, 256_000, 1_000_000)):
    """CUBA networks of growing size: time for a biological second, in one thread."""
    from brian_nb import PopulationRateMonitor

    print("neurons | synapses | CPU seconds for one biological | spikes a second and neuron")
    for n in sizes:
        network = _make_cuba(n, threads=1)
        rate = PopulationRateMonitor(network.groups[0])
        network.add(rate)
        simulation = network.bring_in_line()
        simulation.advance(500)
        steps = min(5000, max(100, 40_000_000 // n))
        best = min(_time(partial(simulation.advance, steps), thread_time) for _ in range(3))
        simulation.drain()
        hz = float(np.mean(rate.rate[500:]))
        n_synapses = sum(item.n_synapses for item in network.connections)
        print(f"{n:8} | {n_synapses:10} | {best / steps * 1e4:8.3f} | {hz:.1f}", flush=True)


def compute_cluster(n=10**7, rate=10.0, delay=1e-3, latency=5e-6, bandwidth=10e9):
    """What ranks exchange if spikes are gathered once in each delay, by the formulas of the page.

    The number of spikes is checked against a run with as many spikes in each interval.
    """
    print(f"{n:.0e} neurons at {rate:g} spikes a second, an exchange each {delay * 1e3:g} ms")
    print("ranks | spikes of a rank | bytes gathered | us for latency | us for bytes | a second")
    for ranks in (4, 16, 64, 256):
        spikes = n * rate * delay
        wait = math.log2(ranks) * latency
        carry = 4 * spikes * (ranks - 1) / ranks / bandwidth
        whole = (wait + carry) / delay
        cells = spikes / ranks, 4 * spikes, wait * 1e6, carry * 1e6, whole
        print(f"{ranks:5} | " + " | ".join(f"{cell:9.3g}" for cell in cells))
    expected, found = _count_spikes(10_000, rate, delay)
    print(
        f"check: {expected:.1f} spikes expected of 10000 neurons in an interval, {found:.1f} found"
    )


# -- parts -------------------------------------------------------------------------------------


class _Delivery:
    """Spikes of random neurons, 40 in each step, and nothing but their delivery."""

    n_spikes, n_steps = 40, 500

    def __init__(self, n, weights, is_fetched):
        from brian_nb import Clock, Connection, Network, NeuronGroup, SpikeGeneratorGroup, ms
        from brian_nb.codegen.synapses import SynapseSource

        clock, generator = Clock(dt=0.1 * ms), np.random.default_rng(1)
        n_steps = self.n_steps * (ROUNDS + 1)
        times = np.repeat((np.arange(n_steps) + 0.5) * 1e-4, self.n_spikes)
        fired = [np.sort(generator.choice(n, self.n_spikes, False)) for _ in range(n_steps)]
        source = SpikeGeneratorGroup(n, (np.concatenate(fired), times), clock=clock)
        target = NeuronGroup(n, "v : 1", clock=clock)
        dtype = "float64" if weights == "one" else weights
        connection = Connection(source, target, "v", weight_dtype=dtype)
        weight = 0.5 if weights == "one" else lambda i, j: np.full(len(j), 0.5)
        connection.connect_random(p=N_TARGETS / n, weight=weight, seed=1)
        network, kept = Network(source, target, connection, threads=1), SynapseSource.look_ahead
        try:
            if not is_fetched:
                SynapseSource.look_ahead = None
            self._simulation = network.bring_in_line()
        finally:
            SynapseSource.look_ahead = kept

    def run(self):
        """CPU time of an event, ns."""
        seconds = _time_loop(self._simulation, self.n_steps, thread_time)
        return seconds / (self.n_steps * self.n_spikes * N_TARGETS) * 1e9


def _make_cuba(n, threads):
    """Vogels and Abbott's network with current synapses, 80 synapses onto each neuron."""
    from brian_nb import Clock, Connection, Network, NeuronGroup, ms, mV, seed

    seed(1)
    equations = """
    dv/dt = (ge + gi - (v + 49*mV))/(20*ms) : volt
    dge/dt = -ge/(5*ms) : volt
    dgi/dt = -gi/(10*ms) : volt
    """
    group = NeuronGroup(n, equations, threshold=-50 * mV, reset=-60 * mV, clock=Clock(dt=0.1 * ms))
    group.v = -60 * mV + 10 * mV * np.random.rand(n)
    n_excitatory = n * 4 // 5
    parts = group.subgroup(n_excitatory), group.subgroup(n - n_excitatory)
    connections = []
    for part, state, weight in zip(parts, ("ge", "gi"), (1.62 * mV, -9 * mV), strict=True):
        connections.append(Connection(part, group, state, weight=weight, sparseness=N_TARGETS / n))
    return Network(group, *connections, threads=threads)


def _time_loop(simulation, n_steps, clock):
    """Seconds of the compiled loop alone."""
    stops = simulation._stops_after(n_steps)
    simulation._stops = stops
    simulation._prepare()
    seconds = 0.0
    while simulation._steps() != stops:  # it is left where what was laid out ahead ends
        simulation.storage.fill_supplies(stops)
        seconds += _time(partial(simulation._run_loop, stops), clock)
    simulation._left_at[:] = simulation._steps()
    return seconds


def _time(function, clock=perf_counter):
    start = clock()
    function()
    return clock() - start


def _compile_chase():
    """A function that gives the time of one read whose place the last read has told."""
    from brian_nb.kernels import allocate, compile_kernel

    kernel = compile_kernel(
        """
def advance(A, thread, n_threads):
    following = i64(A, 0)
    place = 0
    for k in range(1000000):
        place = following[place*8]
    return place
"""
    )

    def chase(n_bytes):
        order = np.random.default_rng(1).permutation(n_bytes // 64)
        following = allocate(n_bytes // 8, np.int64)
        following[order * 8] = np.roll(order, -1)
        bound = kernel([following])
        return min(_time(bound, thread_time) for _ in range(ROUNDS)) * 1e3

    return chase


def _count_spikes(n, rate, delay):
    """Spikes in an interval as the formula has them, and as a run has them on average."""
    from brian_nb import Clock, Hz, Network, PoissonGroup, SpikeMonitor, ms, second

    group = PoissonGroup(n, rates=rate * Hz, clock=Clock(dt=0.1 * ms))
    monitor = SpikeMonitor(group, record=False)
    Network(monitor).run(1 * second)
    return n * rate * delay, monitor.nspikes * delay


SECTIONS = {
    "memory": measure_memory,
    "events": measure_events,
    "machine": measure_machine,
    "threads": measure_threads,
    "networks": measure_networks,
    "cluster": compute_cluster,
}

if __name__ == "__main__":
    logging.disable(logging.WARNING)
    for name in sys.argv[1:] or SECTIONS:
        print(f"\n-- {name}")
        SECTIONS[name]()
