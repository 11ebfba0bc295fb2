"""What users run has vector code for its neurons; read from the assembly for two processors.

A lost vectorisation changes no result, so no other test sees it. The assembly is written for
processors that need not be at hand.
"""

import ast
import re

import pytest

from brian_nb import Connection, EmpiricalThreshold, Network, NeuronGroup, SpikeMonitor
from brian_nb.kernels import load
from brian_nb.kernels.compile import emit_assembly
from brian_nb.units import ALL_UNITS

mV, ms, nS, pF = (ALL_UNITS[name] for name in ("mV", "ms", "nS", "pF"))

TRIPLE = "x86_64-unknown-linux-gnu"
PROCESSORS = {
    "avx2": ((TRIPLE, "haswell", "+avx,+avx2,+fma"), "ymm"),
    "avx512": ((TRIPLE, "icelake-server", "-prefer-256-bit"), "zmm"),
}
"""`load.describe_machine` of each, and its widest registers."""

SCALAR_PRODUCTS = 1
"""Of a constant, ahead of the loops; one neuron of the simplest model here takes two."""

CUBA = """
dv/dt = (ge + gi - (v + 49*mV))/(20*ms) : volt
dge/dt = -ge/(5*ms) : volt
dgi/dt = -gi/(10*ms) : volt
"""
COBA = """
dv/dt = (-v + ge*(60*mV - v) + gi*(-20*mV - v))/(20*ms) : volt
dge/dt = -ge/(5*ms) : 1
dgi/dt = -gi/(10*ms) : 1
"""
COBAHH = """
dv/dt = (gl*(-60*mV - v) + ge*(0*mV - v) + gi*(-80*mV - v) -
    g_na*m**3*h*(v - 50*mV) - g_kd*n**4*(v + 90*mV))/(200*pF) : volt
dm/dt = alpham*(1 - m) - betam*m : 1
dn/dt = alphan*(1 - n) - betan*n : 1
dh/dt = alphah*(1 - h) - betah*h : 1
dge/dt = -ge/(5*ms) : siemens
dgi/dt = -gi/(10*ms) : siemens
alpham = 0.32*(-50*mV - v)/mV/(exp((-50*mV - v)/(4*mV)) - 1)/ms : Hz
betam = 0.28*(v + 23*mV)/mV/(exp((v + 23*mV)/(5*mV)) - 1)/ms : Hz
alphah = 0.128*exp((-46*mV - v)/(18*mV))/ms : Hz
betah = 4/(1 + exp((-23*mV - v)/(5*mV)))/ms : Hz
alphan = 0.032*(-48*mV - v)/mV/(exp((-48*mV - v)/(5*mV)) - 1)/ms : Hz
betan = 0.5*exp((-53*mV - v)/(40*mV))/ms : Hz
"""
NOISY = "dv/dt = (0.8 - v)/(10*ms) + 0.3*(0.2/ms)**0.5*xi : 1"
PAIR = """
dv/dt = (1.1 - v + w)/(10*ms) : 1
dw/dt = -w/(20*ms) : 1
"""
OWN = """
dv/dt = (0.5 - v*(1 + w**2))/(10*ms) : 1
dw/dt = (sin(v) - w*exp(-v))/(20*ms) : 1
"""
CALLING = """
dv/dt = (tanh(w) - v)/(10*ms) : 1
dw/dt = (abs(v)**1.7 - log(1 + w**2) - w)/(20*ms) : 1
"""
ADAPTIVE = """
dv/dt = (-70*mV - v - w + I)/(10*ms) : volt
dw/dt = -w/(100*ms) : volt
I : volt
"""

