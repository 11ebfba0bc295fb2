"""Equations written in several places, each among values of its own."""

import pickle
from copy import deepcopy

import pytest

from brian_nb.diagnostics import Source
from brian_nb.equations import Assembly, Part, parse_equations, resolve_parts
from brian_nb.equations.expressions import to_source
from brian_nb.equations.parts import find_new_names, rename_assembly, substitute_keywords
from brian_nb.equations.writing import write_statements
from brian_nb.errors import EquationError, UnknownNameError
from tests.equations.conftest import COBAHH, make_namespace


def make_part(text, given=None, around=None):
    return Part(parse_equations(Source(text)), given or {}, around)


def values(text):
    return make_namespace(text)


def resolve(*parts):
    return resolve_parts(parts)


def written(assembly):
    return write_statements(assembly.statements).split("\n")


# -- values -----------------------------------------------------------------------------------


def test_parts_may_use_one_name_for_two_values():
    system = resolve(
        make_part("dx/dt = -x/tau : 1", values("tau=10*ms")),
        make_part("dy/dt = -y/tau : 1", values("tau=5*ms")),
        make_part("dz/dt = -z/tau : 1", values("tau=10*ms")),
    )
    assert [to_source(item.expression) for item in system.differentials] == [
        "-x/tau",
        "-y/tau_2",
        "-z/tau",
    ]
    found = {name: float(value) for name, value in system.constants.items()}
    assert found == {"tau": pytest.approx(0.01), "tau_2": pytest.approx(0.005)}


def test_parts_with_the_same_value_share_it():
    parts = [make_part(f"d{x}/dt = -{x}/tau : 1", around=values("tau=10*ms")) for x in "xyz"]
    assert list(resolve(*parts).constants) == ["tau"]


def test_a_value_given_with_a_text_holds_there_though_another_part_has_a_variable_of_that_name():
    system = resolve(
        make_part("dv/dt = I/C : volt\nI : amp", values("C=200*pF")),
        make_part("C : farad\nD = 2*C : farad"),
    )
    assert to_source(system.differentials[0].expression) == "I/C_2"
    assert to_source(system.statics[0].expression) == "2*C"
    assert system.variables == ("v", "I", "C")


def test_a_value_around_a_text_gives_way_to_a_variable_of_another_part():
    around = values("y=3")
    system = resolve(
        make_part("dx/dt = (y - x)/second : 1", around=around), make_part("y : 1", around=around)
    )
    assert system.constants == {}


def test_units_of_the_users_own_belong_to_their_part():
    density = values("")["siemens"] / values("")["metre"] ** 2
    system = resolve(make_part("g : density", {"density": density}), make_part("h : siemens"))
    assert system.dimension_of("g") == density.dimension


def test_noises_of_all_parts_are_counted_together():
    part = "d{x}/dt = xi/second**.5 : 1"
    system = resolve(make_part(part.format(x="x")), make_part(part.format(x="y")))
    assert system.noises == ("xi_0", "xi_1")


def test_problems_of_all_parts_come_together():
    with pytest.raises(UnknownNameError) as caught:
        resolve(make_part("dx/dt = k*x : 1"), make_part("dy/dt = j*y : 1", around={}))
    assert [item.marks[0].span.text for item in caught.value.diagnostics] == ["k", "j"]


def test_a_hint_says_how_values_were_given():
    with pytest.raises(UnknownNameError, match=r"as a keyword, k=\.\.\."):
        resolve(make_part("x = k : 1", values("tau=10*ms")))
    with pytest.raises(UnknownNameError, match=r"before, such as k = \.\.\."):
        resolve(make_part("x = k : 1", around=values("tau=10*ms")))
    with pytest.raises(UnknownNameError, match="did you mean taum"):
        resolve(make_part("x = taun : second", values("taum=10*ms")))


def test_two_parts_cannot_define_the_same_name():
    with pytest.raises(EquationError, match="x is defined twice"):
        Assembly((make_part("x : 1"), make_part("x = 3 : 1")))


# -- keywords ---------------------------------------------------------------------------------


def substitute(text, **keywords):
    return substitute_keywords(Assembly((make_part(text),)), keywords)


def test_a_string_gives_a_name_another_one_everywhere():
    assembly, names = substitute(
        "dx/dt = -x/tau + y : 1\ny = x*2 : 1\nz = x\nk : 1", x="vm", k="j", tau="taum"
    )
    assert written(assembly) == [
        "dvm/dt = -vm/taum + y : 1",
        "y = vm*2 : 1",
        "z = vm",
        "j : 1",
    ]
    assert names == {"x": "vm", "k": "j", "tau": "taum"}


def test_names_are_exchanged_all_at_once():
    assembly, _ = substitute("dx/dt = (y - x)/second : 1\ny : 1", x="y", y="x")
    assert written(assembly) == ["dy/dt = (x - y)/second : 1", "x : 1"]


