"""How much work the choice of an update is."""

import sys

import pytest

from brian_nb import Equations, Network, NeuronGroup
from brian_nb.errors import ModelError
from brian_nb.model import Population
from brian_nb.numerics import choose_update
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]

COMPARTMENT = """
    dv_{k}/dt = (I_{k} - v_{k} - m_{k}**3*v_{k})/(10*ms) : 1
    dm_{k}/dt = a_{k}*(1 - m_{k}) - b_{k}*m_{k} : 1
    a_{k} = exp(v_{k}/2)/ms : Hz
    b_{k} = (1 + exp(-v_{k}))/ms : Hz
    I_{k} = v_{before} - v_{k} : 1
    """
"""A membrane with a gate, and a current from the one before; the first one is its own neighbour."""


def resolve_cable(n_compartments):
    parts = [COMPARTMENT.format(k=k, before=max(k - 1, 0)) for k in range(n_compartments)]
    return Equations("".join(parts)).resolve()


def count_calls(work):
    """Calls of functions written in Python."""
    calls = 0

    def note(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize(
    "method", ["Euler", "RK4", "exponential_Euler", "exponential_RK2", "backward_Euler"]
)
def test_the_work_grows_with_the_number_of_compartments_and_not_with_its_square(method):
    counts = []
    for n_compartments in (5, 10, 20, 40):
        population = Population("cable", resolve_cable(n_compartments), method=method)
        counts.append(count_calls(lambda cable=population: choose_update(cable)))
    first, second, third = (b - a for a, b in zip(counts, counts[1:], strict=False))
    assert second / first == pytest.approx(2, rel=0.1)  # a square gives 4
    assert third / second == pytest.approx(2, rel=0.1)


def test_a_network_takes_the_update_that_its_group_has_chosen():
    group = NeuronGroup(3, "dv/dt = -v**3/(10*ms) : 1", implicit=True)
    network = Network(group)
    network._reference = True
    network.prepare()
    assert network.build.updates[0] is choose_update(group.describe_model())


@pytest.mark.parametrize(
    ("options", "changing"),
    [({"method": "RK4"}, ()), ({"order": 2}, ()), ({"implicit": True}, ()), ({}, ("tau",))],
)
def test_what_is_asked_for_otherwise_is_chosen_anew(options, changing):
    system = Equations("dv/dt = (x - v)/tau : 1\nx = v**n : 1\ntau : second", n=2).resolve()
    linear = Equations("dv/dt = -v/tau : 1\ntau : second").resolve()
    chosen = {choose_update(Population("cells", item)).method for item in (system, linear)}
    assert chosen == {"Euler", "linear"}
    system = linear if changing else system
    before = choose_update(Population("cells", system))
    assert choose_update(Population("cells", system, **options), changing) != before
    assert choose_update(Population("others", system)) is before


@pytest.mark.parametrize(
    ("method", "message"),
    [
        ("RK5", r"no integration method 'RK5' \(asked for by a group of 3 neurons\)"),
        ("linear", "^a group of 3 neurons cannot be integrated with method='linear'"),
    ],
)
def test_messages_name_a_group_that_has_no_name_by_its_size(method, message):
    with pytest.raises(ModelError, match=message):
        NeuronGroup(3, "dv/dt = -v**2/(10*ms) : 1", method=method)


def test_messages_name_a_group_by_its_variable():
    cells = NeuronGroup(3, "dv/dt = -v/tau : 1\ntau : second", method="linear", reset="tau = 5*ms",
                        threshold="v > 1")  # fmt: skip
    with pytest.raises(ModelError, match="^`cells` cannot be integrated with method='linear'"):
        Network(cells).prepare()
