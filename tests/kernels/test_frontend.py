"""Compiled source means what the same source means as Python."""

import numpy as np
import pytest

from brian_nb.kernels import allocate, compile_kernel, compile_reference
from brian_nb.kernels import compile as compiler

HEAD = """
def advance(A, thread, n_threads):
    x = f64(A, 0)
    k = i64(A, 1)
    byte = u8(A, 2)
"""


def indent(text):
    return "".join(f"    {line}\n" for line in text.strip("\n").splitlines())


def run(compile_source, body, x=(), k=()):
    """What a body returns and leaves in its arrays."""
    arrays = [allocate(16), allocate(16, np.int64), allocate(16, np.uint8)]
    arrays[0][: len(x)] = x
    arrays[1][: len(k)] = k
    result = compile_source(HEAD + indent(body))(arrays)()
    return result, *map(list, arrays)


def agree(body, x=(), k=()):
    """The result of a body, the same in both forms."""
    compiled, plain = (run(form, body, x, k) for form in (compile_kernel, compile_reference))
    assert compiled[0] == plain[0]
    for ours, theirs in zip(compiled[1:], plain[1:], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-15)
    return compiled


@pytest.mark.parametrize("operator", ["+", "-", "*", "//", "%", "&", "|", "^", "<<", ">>"])
def test_integers_combine_as_in_python(operator):
    body = f"for j in range(6):\n    k[j] = k[j] {operator} k[j + 6]\nreturn k[0]"
    right = (3, 2, 5, 3, 1, 2) if operator in ("<<", ">>") else (3, -3, 5, -7, 1, -2)
    agree(body, k=(7, -7, 9, 7, -6, 6, *right))


def test_whole_division_by_zero_gives_zero():
    body = "k[0] = k[0] // k[1]\nk[2] = k[2] % k[1]\nreturn k[0] + k[2]"
    assert run(compile_kernel, body, k=(7, 0, 9))[0] == 0


@pytest.mark.parametrize("relation", ["<", "<=", ">", ">=", "==", "!="])
def test_relations_hold_as_in_python_also_for_nan(relation):
    body = f"for j in range(5):\n    k[j] = x[j] {relation} x[j + 5]\nreturn k[0] + k[4]"
    nan = float("nan")
    agree(body, x=(1, 2, 2, nan, nan, 2, 1, 2, 1, nan))


def test_several_relations_in_a_row_all_have_to_hold():
    body = "n = 0\nfor j in range(8):\n    n += 1 <= j < 5 != 3\nreturn n"
    assert agree(body)[0] == 4


def test_an_integer_that_meets_a_real_number_becomes_one():
    body = """
total = 0
for j in range(4):
    total = total + x[j]
    total += 1
k[0] = int(total * 10)
x[5] = k[1] / 2
return int(total)
"""
    assert agree(body, x=(0.25, 0.5, 0.75, -9.1), k=(0, 3))[0] == -3


def test_a_choice_computes_only_what_it_gives():
    body = "j = 99 if k[0] > 0 else 3\nreturn k[j] if j < 16 else (-1 if j < 50 else -2)"
    assert agree(body, k=(5,))[0] == -2
    assert agree(body, k=(-5, 0, 0, 8))[0] == 8


def test_and_and_or_look_no_further_than_they_must():
    body = """
n = 0
for j in range(40):
    if j < 16 and k[j] > 2 or not j < 16 and (j == 20 or j == 21):
        n += 1
return n
"""
    assert agree(body, k=range(16))[0] == 13 + 2


@pytest.mark.parametrize(("limits", "expected"), [("5", 10), ("3, 6", 12), ("9, 0, -3", 18)])
def test_a_loop_goes_through_a_range(limits, expected):
    assert agree(f"n = 0\nfor j in range({limits}):\n    n += j\nreturn n")[0] == expected


@pytest.mark.parametrize("step", [2, -2])
def test_the_step_of_a_range_may_be_found_out_late(step):
    body = "n = 0\nfor j in range(k[0], k[1], k[2]):\n    n = 10*n + j\nreturn n"
    agree(body, k=(2, 8, step))
    agree(body, k=(8, 2, step))


def test_the_body_of_a_loop_may_change_its_counter():
    body = "n = 0\nfor j in range(4):\n    j = j * 10\n    n += j\nreturn 100 * n + j"
    assert agree(body)[0] == 6030


def test_loops_are_left_and_gone_on_with():
    body = """
n = 0
for j in range(10):
    if j % 2 == 0:
        continue
    while True:
        n += j
        if n > 3:
            break
    if j == 7:
        break
return n
"""
    assert agree(body)[0] == 19


@pytest.mark.parametrize("wanted", [3, 30])
def test_the_else_of_a_loop_is_for_one_that_was_not_left(wanted):
    body = """
n = 0
for j in range(10):
    if j == k[0]:
        break
else:
    n = 100
j = 0
while j < 10:
    if j == k[0]:
        break
    j += 1
else:
    n += 1000
return n
"""
    assert agree(body, k=(wanted,))[0] == (0 if wanted < 10 else 1100)


@pytest.mark.parametrize("value", [1, -1])
def test_a_function_may_end_in_either_branch(value):
    body = "def side(a):\n    if a > 0:\n        return 2\n    else:\n        return 3\n"
    body += "if side(k[0]) == 2:\n    return 5\nelse:\n    return 6"
    assert agree(body, k=(value,))[0] == (5 if value > 0 else 6)


def test_a_name_of_lanes_has_no_value_after_them():
    body = "y = 1\nfor i in lane_range(0, 8):\n    y = x[i]\n    x[i] = y + 1\nreturn int(y)"
    with pytest.raises(KeyError):
        compile_kernel(HEAD + indent(body))


