"""The shape of generated loops becomes vector instructions; read from the assembly.

One lost vectorisation costs a factor of 3 to 8 and changes no result, so only this sees it.
"""

import platform
import re

import pytest

from brian_nb.kernels.compile import emit_assembly

HEAD = """
def advance(A, thread, n_threads):
    v = f64(A, 0)
    ge = f64(A, 1)
    gi = f64(A, 2)
    p = f64(A, 3)
    n = i64(A, 4)[0]
    a = p[0]
    b = p[1]
    theta = p[2]
    total = 0
    for first in range(0, n, 256):
        last = first + 256
        if last > n:
            last = n
        found = False
        for i in lane_range(first, last):
"""
TAIL = """
            found |= v[i] > theta
        total += found
    return total
"""

LINEAR = (
    HEAD
    + """
            x = a * v[i] + b * ge[i] + p[3] * gi[i]
            v[i] = x
            ge[i] = ge[i] * a
            gi[i] = gi[i] * b
"""
    + TAIL
)

CALLS = "exp log log10 log1p expm1 exprel sqrt sin cos tan sinh cosh tanh absolute sign floor ceil"

pytestmark = pytest.mark.skipif(
    platform.machine().lower() not in ("x86_64", "amd64"), reason="reads x86 assembly"
)


def find_vector_instructions(assembly, mnemonic):
    """Instructions of that kind on whole 256- or 512-bit registers of float64."""
    return re.findall(rf"^\s+{mnemonic}\w*pd\s.*%[yz]mm", assembly, re.MULTILINE)


def write_call(call):
    return HEAD + f"            v[i] = {call}\n" + TAIL


def left_to_the_optimiser(source):
    """The same loop over any neurons, and with crossings that are counted."""
    for before, after in (("lane_range", "range"), ("found |=", "found +="), ("False", "0")):
        source = source.replace(before, after)
    return source


@pytest.mark.parametrize("source", [LINEAR, left_to_the_optimiser(LINEAR)])
def test_a_linear_update_with_a_search_for_crossings_vectorises(source):
    assembly = emit_assembly(source)
    assert len(find_vector_instructions(assembly, "vf?n?m")) >= 3
    assert find_vector_instructions(assembly, "vcmp")


@pytest.mark.parametrize("form", [str, left_to_the_optimiser])
@pytest.mark.parametrize("name", CALLS.split())
def test_each_function_vectorises_inside_a_loop(name, form):
    assembly = emit_assembly(form(write_call(f"{name}(v[i]) + ge[i]")))
    assert find_vector_instructions(assembly, "vcmp")
    assert not re.search(r"call\w*\s+\*?\w", assembly)


@pytest.mark.parametrize(
    "call",
    [
        "power(v[i], ge[i])",
        "modulo(v[i], ge[i])",
        "clip(v[i], a, b)",
        "bounded(v[i], a, b)",
        "inside(v[i], a)",
    ],
)
def test_functions_of_several_arguments_vectorise(call):
    assert find_vector_instructions(emit_assembly(write_call(call)), "vcmp")


def test_the_normal_numbers_of_a_block_are_vector_code():
    source = """
def advance(A, thread, n_threads):
    normal_block(f64(A, 0), 1, 2, 3, 0)
    return 0
"""
    assembly = emit_assembly(source)
    assert find_vector_instructions(assembly, "vsqrt")
    assert "vpmuludq" in assembly
