"""Going through expressions and replacing their parts."""

from brian_nb.equations.expressions import (
    Name,
    is_condition,
    names_in,
    substitute,
    to_source,
    walk,
)
from brian_nb.equations.walking import measure
from tests.equations.conftest import parse


def test_names_come_once_each_in_the_order_of_the_text():
    assert list(names_in(parse("b + a*b - (c if d > b else e)"))) == ["b", "a", "c", "d", "e"]


def test_function_names_are_no_names():
    assert list(names_in(parse("exp(v)"))) == ["v"]


def test_wholes_come_before_their_parts():
    seen = [to_source(item) for item in walk(parse("-(a + b)"))]
    assert seen == ["-(a + b)", "a + b", "a", "b"]


def test_names_are_replaced_all_at_once():
    swapped = substitute(parse("a - b"), {"a": Name("b"), "b": Name("a")})
    assert to_source(swapped) == "b - a"


def test_replacing_reaches_every_kind_of_part():
    text = "-a + exp(a)*a if not a > 1 and a < 2 else a % a"
    replaced = substitute(parse(text), {"a": parse("x + y")})
    assert list(names_in(replaced)) == ["x", "y"]


def test_what_does_not_change_is_the_same_object():
    expression = parse("a*b + exp(c)")
    assert substitute(expression, {"z": Name("y")}) is expression
    assert substitute(expression, {"c": Name("d")}).left is expression.left


def test_a_replaced_whole_keeps_its_place():
    expression = substitute(parse("2*(a + b)"), {"a": parse("x")})
    assert expression.right.span.text == "a + b"


def test_conditions_are_told_from_numbers():
    assert is_condition(parse("v > 1"))
    assert is_condition(parse("not v > 1"))
    assert is_condition(parse("v > 1 and w > 1"))
    assert is_condition(parse("v > 1 if w > 1 else v > 2"))
    assert not is_condition(parse("v if w > 1 else 2"))
    assert not is_condition(parse("(v > 1)*2"))


def test_size_and_depth_are_counted():
    assert measure(parse("a*b + c")) == (5, 3)