def test_what_follows_a_jump_is_never_reached():
    body = "for j in range(3):\n    k[j] = 1\n    continue\n    k[j] = 2\nreturn k[0]\nk[0] = 5"
    assert agree(body)[1:][1][:3] == [1, 1, 1]


def test_a_function_of_the_source_sees_the_names_around_it():
    body = """
scale = x[0]
def double(value):
    return 2 * value * scale
def search(array, n, wanted):
    for place in range(n):
        if array[place] >= wanted:
            return place
    return n
def twice(value):
    step = double(value)
    return double(step)
x[3] = double(1) + twice(x[1])
return search(x, 4, 5.0) + 10 * search(k, 3, 2)
"""
    assert agree(body, x=(1.5, 2.0), k=(1, 2, 3))[0] == 13


def test_a_function_of_the_source_is_written_for_the_kinds_it_is_called_with():
    body = "def half(a):\n    return a / 2\ndef one(a):\n    return a + 1\nx[0] = half(3)\n"
    body += "x[1] = one(0.5)\nreturn one(2)"
    assert agree(body)[0] == 3


def test_powers_with_whole_exponents_are_products():
    agree("for j in range(1, 9):\n    x[j] = x[0]**5 * x[0]**1 - x[0]**8\nreturn 2**5", x=(1.37,))


def test_truth_values_count_as_numbers():
    body = "n = (x[0] > 1) + (x[1] > 1)\nx[2] = (x[0] > 1) * 2.5\nbyte[0] = x[0] > 1\n"
    body += "y = abs(-x[0]) - abs(x[1])\nx[4] = y\nreturn n + (True & (k[2] == 0))"
    assert agree(body, x=(2, 3), k=(2, 3))[0] == 3


def test_extremes_of_numbers():
    body = "x[0] = min(x[0], x[1], 2)\nx[1] = max(-x[1], 0)\nreturn max(k[0], k[1]) - min(3, k[0])"
    assert agree(body, x=(5.5, 4.5), k=(1, 8))[0] == 7


LINES = """
any_large = False
any_small = False
scale = x[0]
for i in lane_range(first, first + n):
    y = x[i] * scale - 1
    large = y > 20
    z = exp(-y) if large & (step >= k[i]) else y ** 3 / k[first - 14]
    whole = k[i] + 2
    x[i] = z + buffer[i - first] - scale + whole + byte[i] + large - maximum(scale, 0.5)
    narrow[i] = z
    k[i] = k[i] + i32s[i] % 7 // 2
    any_large |= large
    any_small |= not (y > -50) | (step > k[i])
    byte[i] = 3
return 2 * any_large + any_small
"""


@pytest.mark.parametrize("n_lanes", [2, 4, 8])
@pytest.mark.parametrize("n", [1, 7, 8, 9, 15, 16, 40, 41])
def test_a_loop_in_lanes_does_what_a_loop_does(n, n_lanes, empty_cache, monkeypatch):
    monkeypatch.setattr(compiler, "count_register_lanes", lambda: n_lanes)
    results = []
    source = (HEAD + indent(LINES)).replace("    byte = u8(A, 2)\n", LINE_ARRAYS)
    for compile_source in (compile_kernel, compile_reference):
        arrays = make_lines(n)
        results.append((compile_source(source)(arrays)(), *(item[: 16 + n] for item in arrays)))
    compiled, plain = results
    assert compiled[0] == plain[0]
    for ours, theirs in zip(compiled[1:], plain[1:], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-13)


LINE_ARRAYS = """\
    byte = u8(A, 2)
    buffer = f64(A, 3)
    narrow = f32(A, 4)
    i32s = i32(A, 5)
    first = 16
    n = k[1]
    step = 5
"""


def make_lines(n):
    dtypes = np.float64, np.int64, np.uint8, np.float64, np.float32, np.int32
    arrays = [allocate(80, dtype) for dtype in dtypes]
    arrays[0][:] = np.random.default_rng(3).uniform(-3, 30, 80)
    arrays[1][:] = np.arange(80) % 11 + 1
    arrays[1][1] = n
    arrays[2][:] = np.arange(80) % 5
    arrays[3][:] = np.arange(80) / 7
    arrays[5][:] = np.arange(80) - 40
    return arrays


@pytest.mark.parametrize(
    "body",
    [
        "for i in lane_range(0, 8):\n    x[i] = i",
        "for i in lane_range(0, 8):\n    x[2 * i] = 1",
        "for i in lane_range(0, 8):\n    x[i] = x[k[i]]",
        "for i in lane_range(0, 8):\n    x[i] = arcsin(x[i]) if x[i] > 1 and x[i] < 2 else 3",
        "n = 0\nfor i in lane_range(0, 8):\n    n += 1",
        "for i in lane_range(0, 8):\n    if x[i] > 1:\n        x[i] = 1",
        "for i in lane_range(0, 8):\n    x[i] = normal_at(1, 2, 3, 4) * x[i] + min(x[i], 3)",
    ],
)
def test_what_lanes_cannot_do_is_refused(body):
    with pytest.raises(NotImplementedError, match="generated source, line"):
        compile_kernel(HEAD + indent(body))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("with x:\n    pass", NotImplementedError),
        ("return [1]", NotImplementedError),
        ("for j in x:\n    pass", NotImplementedError),
        ("return unheard_of(3)", NotImplementedError),
        ("x[1.5] = 2", TypeError),
        ("y = x\ny = k", TypeError),
        ("y = x\ny = 3", TypeError),
        ("y = z = 3\nreturn y", NotImplementedError),
    ],
)
def test_what_is_not_known_is_refused(body, problem):
    with pytest.raises(problem, match=r"generated source|one name stands for"):
        compile_kernel(HEAD + indent(body))
