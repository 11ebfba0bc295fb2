"""Functions of the user that Numba compiles, in runs: no step is left for them."""

import copy
import math
import re
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from brian_nb import (
    STDP,
    Connection,
    Network,
    NeuronGroup,
    PoissonGroup,
    SpikeGeneratorGroup,
    SpikeMonitor,
    StateMonitor,
    TabulateInterp,
    check_units,
    linked_var,
    network_operation,
)
from brian_nb.errors import DimensionMismatchError, ModelError, SimulationError
from brian_nb.network.linked import LinkedSetter
from brian_nb.network.python_values import PythonInput
from brian_nb.network.setters import ForecastSetter
from brian_nb.units import ALL_UNITS
from tests.network.euler import RUNS, N, check

ms, mV, volt, second, Hz = (ALL_UNITS[name] for name in ("ms", "mV", "volt", "second", "Hz"))
TABLE = np.sin(np.arange(40.0)).reshape(10, 4)


def look_up(x, t):
    parts = np.zeros(3)
    for k in range(3):
        parts[k] = TABLE[int(abs(x)) % 10, k] * math.erf(x)
    return min([parts[0], parts[1]]) - parts[2] * x


def descend(x, t, depth=4):
    return math.atan2(x, 2) if depth == 0 else descend(x, t, depth - 1) * 0.9


def count_calls(network):
    return len(network.build.model.calls)


@pytest.mark.parametrize("threads, reference", RUNS)
@pytest.mark.parametrize("function", [look_up, descend])
def test_the_compiled_loop_calls_functions_that_numba_compiles(function, threads, reference):
    G = check(function, threads, reference)
    assert not G.attached and not G.python_parts


def test_the_run_is_the_same_in_one_segment_and_step_by_step():
    def make():
        G = NeuronGroup(N, "dx/dt = look_up(x, t)/ms : 1")
        G.x = np.linspace(-3, 3, N)
        return G, Network(G)

    whole, network = make()
    network.run(3 * ms)
    assert count_calls(network) == 0
    parts, network = make()
    for _ in range(30):
        network.run(0.1 * ms)
    assert np.array_equal(whole.x, parts.x)


def test_it_gives_what_the_run_gives_that_python_splits():
    class Rates:
        scale = 0.5

    rates = Rates()

    def compiled(x):
        return [math.erf(x) * 0.5, x][0]

    def called(x):  # attributes are for Python
        return np.vectorize(math.erf)(x) * rates.scale

    def run(function, method):
        text = "dx/dt = function(x)/ms : 1"
        G = NeuronGroup(20, text, method=method)
        G.x = np.linspace(-2, 2, 20)
        network = Network(G)
        network.run(5 * ms)
        return G, count_calls(network)

    (one, n_calls), (other, n_others) = run(compiled, "Euler"), run(called, None)
    assert (n_calls, n_others) == (0, 1)
    assert isinstance(other.attached[0], PythonInput)
    assert np.allclose(one.x, other.x, rtol=1e-12)


@pytest.mark.parametrize("threads, reference", RUNS)
def test_thresholds_resets_and_static_equations_call_them(threads, reference):
    def level(x):
        return [1.5, 0.5][int(x > 10)]

    G = NeuronGroup(
        N, "dx/dt = 1/ms : 1\ny = level(x) + x : 1", threshold="x > level(x)", reset="x = -level(0)"
    )
    G.x = np.linspace(0, 1, N)
    M, S = StateMonitor(G, "y", record=[0]), SpikeMonitor(G)
    network = Network(G, M, S, threads=threads)
    network._reference = reference
    network.run(6 * ms)
    assert count_calls(network) == 0
    # from x to 1.5 in its own time, from -1.5 to 1.5 in 3 ms
    assert S.nspikes in range(2 * N - 2, 2 * N + 1)
    assert M[0][0] == pytest.approx(1.6) and G.y[0] == pytest.approx(1.5 + G.x[0])


def test_constants_of_a_group_are_arguments_and_values_may_change():
    gain = 2.0

    def f(x):
        return [x, gain][1]

    k = 3.0
    G = NeuronGroup(2, "dx/dt = f(k)*k/ms : 1")
    network = Network(G)
    network.run(1 * ms)
    assert np.allclose(G.x, 6)
    gain = 1.0
    network.run(1 * ms)
    assert np.allclose(G.x, 9)
    G.k = 5.0
    network.run(1 * ms)
    assert np.allclose(G.x, 14)


