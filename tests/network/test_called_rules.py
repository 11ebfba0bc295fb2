"""Thresholds and resets as texts with functions that Python calls: no other part is left to it."""

import copy

import numpy as np
import pytest

from brian_nb import (
    STDP,
    Connection,
    Network,
    NeuronGroup,
    SpikeGeneratorGroup,
    SpikeMonitor,
    StringThreshold,
    Tabulate,
    defaultclock,
    seed,
)
from brian_nb.errors import EquationError, ModelError
from brian_nb.network.definition import set_initial_values
from brian_nb.network.scope import as_source
from brian_nb.units import ALL_UNITS, Quantity
from tests.network.euler import RUNS

ms, mV, volt = (ALL_UNITS[name] for name in ("ms", "mV", "volt"))
N = 300
SEEN = []


def double(x):
    SEEN.append(x)  # what lies outside of a function is for Python
    return 2 * x


def compiled_double(x):
    return 2 * x


def make(function, **options):
    defaultclock.reinit()
    G = NeuronGroup(
        N,
        "dx/dt = 1/ms : 1\nw : 1\nn : 1",
        threshold="function(x) > 1.5 + 0.3*function(level)",
        reset="w += function(x); x = function(0.05); n += 1",
        namespace={"function": function, "ms": ms, "level": 0.5},
        **options,
    )
    G.x = np.linspace(0, 1, N)
    return G, SpikeMonitor(G)


@pytest.mark.parametrize("threads, reference", RUNS)
@pytest.mark.parametrize("options", [{}, {"refractory": 0.3 * ms}], ids=str)
def test_groups_fire_as_with_compiled_functions(options, threads, reference):
    (G, spikes), (H, others) = make(double, **options), make(compiled_double, **options)
    network = Network(G, H, spikes, others, threads=threads)
    network._reference = reference
    network.run(3 * ms)
    assert spikes.spikes == others.spikes and spikes.nspikes > 2 * N
    for name in ("x", "w", "n"):
        assert np.array_equal(G.state(name), H.state(name))
    assert [(item.place, item.population) for item in network.build.model.calls] == [
        ("threshold", 0),
        ("reset", 0),
    ]


def test_the_run_is_the_same_step_by_step_and_after_a_copy():
    (G, _), (H, _) = make(double), make(double)
    Network(G).run(2 * ms)
    network = Network(H)
    for _ in range(10):
        network.run(0.1 * ms)
    twin = copy.deepcopy(network)
    for item in (network, twin):
        item.run(1 * ms)
        assert np.array_equal(G.w, item.groups[0].w)


def test_the_group_says_what_runs_in_python_and_why():
    G, _ = make(double)
    assert G.python_parts == ["the threshold with function()", "the reset with function()"]
    assert "the threshold with function() and the reset with function() in Python" in repr(G)
    assert "function() is called by Python for the threshold in every step, as" in G.reason
    assert "function(x) &gt; 1.5 + 0.3*function(level)" in G.to_html()
    H = NeuronGroup(2, "x : 1", threshold="x > 1", reset="x = double(x)")
    assert H.python_parts == ["the reset with double()"]
    K = NeuronGroup(2, "x : 1", threshold="double(x) > 1", reset="x = 0")
    network = Network(K)
    network.prepare()
    assert K.python_parts == ["the threshold with double()"]
    assert [item.place for item in network.build.model.calls] == ["threshold"]


def test_functions_get_arrays_of_all_neurons_and_quantities_for_constants():
    G = NeuronGroup(
        3, "v : volt\nw : 1", threshold="double(w) > 9", reset="v = double(v) + gain(tau)"
    )
    G.v, G.w = [1e-3, 2e-3, 3e-3], [0, 5, 5]
    del SEEN[:]
    Network(G).run(0.1 * ms)
    assert np.allclose(G.v, [1e-3, 14e-3, 16e-3]) and [np.size(item) for item in SEEN] == [3, 3, 1]


tau = 5 * ms


def gain(period):
    assert isinstance(period, Quantity)
    SEEN.append(period)
    return period * mV / (0.5 * ms)


