"""Text to statements."""

import pytest

from brian_nb.diagnostics import Source
from brian_nb.equations import parse_equations, parse_statements, rename_names
from brian_nb.equations.expressions import Name, to_source
from brian_nb.equations.statements import Alias, Differential, Parameter, Static
from brian_nb.errors import EquationError


def parse(text):
    return parse_equations(Source(text)).statements


def test_each_form_is_recognised():
    differential, static, alias, parameter = parse(
        """
        dx/dt=(y-x)/tau + a : volt    # differential equation
        y=2*x : volt                  # equation
        z=x                           # alias
        a : volt/second               # parameter
        """
    )
    assert isinstance(differential, Differential)
    assert isinstance(static, Static)
    assert (alias.name, alias.target) == ("z", "x")
    assert isinstance(parameter, Parameter)
    assert [item.name for item in (differential, static, parameter)] == ["x", "y", "a"]
    assert to_source(differential.expression) == "(y - x)/tau + a"
    assert to_source(parameter.unit) == "volt/second"


@pytest.mark.parametrize("text", ["dv/dt=-v/tau:volt", "  dv / dt  =  -v / tau  :  volt  # leak"])
def test_blanks_do_not_matter(text):
    (item,) = parse(text)
    assert (item.name, to_source(item.expression)) == ("v", "-v/tau")


@pytest.mark.parametrize("unit", ["volt", "1", "second**(-.5)", "volt/second", "siemens*volt"])
def test_a_unit_is_the_text_after_the_colon(unit):
    (item,) = parse(f"u = 3 : {unit}")
    assert item.unit.span.text.strip("()") == unit.strip("()")


@pytest.mark.parametrize(
    "text",
    [
        "dv/dt = -v/tau + \\\n  w : volt",
        "dv/dt = -v/tau + \\  \n  w : volt",
        "dv/dt = -v/tau + \\ # leak\n w : volt",
        "dv/dt = -v/tau \\\n + w \\\n : volt",
        "dv/dt = (-v/tau # leak\n + w) : volt",
        "dv/dt = (-v/tau\n\n + w) : volt",
        "dv/dt = -v/tau + w : volt\r\n",
    ],
)
def test_lines_can_be_continued(text):
    (item,) = parse(text)
    assert to_source(item.expression).replace("(", "").replace(")", "") == "-v/tau + w"


def test_a_forgotten_bracket_does_not_swallow_the_next_equation():
    with pytest.raises(EquationError) as caught:
        parse("dv/dt = (E - v/tau : volt\ndw/dt = (-w/tau : 1\ndx/dt = -x/tau : 1")
    lines = [item.marks[0].span.line for item in caught.value.diagnostics]
    assert lines == [1, 2]


def test_empty_text_has_no_statements():
    assert parse("") == ()
    assert parse("\n  # nothing here\n\n") == ()


def test_places_are_those_of_the_statement():
    (item,) = parse("# first\n  dv/dt = -v/tau : volt # leak")
    assert item.span.text == "dv/dt = -v/tau"
    assert item.left_span.text == "dv/dt"
    assert item.span.line == 2


def test_problems_of_all_lines_come_together():
    with pytest.raises(EquationError) as caught:
        parse("dv/dt = -v/ : volt\nw = 3\ndx/dt = -x : 1\n3 : volt")
    assert [item.marks[0].span.line for item in caught.value.diagnostics] == [1, 2, 4]


@pytest.mark.parametrize("name", ["t", "xi", "dt", "lambda", "None", "if"])
def test_words_with_a_meaning_cannot_be_defined(name):
    for form in ("{} : 1", "{} = 3 : 1", "d{}/dt = 3 : 1"):
        with pytest.raises(EquationError, match="cannot be"):
            parse(form.format(name))


def test_defining_a_name_twice_shows_both_places():
    with pytest.raises(EquationError, match="v is defined twice") as caught:
        parse("dv/dt = -v/tau : volt\nw : 1\nv : volt")
    marks = caught.value.diagnostics[0].marks
    assert [mark.span.line for mark in marks] == [1, 3]


# -- other names -----------------------------------------------------------------------------


def test_a_name_is_changed_where_it_is_defined_and_where_it_is_used():
    text = parse_equations(Source("dx/dt = -x/tau + y : 1\ny = x*2 : 1\nz = x\nk : 1"))
    changed = rename_names(text, {"x": "vm", "k": "j", "tau": "taum"})
    differential, static, alias, parameter = changed.statements
    assert (differential.name, to_source(differential.expression)) == ("vm", "-vm/taum + y")
    assert to_source(static.expression) == "vm*2"
    assert alias == Alias("z", "vm")
    assert parameter.name == "j"


def test_a_changed_name_still_points_to_the_text_as_typed():
    text = parse_equations(Source("dx/dt = -x/tau : 1"))
    (item,) = rename_names(text, {"tau": "taum"}).statements
    assert item.expression.right == Name("taum")
    assert item.expression.right.span.text == "tau"


def test_a_name_cannot_become_one_that_is_taken_or_none_at_all():
    text = parse_equations(Source("x : 1\ny : 1"))
    with pytest.raises(EquationError, match="defined twice"):
        rename_names(text, {"x": "y"})
    with pytest.raises(EquationError, match="cannot be the name"):
        rename_names(text, {"x": "v + 1"})


# -- resets -----------------------------------------------------------------------------------


def test_statements_stand_on_lines_or_between_semicolons():
    found = parse_statements(Source("v = vr; w += 3*mV  # jump\nu *= 2;\n x -= 1; y /= 2"))
    assert [(item.name, item.op, to_source(item.expression)) for item in found] == [
        ("v", "=", "vr"),
        ("w", "+=", "3*mV"),
        ("u", "*=", "2"),
        ("x", "-=", "1"),
        ("y", "/=", "2"),
    ]
    assert found[1].span.text == "w += 3*mV"


@pytest.mark.parametrize(
    "text",
    [
        "v",
        "v == 3",
        "v =",
        "= 3",
        "v[0] = 3",
        "v.x = 3",
        "t = 3",
        "v, w = 3",
        "import os",
        "v **= 2",
        "del v",
        "v = w = 3",
    ],
)
def test_what_is_no_assignment_is_refused(text):
    with pytest.raises(EquationError):
        parse_statements(Source(text))