def test_a_function_of_constants_alone_follows_them():
    G = NeuronGroup(2, "dx/dt = -x*f(k)/ms : 1", namespace={"f": math.lgamma, "k": 3.0, "ms": ms})
    G.x = 1.0
    Network(G).run(1 * ms)
    assert G.integrator == "linear"
    assert np.allclose(G.x, 1 / 2)
    G.k = 4.0
    Network(G).run(1 * ms)
    assert np.allclose(G.x, 1 / 12)


def test_arrays_around_it_are_read_as_they_are_in_each_step():
    drive = np.ones((1, 2))

    def f(x):
        return drive[0, 1] + 0 * math.erf(x)

    G = NeuronGroup(2, "dx/dt = f(x)/ms : 1")

    @network_operation(when="end")
    def change():
        drive[0, 1] += 1

    network = Network(G, change)
    network.run(1 * ms)
    assert np.allclose(G.x, 5.5)
    drive = np.zeros((3, 2))
    network.run(0.1 * ms)
    assert np.allclose(G.x, 5.5)


def test_what_became_of_another_kind_is_compiled_anew_or_named():
    gain = 2

    def f(x):
        return [x, gain][1]

    G = NeuronGroup(2, "dx/dt = f(x)/ms : 1")
    network = Network(G)
    network.run(1 * ms)
    gain = 0.5
    network.run(1 * ms)
    assert np.allclose(G.x, 2.5)
    gain = None
    with pytest.raises(ModelError, match=r"f\(\) was compiled, but what it finds around it"):
        network.run(1 * ms)


def test_another_function_needs_no_other_kernel():
    def build(f):
        network = Network(NeuronGroup(2, "dx/dt = f(x)/ms : 1"))
        network.prepare()
        return network.build.kernel

    assert build(lambda x: [x, 2.0][1]) is build(lambda x: math.erf([x][0]))


def test_two_functions_and_one_function_twice_have_their_own_addresses():
    def f(x):
        return [x, 1.0][1]

    def g(x):
        return [x, 2.0][1]

    G = NeuronGroup(2, "dx/dt = (f(x) + g(x) + f(2*x))/ms : 1")
    H = NeuronGroup(3, "dx/dt = g(x)/ms : 1")
    network = Network(G, H)
    network.run(1 * ms)
    assert np.allclose(G.x, 4) and np.allclose(H.x, 2)
    assert len(network.build.program.arrays) == len(set(network.build.program.arrays))
    twin = copy.deepcopy(network)
    twin.run(1 * ms)
    network.run(1 * ms)
    assert np.allclose(G.x, 8)


def test_a_place_outside_of_an_array_stops_the_run():
    steps = np.ones((5, 1))

    def f(x):
        return steps[int(x), 0]

    G = NeuronGroup(2, "dx/dt = f(x)/ms : 1")
    G.x = [0, 4.5]
    with pytest.raises(SimulationError, match="x of `G` became nan .* in neuron 1"):
        Network(G).run(3 * ms)


def test_units_of_functions_that_state_them_are_checked():
    @check_units(v=volt, result=volt / second)
    def drift(v):
        return [-v / (5 * ms)][0]

    G = NeuronGroup(2, "dv/dt = drift(v) : volt")
    G.v = 1 * mV
    Network(G).run(0.1 * ms)
    assert np.allclose(G.v, 0.98e-3)
    with pytest.raises(DimensionMismatchError, match=r"drift\(\) in .* takes a value in volt"):
        NeuronGroup(1, "dx/dt = drift(x) : 1")
    with pytest.raises(DimensionMismatchError, match="the two sides of dv/dt"):
        NeuronGroup(1, "dv/dt = drift(v)/second : volt")


def halve(x):
    total = 0.0
    for _k in range(2):
        total += x / 4
    return total


@pytest.mark.parametrize("threads, reference", RUNS)
@pytest.mark.parametrize(
    "function", [math.erf, halve, TabulateInterp(lambda x: 3 * x, 0.0, 10.0, 11)]
)
def test_statements_at_synapses_call_functions_of_each_kind(function, threads, reference):
    source = SpikeGeneratorGroup(2, [(0, 1 * ms), (1, 2 * ms), (0, 3 * ms)])
    target = NeuronGroup(1, "dv/dt = 1/ms : 1\nu : 1", threshold="v > 2.45", reset="v = 0")
    connection = Connection(source, target, "u", weight=np.array([[0.5], [0.5]]))
    stdp = STDP(connection, "a : 1\nb : 1", pre="a += 1", post="w += function(a)", wmax=100)
    network = Network(source, target, connection, stdp, threads=threads)
    network._reference = reference
    network.run(4 * ms)
    assert np.allclose(connection.W.todense().ravel(), 0.5 + function(1.0), rtol=1e-12)
    values = np.arange(2.0)

    def look(x):
        return x * values

    with pytest.raises(ModelError, match="values has a value for each neuron"):
        STDP(connection, "a : 1\nb : 1", pre="a += 1", post="w += look(a)")