MODELS = {
    "CUBA": (CUBA, dict(threshold=-50 * mV, reset=-60 * mV)),
    "COBA": (COBA, dict(threshold=10 * mV, reset=0 * mV, refractory=5 * ms)),
    "COBAHH": (COBAHH, dict(threshold=EmpiricalThreshold(-20 * mV, 3 * ms), implicit=True)),
    "noise": (NOISY, dict(threshold=1, reset=0)),
    "refractoriness": (PAIR, dict(threshold=1, reset=0, refractory=2 * ms)),
    "exponential Euler": (OWN, dict(threshold=1, reset=0, method="exponential_Euler")),
    "RK4": (OWN, dict(threshold=1, reset=0, method="RK4")),
    "functions": (CALLING, dict(threshold=1, reset=0)),
    "ten adaptive": (ADAPTIVE, dict(threshold=-50 * mV, reset="v = -60*mV; w += 2*mV")),
}


def write_source(name, *, wired=False):
    """The source that one thread would compile; nothing is compiled."""
    gl, g_na, g_kd = 10 * nS, 20000 * nS, 6000 * nS  # noqa: F841
    text, options = MODELS[name]
    cells = NeuronGroup(10 if name.startswith("ten") else 4000, text, **options)
    parts = [Connection(cells, cells, "ge", delay=1 * ms)] if wired else []
    network = Network(cells, SpikeMonitor(cells), *parts)
    network._reference = True
    network.prepare()
    return network.build.program.source_for(1, network.build.fixed)


def count_products(source):
    """Products and quotients that the source spells out in its loops over neurons."""
    loops = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.For) and ast.unparse(node.iter).startswith("lane_range")
    ]
    nodes = [node for loop in loops for node in ast.walk(loop) if isinstance(node, ast.BinOp)]
    return sum(isinstance(node.op, ast.Mult | ast.Div) for node in nodes)


class Instructions:
    """Products of float64 in the assembly of a kernel for a processor, by their registers."""

    def __init__(self, source, processor, patch):
        machine, register = PROCESSORS[processor]
        patch.setattr(load, "describe_machine", lambda: machine)
        assembly = emit_assembly(source)
        found = re.findall(
            r"^\s+v?(?:mul|div|sqrt|fn?m(?:add|sub)\d+)(pd|sd)\s(.*)$", assembly, re.MULTILINE
        )
        packed = [operands for form, operands in found if form == "pd"]
        self.n_full = sum(register in operands for operands in packed)
        self.n_narrow = len(packed) - self.n_full
        self.n_scalar = len(found) - len(packed)
        self.calls = re.findall(r"^\s+(?:call\w*\s+|jmp\s+(?=[a-z]))(.*)$", assembly, re.MULTILINE)

    @property
    def only_vectors(self):
        """Whether no neuron is computed one by one, or in a part of a register."""
        return self.n_narrow == 0 and self.n_scalar <= SCALAR_PRODUCTS


@pytest.mark.parametrize("processor", PROCESSORS)
@pytest.mark.parametrize("name", MODELS)
def test_neurons_are_computed_in_whole_registers_without_a_call(name, processor, monkeypatch):
    source = write_source(name)
    found = Instructions(source, processor, monkeypatch)
    assert found.n_full >= count_products(source) > 0
    assert found.only_vectors, (found.n_full, found.n_narrow, found.n_scalar)
    assert found.calls == []


@pytest.mark.parametrize("processor", PROCESSORS)
@pytest.mark.parametrize("name", ["CUBA", "COBA"])
def test_synapses_take_no_vector_code_from_the_neurons(name, processor, monkeypatch):
    alone = Instructions(write_source(name), processor, monkeypatch)
    wired = Instructions(write_source(name, wired=True), processor, monkeypatch)
    assert wired.n_full >= alone.n_full > 0
    assert wired.n_narrow == 0
    assert wired.calls == []


@pytest.mark.parametrize("name", MODELS)
def test_these_tests_see_a_loop_that_is_not_written_in_lanes(name, monkeypatch):
    source = write_source(name).replace("lane_range", "range")
    assert not Instructions(source, "avx2", monkeypatch).only_vectors
