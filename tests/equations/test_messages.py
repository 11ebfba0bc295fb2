"""What a student reads after a mistake in equations; each text is a golden file."""

import pytest

from brian_nb.diagnostics import Source
from brian_nb.equations import (
    Assembly,
    Part,
    parse_equations,
    resolve_equations,
    resolve_expression,
    resolve_parts,
    resolve_statements,
)
from brian_nb.equations.dimensions import check_assignments, check_dimensions, check_threshold
from brian_nb.equations.parts import substitute_keywords
from brian_nb.errors import BrianError
from tests.equations.conftest import check_golden, make_namespace

VALUES = make_namespace(
    "tau=10*ms tau_m=20*ms El=-60*mV R=50*Mohm C=200*pF sigma=2*mV I0=1*nA gl=10*nS"
)
VALUES |= {"data": [1, 2, 3], "label": "x", "rates": lambda t: t}

EQUATIONS = {
    # units
    "conductance_minus_voltage": "\ndv/dt = (ge - v)/tau : volt\nge : siemens",
    "missing_time_constant": "dv/dt = El - v : volt\ntau_v : second",
    "missing_time_constant_unnamed": "dv/dt = -v : volt",
    "current_without_resistance": "dv/dt = (El - v + I)/tau + R*I0/tau : volt\nI : amp",
    "current_without_capacitance": "dv/dt = gl*(El - v) : volt\nCm = C : farad",
    "number_without_unit": "dv/dt = (El - v + 10)/tau : volt",
    "noise_without_root": "dv/dt = (El - v)/tau + sigma*xi : volt",
    "noise_over_time_constant": "dv/dt = (El - v)/tau + sigma*xi/tau : volt",
    "static_of_other_unit": "u = 2*El : siemens",
    "exponential_of_voltage": "g = exp(v)*nS : siemens\nv : volt",
    "exponent_with_unit": "g = 2**v : 1\nv : volt",
    "power_by_a_name": "g = v**n : volt\nv : volt\nn : 1",
    "choice_of_two_units": "g = (v if v > El else 0.5) : volt\nv : volt",
    "arguments_of_two_units": "g = clip(v, 0, I0) : volt\nv : volt",
    "several_unit_problems": "dv/dt = -v : volt\ndw/dt = (w - v)/tau + exp(t) : 1\nu = 3 : Hz",
    "unit_problem_in_a_continued_line": "# leak and input\ndv/dt = (El - v)/tau \\\n"
    "    + R*(I0 - v)/tau : volt  # input\n",
    "unit_problem_over_two_lines": "dv/dt = (El - v)/tau \\\n   + (I0 \\\n   + v)*R/tau : volt",
    "unit_problem_in_a_long_line": "dv/dt = " + "(El - v)/tau + " * 10 + "(v + I0)/tau : volt",
    "declared_unit_unknown": "v : volts\nr : Hertz",
    "declared_unit_with_number": "v : 2*volt",
    "power_of_unit_with_one_star": "u = xi : second*(-.5)",
    # names
    "unknown_name": "dv/dt = (El - v)/taum : volt",
    "unknown_name_like_none": "dv/dt = (El - v)/tau + drive : volt",
    "unknown_names_in_several_lines": "dv/dt = (E1 - v)/tau : volt\nu = alphas*3 : 1\nalpham : 1",
    "unknown_unit_in_expression": "dv/dt = (10*mvolts - v)/tau : volt",
    "unknown_function": "u = expo(3) + ln(2) + foo(1) : 1",
    "function_of_the_user": "dv/dt = (rates(t) - v)/tau : 1",
    "variable_called_as_function": "dv/dt = -v(t)/tau + I(3) : volt\nI : volt",
    "wrong_number_of_arguments": "u = clip(3, 1) + exp() : 1",
    "random_number_in_equation": "dv/dt = -v/tau + randn() : 1",
    "list_as_constant": "u = data*2 : 1",
    "string_as_constant": "u = label*2 : 1",
    "function_as_constant": "u = rates : 1",
    "alias_of_nothing": "z = q",
    "alias_of_noise": "z = xi",
    "circle": "a = b + 1 : 1\nb = c : 1\nc = 2*a : 1",
    "defined_twice": "dv/dt = -v/tau : volt\nw : 1\nv = El : volt",
    "time_defined": "t : second",
    "python_word_defined": "lambda = 3 : 1",
    # form
    "no_unit": "dv/dt = (El - v)/tau\nu = 2*El",
    "empty_unit": "v :",
    "no_colon": "dv/dt = (El - v)/tau volt",
    "no_star": "dv/dt = 2v/tau + (El)(v) : volt",
    "caret_as_power": "dv/dt = -v^2/tau : 1",
    "bracket_not_closed": "dv/dt = (El - v/tau : volt\ndw/dt = -w/tau : 1",
    "bracket_not_opened": "dv/dt = El - v)/tau : volt",
    "operator_without_operand": "dv/dt = (El - )/tau : volt\nu = *3 : 1\nw = 2 + : 1",
    "nothing_on_the_right": "dv/dt = : volt",
    "derivative_without_equation": "dv/dt : volt",
    "factor_before_derivative": "tau*dv/dt = El - v : volt",
    "prime_as_derivative": "v' = (El - v)/tau : volt",
    "comparison_for_equation": "u == 3 : 1",
    "words": "this is no equation",
    "attribute": "dv/dt = (group.E - v)/tau : volt",
    "element": "u = data[0] : 1",
    "code": "u = __import__('os').system('ls') : 1\nw = (lambda: 3)() : 1",
    "tuple": "u = (3, 4) : 1",
    "typographic_minus": "dv/dt = (El \N{MINUS SIGN} v)/tau : volt\nu = v² : 1",
    "number_as_condition": "u = 3 if v else 4 : 1\nv : 1",
    "number_too_large": "u = 1e400 : 1",
    "nested_too_deeply": "u = " + "-" * 150 + "3 : 1",
    "grows_too_large": "a : 1\n" + "\n".join(f"a{k} = {p}*{p} : 1" for k, p in enumerate(
        ["a", *(f"a{k}" for k in range(15))])),
}  # fmt: skip