@pytest.mark.parametrize("threads, reference", RUNS)
def test_linked_variables_take_them(threads, reference):
    H = NeuronGroup(N, "dw/dt = 1/ms : 1")
    H.w = np.linspace(-1, 1, N)
    G = NeuronGroup(N, "v : 1")
    G.v = linked_var(H, "w", func=lambda w: math.erf(w) + [w, 1.0][1])
    network = Network(G, H, threads=threads)
    network._reference = reference
    network.run(0.2 * ms)
    assert isinstance(G.attached[0], LinkedSetter) and count_calls(network) == 0
    expected = [math.erf(w) + 1 for w in np.linspace(-1, 1, N) + 0.1]
    assert np.allclose(G.v, expected, rtol=1e-12)


def test_functions_of_time_alone_are_still_computed_ahead():
    G = NeuronGroup(2, "dx/dt = f(t)/ms : 1", namespace={"f": lambda t: TABLE[0, 1], "ms": ms})
    assert isinstance(G.attached[0], ForecastSetter)
    P = PoissonGroup(2, lambda t: TABLE[0, 1] * Hz)
    assert isinstance(P.attached[0], ForecastSetter)


def test_what_numba_cannot_compile_is_called_by_python_and_says_why():
    def deviate(x):
        return x - np.mean(x)

    G = NeuronGroup(3, "dx/dt = deviate(x)/ms : 1")
    G.x = [1, 2, 6]
    note = "and it makes one thing of the values of all neurons"
    assert note in repr(G.attached[0]) and note in G.reason
    network = Network(G)
    network.run(0.1 * ms)
    assert np.allclose(G.x, [0.8, 1.9, 6.3])
    assert count_calls(network) == 1


STAR = "from brian_nb import *\nimport math\n"


def run_script(path, text):
    path.write_text(text)  # sources of functions are found in files
    return runpy.run_path(str(path))


def test_the_example_of_the_documentation_is_compiled_after_the_star_import(tmp_path):
    text = (Path(__file__).parents[2] / "docs" / "reference" / "inputs.md").read_text()
    (example,) = re.findall(r"### What Numba compiles\s+```python\n(.*?)```", text, re.DOTALL)
    found = run_script(tmp_path / "example.py", STAR + example)
    G, weights = found["G"], found["weights"]
    assert G.python_parts == []
    G.x = 0.5
    network = Network(G)
    network.run(0.1 * ms)
    drift = (weights[1] * [1, 0.5, 0.25, 0.125]).sum() * math.erfc(0.5)
    assert count_calls(network) == 0 and np.allclose(G.x, 0.5 + 0.1 * drift, rtol=1e-12)


@pytest.mark.parametrize("names", ["*", "Hz, NeuronGroup, PoissonGroup, ms, second"])
def test_sums_of_the_star_import_are_compiled_as_those_of_python(names, tmp_path):
    text = f"""
from brian_nb import {names}
import math
def f(x):
    p = [1.0, x, x*x]
    return sum([p[k] for k in range(3)])*math.erfc(x) if any(q > 1 for q in p) else 0.0
G = NeuronGroup(100, "dx/dt = f(x)/ms : 1")
def rates(t):
    return sum([k*Hz*t/second for k in range(3)])
P = PoissonGroup(2, rates)
"""
    found = run_script(tmp_path / "sums.py", text)
    assert found["G"].python_parts == found["P"].python_parts == []
    assert isinstance(found["P"].attached[0], ForecastSetter)


def test_numba_is_imported_for_such_functions_only(tmp_path):
    script = """
import math
import sys
from brian_nb import *
def f(v):
    total = 0.0
    for k in range(3):
        total += v
    return total + math.exp(-v)
G = NeuronGroup(4, 'dx/dt = -f(x)/ms : 1', threshold='x > 1', reset='x = 0')
def rates(t):
    return 3*Hz
P = PoissonGroup(2, rates)
Network(G, P).run(1*ms)
assert 'numba' not in sys.modules
H = NeuronGroup(4, 'dx/dt = math_erf(x)/ms : 1', namespace={'math_erf': math.erf, 'ms': ms})
assert 'numba' in sys.modules
"""
    path = tmp_path / "script.py"
    path.write_text(script)
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
