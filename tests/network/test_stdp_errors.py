"""What is wrong with a rule is named."""

import pytest

from brian_nb import (
    STDP,
    Connection,
    Network,
    NeuronGroup,
)
from brian_nb.engine import synapse_table
from brian_nb.errors import (
    DimensionMismatchError,
    EquationError,
    ModelError,
    SimulationError,
    UnknownNameError,
    WiringError,
)
from brian_nb.units import ALL_UNITS

mV, ms, nS = (ALL_UNITS[name] for name in ("mV", "ms", "nS"))


@pytest.fixture
def connection():
    G = NeuronGroup(3, "g : siemens", threshold="g > 5*nS", reset="g = 0*nS")
    return Connection(G, G, "g", weight=1 * nS)


A = "da/dt = -a/(10*ms) : siemens"


@pytest.mark.parametrize(
    ("equations", "pre", "post", "keywords", "error", "message"),
    [
        (A, "a += 1*nS; w += c", "", {}, UnknownNameError, "the name c is not defined"),
        (A, "c += 1*nS", "", {}, UnknownNameError, "no variable c to assign to"),
        (A, "a += 1", "", {}, DimensionMismatchError, "a += 1"),
        (A, "w *= a", "", {}, DimensionMismatchError, "w can only be multiplied"),
        (A, "w + a", "", {}, EquationError, "no assignment"),
        ("da/dt = a : siemens", "", "", {}, DimensionMismatchError, "da/dt"),
        ("dw/dt = -w/(10*ms) : siemens", "", "", {}, ModelError, "w cannot be a variable"),
        ("da/dt = xi : second**0.5", "", "", {}, EquationError, "noise"),
        (A, "", "", {"wmax": 0.01}, DimensionMismatchError, "wmax of the STDP"),
        (A, "", "", {"wmin": 2 * nS, "wmax": 1 * nS}, ModelError, "at least"),
        (A, "", "", {"wmax": [1, 2]}, ModelError, "one number"),
        (A, "", "", {"delay_pre": -1 * ms}, WiringError, "negative"),
        (A, "", "", {"delay_pre": 1 * mV}, DimensionMismatchError, "delay_pre"),
        (A, "", "", {"delay_post": 1 * ms}, WiringError, "longer than that of its connection"),
    ],
)
def test_a_wrong_rule_is_refused(connection, equations, pre, post, keywords, error, message):
    with pytest.raises(error) as caught:
        STDP(connection, equations, pre, post, **keywords)
    assert message in str(caught.value)


def test_what_is_no_connection_and_a_target_that_never_fires_are_refused(connection):
    with pytest.raises(ModelError, match="needs a Connection"):
        STDP(connection.source, A, "", "")
    H = NeuronGroup(3, "g : siemens")
    C = Connection(connection.source, H, "g", weight=1 * nS)
    with pytest.raises(WiringError, match="never fires"):
        STDP(C, A, "a += 1*nS", "w += a")
    STDP(C, A, "a += 1*nS", "")


def test_unknown_attributes_name_what_there_is(connection):
    tau_a = 10 * ms
    R = STDP(connection, "da/dt = -a/tau_a : siemens", "a += 1*nS", "w += a")
    with pytest.raises(AttributeError, match="a, tau_a, wmin, wmax"):
        print(R.b)
    with pytest.raises(DimensionMismatchError):
        R.tau_a = 3 * mV
    with pytest.raises(ValueError, match="read-only"):
        R.a[0] = 1


def test_more_synapses_than_a_rule_numbers_are_refused_by_name(connection, monkeypatch):
    monkeypatch.setattr(synapse_table, "MOST_NUMBERED", 5)
    network = Network(connection, STDP(connection, A, "a += 1*nS", "w += a"))
    with pytest.raises(SimulationError, match="a rule cannot change the weights of .*9 synapses"):
        network.run(1 * ms)