def test_a_unit_can_be_a_keyword_but_a_variable_never_renames_a_unit():
    assembly, _ = substitute("dHz/dt = -Hz/tau : Hz\ng : unit", Hz="r", unit="siemens")
    assert written(assembly) == ["dr/dt = -r/tau : Hz", "g : siemens"]


def test_a_string_that_is_no_name_is_an_expression():
    assembly, _ = substitute("v_rec = v - bridge*I : volt\nv : volt\nI : amp", bridge="2*R/3")
    assert written(assembly)[0] == "v_rec = v - 2*R/3*I : volt"
    assert assembly.names >= {"R", "v"}


def test_an_expression_keeps_its_place_in_the_order_of_operations():
    assembly, _ = substitute("x = a*k**2 : 1", k="b + c")
    assert written(assembly) == ["x = a*(b + c)**2 : 1"]


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({"x": "v + 1"}, "cannot be the name of x"),
        ({"tau": "3 +"}, "missing after"),
        ({"x": "y"}, "defined twice"),
        ({"x": "t"}, "cannot be called t"),
        ({"x": 3.0}, "is a variable of these equations"),
        ({"y": "2*k", "z": None}, "cannot be the name of y"),
    ],
)
def test_what_a_keyword_cannot_be(keywords, message):
    with pytest.raises(EquationError, match=message):
        substitute("dx/dt = -x/tau : 1\ny : 1\nz = x", **keywords)


def test_an_alias_cannot_stand_for_an_expression():
    with pytest.raises(EquationError, match="which is no variable") as caught:
        substitute("z = y", y="2*k")
    assert caught.value.diagnostics[0].marks[0].span.text == "y"


def test_a_name_for_time_or_noise_can_be_put_into_a_text():
    assembly, _ = substitute("dx/dt = (s - x)/second + n/second**.5 : 1", s="t", n="xi")
    assert resolve(*assembly.parts).noises == ("xi_0",)


def test_a_value_whose_name_a_variable_takes_stays_a_value():
    assembly, _ = substitute("dx/dt = -x/tau : second", x="tau", **values("tau=10*ms"))
    system = resolve(*assembly.parts)
    assert system.variables == ("tau",)
    assert to_source(system.differentials[0].expression) == "-tau/tau_2"


def test_changed_names_still_point_to_the_text_as_typed():
    assembly, _ = substitute("dx/dt = -x/tau : 1", tau="taum", x="v")
    (item,) = assembly.statements
    assert item.expression.right.span.text == "tau"
    assert item.left_span.text == "dx/dt"


# -- hidden names -----------------------------------------------------------------------------


def join(first, second):
    """As `Equations` are added."""
    second = rename_assembly(second, find_new_names(second, first.names))
    first = rename_assembly(first, find_new_names(first, second.names))
    return Assembly(first.parts + second.parts, first.hidden | second.hidden)


def test_none_gives_a_name_that_nothing_else_has():
    pieces = [substitute(f"dx/dt = -x/({k}*ms) : 1\ny_{k} = x", x=None)[0] for k in (1, 2, 3)]
    total = join(join(*pieces[:2]), pieces[2])
    assert written(total) == [
        "d_x/dt = -_x/(1*ms) : 1",
        "y_1 = _x",
        "d_x_2/dt = -_x_2/(2*ms) : 1",
        "y_2 = _x_2",
        "d_x_3/dt = -_x_3/(3*ms) : 1",
        "y_3 = _x_3",
    ]


@pytest.mark.parametrize("text", ["_x : 1", "y = _x*2 : 1", "y = _x"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_hidden_name_is_caught_by_no_other_part(text, is_first):
    hidden, _ = substitute("dx/dt = -x/second : 1", x=None)
    plain = Assembly((make_part(text),))
    total = join(hidden, plain) if is_first else join(plain, hidden)
    assert "_x_2" in total.defined
    assert total.hidden == {"_x_2"}


def test_the_names_of_a_sum_do_not_depend_on_earlier_sums():
    def build():
        return join(*(substitute("dx/dt = -x/second : 1", x=None)[0] for _ in range(2)))

    assert written(build()) == written(build())


# -- copies -----------------------------------------------------------------------------------


@pytest.mark.parametrize("copy", [deepcopy, lambda item: pickle.loads(pickle.dumps(item))])
def test_a_copy_holds_the_numbers_that_are_used_and_nothing_else_around(copy):
    around = values("tau=10*ms k=3") | {"test": lambda: None, "file": pytest}
    part = copy(make_part("dx/dt = -x/tau : 1", around=around))
    assert list(part.around) == ["tau"]
    assert resolve(part) == resolve(make_part("dx/dt = -x/tau : 1", around=around))


def test_written_statements_can_be_read_again():
    text = parse_equations(Source(COBAHH))
    again = parse_equations(Source(write_statements(text.statements)))
    assert again.statements == text.statements
