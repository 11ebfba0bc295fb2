"""Source of rules at synapses depends on their structure; threads meet where they have to."""

import numpy as np
import pytest

from brian_nb import STDP, STP, Connection, Equations, Network, NeuronGroup
from brian_nb.codegen.events import split_runs
from brian_nb.diagnostics import Source
from brian_nb.equations import parse_statements
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]
PAIRS = "da/dt = -a/tau : 1\ndb/dt = -b/tau : 1"


def write(
    n=20, tau=20 * ms, step=0.1, wmax=1.0, weight=0.5, text=PAIRS, pre=None, post=None, delay=0 * ms
):
    """Source of a network with one rule; plain Python, so that nothing is compiled."""
    source = NeuronGroup(n, "v : 1", threshold="v > 1")
    target = NeuronGroup(n // 2, "v : 1", threshold="v > 1")
    C = Connection(source, target, "v", weight=weight, delay=delay)
    equations = Equations(text, tau=tau)
    pre = "a += step; w += b" if pre is None else pre
    post = "b -= step; w += a" if post is None else post
    network = Network(C, STDP(C, equations, pre, post, wmax=wmax))
    network._reference = True
    network.prepare()
    return network.build.program.source


@pytest.mark.parametrize(
    "other",
    [
        {"n": 30},
        {"tau": 7 * ms},
        {"step": 0.3},
        {"wmax": 5.0},
        {"weight": lambda i, j: np.cos(i + j)},
        {"delay": 2 * ms},
    ],
    ids=lambda other: next(iter(other)),
)
def test_other_values_and_sizes_need_no_other_code(other):
    assert write(**other) == write()


def test_many_synapses_for_each_value_are_another_structure():
    assert "exp(" in write(n=20)
    assert "exp(" not in write(n=200)


def count_meetings(source):
    """Barriers within a step."""
    loop = source.split("for turn in range(room):")[1].split("if thread == 0:\n        integers")[0]
    return loop.count("wait_barrier")


@pytest.mark.parametrize(
    ("pre", "post", "n_meetings"),
    [
        ("w += b", "b += step", 0),
        ("a += step", "w += 0.1", 0),
        ("a += step; w += b", "b += step; w += a", 1),
        ("a += step; w += a", "w += a", 2),
        ("w += a; a += step", "", 1),
        ("w += a; a += step", "w += a", 1),
    ],
)
def test_threads_meet_between_writing_and_reading_at_the_source(pre, post, n_meetings):
    without = count_meetings(write(pre="w += 0.1", post=""))
    assert count_meetings(write(pre=pre, post=post)) - without == n_meetings


def test_values_at_synapses_need_one_meeting_at_the_end():
    text = "dx/dt = -x/tau : 1"
    without = count_meetings(write(pre="w += 0.1", post=""))
    source = write(text=text, pre="x += step", post="x -= step; w += x")
    assert count_meetings(source) - without == 1


def test_factors_are_written_before_one_meeting():
    source = NeuronGroup(5, "v : 1", threshold="v > 1")
    C = Connection(source, NeuronGroup(5, "v : 1"), "v", weight=1.0)
    texts = []
    for objects in ([C], [C, STP(C, 100 * ms, 20 * ms, 0.5)]):
        network = Network(*objects)
        network._reference = True
        network.prepare()
        texts.append(network.build.program.source)
    assert count_meetings(texts[1]) - count_meetings(texts[0]) == 1
    assert "factors0[" in texts[1] and "factors0[" not in texts[0]


def test_statements_are_split_where_they_change_sides():
    items = parse_statements(Source("a += 1; a *= 2; w += a; a = 0; w -= a; x = w"))
    runs = split_runs(items, {"a"})
    assert [(run.own, len(run.items), run.clips) for run in runs] == [
        (True, 2, False),
        (False, 1, False),
        (True, 1, False),
        (False, 2, True),
    ]
