"""Names and comments make no new kernel, anything else does."""

import pytest

from brian_nb.kernels import allocate, compile_kernel
from brian_nb.kernels import compile as compiler
from brian_nb.kernels.naming import rename

SOURCE = """
def advance(A, thread, n_threads):
    # population 0: linear
    numbers = f64(A, 0)
    x_v = numbers[0]
    for i in range(0, 3):
        x_v = exp(x_v)*1e-05 + abs(x_v) + 0x1F  # a sum
    numbers[0] = x_v if x_v > 2.5e3 else -x_v
    return 17
"""


def test_names_and_comments_make_no_difference():
    other = SOURCE.replace("x_v", "x_membrane").replace("numbers", "values").replace("linear", "x")
    assert rename(other) == rename(SOURCE)


@pytest.mark.parametrize(
    ("part", "changed"),
    [("1e-05", "1e-06"), ("0x1F", "0x2F"), ("exp", "sin"), ("> 2.5", "< 2.5"), ("f64", "i64")],
)
def test_everything_else_makes_a_difference(part, changed):
    assert rename(SOURCE.replace(part, changed)) != rename(SOURCE)


def test_different_use_of_the_same_names_makes_a_difference():
    swapped = "def advance(A, thread, n_threads):\n    a = 1\n    b = 2\n    return {}\n"
    assert rename(swapped.format("a - b")) != rename(swapped.format("b - a"))


def test_a_name_that_the_vocabulary_has_keeps_it():
    assert "exp(" in rename(SOURCE) and "range(" in rename(SOURCE)
    assert "f64(A, 0)" in rename(SOURCE)


def test_source_with_text_in_quotes_is_left_alone():
    assert rename("def advance(A):\n    '# not a comment'\n") == (
        "def advance(A):\n    '# not a comment'\n"
    )


def test_the_same_structure_is_compiled_once(empty_cache, monkeypatch):
    first = compile_kernel(SOURCE)
    array = allocate(1)
    array[0] = 1.0
    assert first([array])() == 17

    def fail(source):
        raise AssertionError("compiled again")

    monkeypatch.setattr(compiler, "emit_object", fail)
    assert compile_kernel(SOURCE.replace("x_v", "y_v")) is first
    monkeypatch.setattr(compiler, "_loaded", {})
    again = allocate(1)
    again[0] = 1.0
    assert compile_kernel(SOURCE.replace("x_v", "y_v"))([again])() == 17
    assert again[0] == array[0]
