"""Functions of a single neuron that are computed as lanes of one vector."""

import ast

import numpy as np
import pytest

from brian_nb.kernels import allocate, compile_kernel, compile_reference
from brian_nb.kernels import compile as compiler
from brian_nb.kernels.frontend.together import find_groups

HEAD = """
def advance(A, thread, n_threads):
    x = f64(A, 0)
    y = f64(A, 1)
    for i in {loop}(0, 1):
"""
NEURON = """
a = x[i]
b = x[i + 1]
p = exp(a) + 2.0*exp(-a)
q = exp(b*0.5)*p
r = expm1(p) if p < 1.0 else 0.25
y[i] = exp(q - p)
y[i + 1] = exp(p/(1.0 + q)) + r
y[i + 2] = exp(y[i + 1]*0.125)
a = tanh(b)
y[i + 3] = tanh(a) + tanh(q) + tanh(p)
"""
OUTER = ["tanh(exp(x))", "tanh(exp(y))"]
TWICE = ["tanh(a)", "tanh(a)"]


def make_source(body, loop="single_range"):
    lines = [f"        {line}" for line in body.strip("\n").splitlines()]
    return HEAD.format(loop=loop) + "\n".join([*lines, "    return 0\n"])


def run(compile_source, source, values):
    x, y = allocate(8), allocate(8)
    x[: len(values)] = values
    compile_source(source)([x, y])()
    return y


@pytest.mark.parametrize("n_lanes", [2, 4, 8])
@pytest.mark.parametrize("values", [(0.3, -1.2), (0.0, 1.0), (-700.0, 3.0), (np.nan, 1.0)])
def test_values_are_those_of_one_call_after_the_other(values, n_lanes, empty_cache, monkeypatch):
    monkeypatch.setattr(compiler, "count_register_lanes", lambda: n_lanes)
    together = run(compile_kernel, make_source(NEURON), values)
    apart = run(compile_kernel, make_source(NEURON, "range"), values)
    plain = run(compile_reference, make_source(NEURON), values)
    np.testing.assert_array_equal(together, apart)
    np.testing.assert_allclose(together, plain, rtol=1e-13)


def list_groups(body):
    """Texts of the calls in each group, by the place that they are written before."""
    groups = find_groups(ast.parse(body).body)
    return {
        place: [[ast.unparse(call) for call in group] for group in found]
        for place, found in groups.items()
    }


@pytest.mark.parametrize(
    ("body", "groups"),
    [
        ("a = exp(x)\nb = exp(y)", {0: [["exp(x)", "exp(y)"]]}),
        ("a = exp(x)\nb = exp(a)\nc = exp(2*a)", {1: [["exp(a)", "exp(2 * a)"]]}),
        ("a = exp(x) + tanh(y)\nb = tanh(x)", {0: [["tanh(y)", "tanh(x)"]]}),
        ("a = tanh(exp(x)) + tanh(exp(y))", {0: [["exp(x)", "exp(y)"], OUTER]}),
        # what waits for another function would hold the other one up
        ("a = exp(x)\nb = exp(y) + tanh(a)\nc = tanh(a)", {0: [["exp(x)", "exp(y)"]], 1: [TWICE]}),
        # a name that is not there yet, or is given another value in between
        ("a = exp(x)\nz = 2*x\nb = exp(z)", {}),
        ("a = exp(x)\nx = y\nb = exp(x)", {}),
        ("a += exp(x)\nb |= exp(a) > exp(y)", {0: [["exp(x)", "exp(y)"]]}),
        # not computed in any case, or from what may be stored meanwhile
        ("a = exp(x) if y else exp(z)", {}),
        ("a = y > 0 and exp(x) > exp(z)", {}),
        ("a = exp(x[0]) + exp(x[1])", {}),
        ("a = sqrt(x) + sqrt(y)", {}),
        ("a = exp(x)\nif a:\n    pass\nb = exp(y)", {}),
    ],
)  # fmt: skip
def test_calls_are_grouped_by_what_they_wait_for(body, groups):
    assert list_groups(body) == groups


def test_one_vector_computes_several_functions(empty_cache):
    body = "y[i] = z0 + z1 + z2 + z3"
    names = "".join(f"x{k} = x[{k}]\n" for k in range(4))
    calls = "".join(f"z{k} = exp(x{k})\n" for k in range(4))
    together, apart = (
        compiler.emit_assembly(make_source(names + calls + body, loop))
        for loop in ("single_range", "range")
    )
    assert together.count("fm") + together.count("mul") < 0.5 * (
        apart.count("fm") + apart.count("mul")
    )
