"""Generated source depends on the structure of a network, and on nothing else."""

import re

import pytest

from brian_nb import (
    CoincidenceCounter,
    Connection,
    ISIHistogramMonitor,
    Network,
    NeuronGroup,
    RecentStateMonitor,
    SpikeCounter,
    SpikeMonitor,
    StateMonitor,
    StateSpikeMonitor,
)
from brian_nb.kernels.compile import emit_assembly
from brian_nb.kernels.load import YIELD
from brian_nb.units import ALL_UNITS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]


def build(n=50, tau=20 * ms, weight=1 * mV, threshold=-50 * mV, refractory=0 * ms, text=""):
    El = -49 * mV  # noqa: F841
    equations = text or "dV/dt = (g - (V - El))/tau : volt\ndg/dt = -g/(5*ms) : volt"
    G = NeuronGroup(n, equations, threshold=threshold, reset=-60 * mV, refractory=refractory)
    C = Connection(G, G, "g", weight=weight, sparseness=0.1)
    network = Network(G, C, SpikeMonitor(G), StateMonitor(G, "V", record=0))
    network.prepare()
    return network.build.program.source


@pytest.mark.parametrize(
    "other",
    [
        {"n": 77},
        {"tau": 7 * ms},
        {"weight": 3 * mV},
        {"threshold": -48 * mV},
        {"text": "dV/dt = (g - (V - El))/tau : volt\ndg/dt = -g/(7*ms) : volt"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_other_values_and_sizes_need_no_other_code(other):
    assert build(**other) == build()


def test_another_structure_needs_other_code():
    assert build(refractory=2 * ms) != build()


def test_all_constants_are_lifted_out_of_the_time_loop():
    loop = build().split("for turn in range(room):")[1]
    assert "numbers[" not in loop
    assert "exp(" not in loop


def test_two_networks_of_the_same_structure_share_one_kernel():
    first, second = (build_network_kernel(n) for n in (20, 30))
    assert first._code is second._code


def test_a_single_thread_knows_that_it_is_alone():
    alone, several = (build_network_kernel(20, threads).source for threads in (1, 2))
    assert several in alone.replace("    thread = 0\n    n_threads = 1\n", "")
    assert YIELD in emit_assembly(several)
    assert YIELD not in emit_assembly(alone)


def test_a_single_neuron_is_known_to_be_alone():
    one, other, several = (build_network_kernel(n).source for n in (1, 1, 2))
    assert one == other != several
    assert len(emit_assembly(one)) < 0.8 * len(emit_assembly(several))


def build_network_kernel(n, threads=1):
    G = NeuronGroup(n, "dv/dt = -v/(10*ms) : volt", threshold=1 * mV, reset=0 * mV)
    network = Network(G, threads=threads)
    network.prepare()
    return network.build.kernel


def test_no_two_things_have_the_same_name():
    G = NeuronGroup(5, "dv/dt = -v/(10*ms) : volt", threshold=1 * mV, reset=0 * mV)
    C, D = (Connection(G, G, "v", weight=1 * mV, delay=k * ms) for k in (0, 1))
    monitors = [
        CoincidenceCounter(G, [(0, 1 * ms)]),
        SpikeMonitor(G),
        ISIHistogramMonitor(G, [0 * ms]),
        SpikeCounter(G),
        RecentStateMonitor(G, "v"),
        StateSpikeMonitor(G, "v"),
        StateMonitor(G, "v"),
    ]
    network = Network(G, C, D, *monitors)
    network.prepare()
    head = network.build.program.source.split("for turn in range(room):")[0]
    bound = re.findall(r"^    (\w+) = (?:\w+\(A, |integers\[|numbers\[)", head, re.MULTILINE)
    assert len(bound) == len(set(bound)) > 50


def test_other_names_of_variables_compile_nothing_new():
    def compile_model(text):
        tau = tau_m = 5 * ms  # noqa: F841
        cells = NeuronGroup(9, text, threshold=1.0, reset=0.0)
        network = Network(cells, SpikeMonitor(cells))
        network.prepare()
        return network.build.kernel

    first = compile_model("dv/dt = (w - v)/tau + xi*tau**-0.5 : 1\ndw/dt = -w/tau : 1")
    other = "du/dt = (current - u)/tau_m + xi*tau_m**-0.5 : 1\ndcurrent/dt = -current/tau_m : 1"
    assert compile_model(other) is first