def check_model(text):
    source = Source(text, "cell In[7], equations of `excitatory`")
    system = resolve_equations(parse_equations(source), VALUES)
    check_dimensions(system)
    return system


def message_of(action, *args):
    with pytest.raises(BrianError) as caught:
        action(*args)
    return "\n".join(caught.value._render_traceback_())


@pytest.mark.parametrize("name", EQUATIONS)
def test_a_mistake_in_equations_reads_like_this(name):
    check_golden(name, message_of(check_model, EQUATIONS[name]))


THRESHOLDS = {
    "threshold_without_unit": "v > -50",
    "threshold_no_condition": "v",
    "threshold_with_unknown_name": "v > vth",
    "threshold_with_single_equals": "v = vt",
    "threshold_of_two_numbers": "v > vt and w",
}


@pytest.mark.parametrize("name", THRESHOLDS)
def test_a_mistake_in_a_threshold_reads_like_this(name):
    def check(text):
        system = check_model("dv/dt = (El - v)/tau : volt\nw : 1")
        source = Source(text, "cell In[7], threshold of `excitatory`")
        namespace = VALUES | make_namespace("vt=-50*mV")
        expression, constants = resolve_expression(source, system, namespace, allow_random=True)
        check_threshold(expression, system.with_constants(constants))

    check_golden(name, message_of(check, THRESHOLDS[name]))


RESETS = {
    "reset_without_unit": "v = -60",
    "reset_of_two_units": "v = El; w += El\nw *= 2*mV",
    "reset_of_unknown_variable": "v = El; ww += 1",
    "reset_of_constant": "El = v",
    "reset_of_static": "u = 3*mV",
    "reset_without_assignment": "v == El; w + 1",
}


@pytest.mark.parametrize("name", RESETS)
def test_a_mistake_in_a_reset_reads_like_this(name):
    def check(text):
        system = check_model("dv/dt = (El - v)/tau : volt\nw : 1\nu = 2*v : volt")
        source = Source(text, "cell In[7], reset of `excitatory`")
        found, constants = resolve_statements(source, system, VALUES)
        check_assignments(found, system.with_constants(constants))

    check_golden(name, message_of(check, RESETS[name]))


def test_equations_of_two_cells_that_collide_show_both():
    first = parse_equations(Source("dv/dt = -v/tau : volt", "cell In[3], equations"))
    second = parse_equations(Source("I : amp\nv : volt", "cell In[5], equations"))
    check_golden("defined_twice_in_two_cells", message_of(Assembly, (Part(first), Part(second))))


KEYWORDS = {
    "keyword_value_of_a_variable": ("dx/dt = -x/tau : volt", {"x": 3.0}),
    "keyword_text_for_a_variable": ("dx/dt = -x/tau : volt", {"x": "v + 1"}),
    "keyword_text_broken": ("dx/dt = -x/tau : volt", {"tau": "2*(tau_m"}),
    "keyword_name_of_the_time": ("dx/dt = -x/tau : volt", {"x": "t"}),
    "keyword_name_taken": ("dx/dt = -x/tau : volt\ny : volt", {"x": "y"}),
    "keyword_text_for_an_alias": ("v : volt\nz = drive", {"drive": "2*v"}),
    "keyword_missing": ("dx/dt = -x/tau : volt", {"T": 10 * make_namespace("")["ms"]}),
    "keyword_misspelt": ("dx/dt = -x/taum : volt", {"tau_m": 10 * make_namespace("")["ms"]}),
}


@pytest.mark.parametrize("name", KEYWORDS)
def test_a_mistake_in_a_keyword_reads_like_this(name):
    def make(text, keywords):
        source = Source(text, "cell In[7], equations")
        assembly, _ = substitute_keywords(Assembly((Part(parse_equations(source)),)), keywords)
        resolve_parts(assembly.parts)

    check_golden(name, message_of(make, *KEYWORDS[name]))