def test_without_spikes_the_functions_of_a_reset_are_not_called():
    G = NeuronGroup(2, "x : 1", threshold="x > 1", reset="x = double(x) - x - 1")
    G.x = [0, 2.5]
    del SEEN[:]
    Network(G).run(1 * ms)
    assert len(SEEN) == 2 and G.x.tolist() == [0, 0.5]


def test_functions_of_time_and_random_numbers_are_called_in_the_step():
    defaultclock.reinit()

    def late(t):
        SEEN.append(t)
        return t > 0.45 * ms

    G = NeuronGroup(2, "x : 1", threshold="late(t) > 0", reset="x += 1")
    Network(G).run(1 * ms)
    assert G.x.tolist() == [5, 5]
    seed(3)
    H = NeuronGroup(10000, "x : 1", threshold="rand() < double(0.1)", reset="x = double(rand())")
    S = SpikeMonitor(H)
    Network(H, S).run(0.1 * ms)
    assert abs(S.nspikes - 2000) < 4 * np.sqrt(10000 * 0.2 * 0.8)
    assert abs(H.x[H.x > 0].mean() - 1) < 4 * 2 / np.sqrt(12 * S.nspikes)


def test_spikes_reach_targets_as_from_any_group():
    source = NeuronGroup(2, "x : 1", threshold="double(x) > 1", reset="x = 0")
    source.x = [1, 0]
    target = NeuronGroup(2, "u : 1")
    C = Connection(source, target, "u", weight=np.array([[1.0, 2.0], [4.0, 8.0]]), delay=0.2 * ms)
    network = Network(source, target, C)
    network.run(0.2 * ms)
    assert target.u.tolist() == [0, 0]
    network.run(0.2 * ms)
    assert target.u.tolist() == [1, 2]


def test_thresholds_that_build_on_texts_call_functions_and_tables_too():
    table = Tabulate(lambda x: 3 * x, 0.0, 10.0, 1001)

    class Alternate(StringThreshold):
        def __call__(self, P):
            return super().__call__(P) if P.clock.timebase.step % 2 else []

    defaultclock.reinit()
    G = NeuronGroup(2, "x : 1", threshold=Alternate("table(x) + double(x) > 4"), reset="x -= 0")
    G.x = [0.5, 1]
    S = SpikeMonitor(G)
    Network(G, S).run(1 * ms)
    assert [i for i, _ in S.spikes] == [1] * 5


def test_wrong_values_are_named():
    def nothing(x):
        SEEN.append(x)

    G = NeuronGroup(2, "x : 1", threshold="nothing(x) > 1")
    with pytest.raises(ModelError, match=r"nothing\(\), which Python calls for `G`, must give"):
        Network(G).run(1 * ms)


def test_initial_values_are_computed_by_them():
    G = NeuronGroup(2, "x : 1\nz : 1\ny = double(x) : 1")
    names = {"double": double}
    set_initial_values(G, as_source("x = 2; z = y + double(1)", "init"), names)
    assert G.z.tolist() == [6, 6]


def test_statements_at_synapses_need_compiled_functions():
    source = SpikeGeneratorGroup(1, [(0, 1 * ms)])
    target = NeuronGroup(1, "u : 1", threshold="u > 10")
    connection = Connection(source, target, "u", weight=1.0)
    with pytest.raises(EquationError, match=r"double\(\) cannot be compiled"):
        STDP(connection, "a : 1\nb : 1", pre="a += double(a)", post="w += a", wmax=1)
    with pytest.raises(EquationError, match=r"double\(\), which a static equation brings"):
        STDP(connection, "a : 1\ny = double(a) : 1\nb : 1", pre="a += y", post="w += a", wmax=1)


def test_traces_with_functions_of_python_are_stepped():
    def decay(a):
        SEEN.append(a)
        return -a / (10 * ms)

    defaultclock.reinit()
    source = SpikeGeneratorGroup(1, [(0, 1 * ms)])
    target = NeuronGroup(1, "u : 1", threshold="u > 10")
    connection = Connection(source, target, "u", weight=1.0)
    rule = STDP(connection, "da/dt = decay(a) : 1\nb : 1", pre="a += 1", post="w += a", wmax=1)
    Network(source, target, connection, rule).run(3 * ms)
    assert np.allclose(rule.a, 0.99**19, rtol=1e-12)  # 19 steps after that of the spike
