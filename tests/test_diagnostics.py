"""Pictures of a place in a text, and the errors that carry them."""

import pickle

import pytest

from brian_nb.diagnostics import (
    LONGEST_LINE,
    Diagnostic,
    Mark,
    Source,
    Span,
    render_html,
    render_text,
)
from brian_nb.errors import BrianError, DimensionMismatchError, EquationError, UnknownNameError


def mark(source, word, label=""):
    start = source.text.index(word)
    return Mark(Span(source, start, start + len(word)), label)


def picture(source, *words):
    """Rendered lines of a diagnostic that marks these words."""
    return render_text(Diagnostic("fact", tuple(mark(source, w) for w in words))).splitlines()


def carets(line):
    """First and last column of the carets of a line."""
    return line.index("^"), line.rindex("^") + 1


def test_fact_place_both_sides_and_hint_come_in_this_order():
    source = Source("dge/dt = -ge/tau : volt\ndv/dt = (ge - v)/tau : volt", "cell In[7]")
    text = render_text(
        Diagnostic(
            "the two sides differ",
            (mark(source, "v)", "volt"), mark(source, "(ge", "siemens")),
            notes=("v is a voltage",),
            hint="multiply",
        )
    )
    assert text == (
        "the two sides differ\n"
        "  --> cell In[7], line 2\n"
        "   2 | dv/dt = (ge - v)/tau : volt\n"
        "     |         ^^^ siemens\n"
        "     |               ^^ volt\n"
        "  v is a voltage\n"
        "hint: multiply"
    )


@pytest.mark.parametrize("text", ["v = wrong", "\tv = \twrong", "µ = é + wrong"])
def test_carets_stand_under_the_marked_characters(text):
    _, _, line, under = picture(Source(text), "wrong")
    first, last = carets(under)
    assert line[first:last] == "wrong"
    assert [c == "\t" for c in line[7:first]] == [c == "\t" for c in under[7:first]]


def test_lines_are_counted_as_their_author_does():
    source = Source("a\nb", "cell", first_line=10)
    assert "line 11" in picture(source, "b")[1]


def test_marks_of_several_lines_and_sources_are_shown_each_in_its_place():
    first, second = Source("a\nb", "one"), Source("c", "two")
    found = Diagnostic("fact", (mark(first, "b"), mark(second, "c"), mark(first, "a")))
    places = [line for line in render_text(found).splitlines() if "-->" in line]
    assert places == ["  --> one, line 2", "  --> two, line 1", "  --> one, line 1"]


def test_a_mark_over_several_lines_is_drawn_in_the_first():
    source = Source("a + (b \\\n  + c)")
    _, _, line, under = picture(source, "(b \\\n  + c)")
    first, last = carets(under)
    assert line[first:last] == "(b"


@pytest.mark.parametrize("words", [["wrong"], ["wrong", "right"]])
def test_of_a_long_line_the_part_around_the_marks_is_shown(words):
    source = Source("x + " * 100 + "wrong + y - right" + " + z" * 100)
    _, _, line, *under = picture(source, *words)
    assert len(line) <= LONGEST_LINE + len("   1 | ") + 2
    for word, caret in zip(words, under, strict=True):
        first, last = carets(caret)
        assert line[first:last] == word


def test_what_a_user_typed_is_escaped_in_html():
    text = render_html(Diagnostic("<b>", (mark(Source("a < b"), "<"),)), kind="EquationError")
    assert "&lt;b&gt;" in text
    assert "a &lt; b" in text


def test_an_error_shows_all_its_problems_and_keeps_them_as_data():
    problems = (Diagnostic("first"), Diagnostic("second", hint="try"))
    error = EquationError(*problems)
    assert str(error) == "first\n\nsecond\nhint: try"
    assert error.diagnostics == problems
    assert error._render_traceback_()[0] == "EquationError: first"


def test_a_plain_sentence_becomes_a_problem_without_a_place():
    error = BrianError("no such thing", hint="look elsewhere")
    assert str(error) == "no such thing\nhint: look elsewhere"


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (DimensionMismatchError, ValueError),
        (EquationError, ValueError),
        (UnknownNameError, NameError),
    ],
)
def test_errors_can_be_caught_as_their_builtin_and_pickled(kind, builtin):
    error = kind(Diagnostic("fact", (mark(Source("a"), "a"),)))
    assert isinstance(error, builtin)
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.diagnostics) == (kind, error.diagnostics)
