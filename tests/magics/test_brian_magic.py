"""What a %%brian cell makes, and what happens when it is run again."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from brian_nb import Equations, NeuronGroup
from brian_nb.magics.cell import split_cell

ROOT = Path(__file__).parents[2]
LEAK = "dv/dt = -(v - El)/tau : volt\n"


def test_cell_with_a_number_makes_a_group_of_that_name(notebook):
    notebook.run(f"%%brian P 40\n{LEAK}threshold: v > Vt\nreset: v = Vr")
    group = notebook.names["P"]
    assert isinstance(group, NeuronGroup)
    assert len(group) == 40
    assert float(group.El) == -0.049


def test_number_of_neurons_may_be_an_expression_of_names(notebook):
    notebook.run("n = 30")
    notebook.run(f"%%brian P 2*n+1\n{LEAK}")
    assert len(notebook.names["P"]) == 61


def test_cell_without_a_number_makes_equations_to_be_used_later(notebook):
    notebook.run("%%brian membrane\ndv/dt = (I - v)/tau : volt\nI : volt")
    notebook.run("G = NeuronGroup(3, membrane)")
    assert isinstance(notebook.names["membrane"], Equations)
    assert notebook.names["G"].system.variables == ("v", "I")


def test_options_on_the_line_and_lines_in_the_cell_mean_the_same(notebook):
    options = '--threshold "v > Vt" --reset "v = Vr" --refractory 5*ms --method Euler'
    lines = "threshold: v > Vt\nreset: v = Vr\nrefractory: 5*ms\nmethod: Euler"
    notebook.run(f"%%brian A 5 {options}\n{LEAK}")
    notebook.run(f"%%brian B 5\n{LEAK}{lines}")
    a, b = notebook.names["A"], notebook.names["B"]
    assert a.describe_model().threshold == b.describe_model().threshold
    assert a.describe_model().reset == b.describe_model().reset
    assert float(a.refractory) == float(b.refractory) == 0.005
    assert a.integrator == b.integrator


def test_threshold_and_reset_may_be_plain_values_of_the_membrane(notebook):
    notebook.run(f"%%brian A 5 --threshold -50*mV --reset -60*mV\n{LEAK}")
    notebook.run(f"%%brian B 5\n{LEAK}threshold: v > -50*mV\nreset: v = -60*mV")
    a, b = (notebook.names[name].describe_model() for name in "AB")
    assert a.threshold == b.threshold
    assert a.reset == b.reset


def test_named_value_of_a_threshold_stays_a_constant_that_can_be_turned(notebook):
    notebook.run(f"%%brian A 5\n{LEAK}threshold: Vt\nreset: Vr")
    assert float(notebook.names["A"].Vt) == -0.05


def test_refractoriness_given_in_a_cell_spaces_the_spikes(notebook):
    notebook.run(f"%%brian P 1\n{LEAK}threshold: v > Vt\nreset: v = Vr\nrefractory: 5*ms")
    notebook.run("M = SpikeMonitor(P)\nrun(0.3*second)")
    free = 20e-3 * np.log(11)
    assert np.allclose(np.diff(notebook.names["M"][0]), free + 5e-3, atol=2e-4)


def test_initial_values_are_those_that_numpy_draws_from_the_same_seed(notebook):
    notebook.run("seed(7)")
    notebook.run(f"%%brian P 40\n{LEAK}init: v = Vr + (Vt - Vr)*rand()")
    notebook.run("seed(7)\nexpected = Vr + rand(40)*(Vt - Vr)")
    assert np.array_equal(notebook.names["P"].v, notebook.names["expected"])


def test_each_rand_of_an_initial_value_is_a_draw_of_its_own(notebook):
    notebook.run(f"%%brian P 40\n{LEAK}w : 1\ninit: w = rand() - rand()\ninit: w += 2; v = El")
    assert np.std(notebook.names["P"].w) > 0.1
    assert np.all(notebook.names["P"].w > 1)
    assert np.all(notebook.names["P"].v == -0.049)


def test_group_is_shown_with_its_equations_units_and_the_reason_of_its_integrator(notebook):
    shown = notebook.run(f"%%brian P 40\n{LEAK}threshold: v > Vt\nreset: v = Vr").outputs[0]
    page = shown.data["text/html"]
    group = notebook.names["P"]
    assert "$$" in page and r"\frac" in page
    assert "volt" in page and "-49" in page
    assert group.integrator in page and group.reason in page
    assert "P: 40 neurons" in page


def test_description_escapes_what_a_user_types(notebook):
    notebook.run(f"%%brian P 4\n{LEAK}threshold: v > Vt and v < 0*mV")
    page = notebook.names["P"].to_html()
    assert "v &lt; 0*mV" in page and "v < 0" not in page


# -- the cell run again ---------------------------------------------------------------------

FIRING = f"{LEAK}threshold: v > Vt\nreset: v = Vr\ninit: v = Vr + (Vt - Vr)*rand()"
NETWORK = """\
half = P.subgroup(20)
C = Connection(half, P, 'v', weight=1*mV, sparseness=0.1)
M = SpikeMonitor(P)
S = StateMonitor(P, 'v', record=0)
everything = [P, C]
net = Network(P, C, M, S)"""


def test_cell_run_again_moves_all_that_refers_to_the_group(notebook):
    notebook.run(f"%%brian P 40\n{FIRING}")
    notebook.run(NETWORK)
    notebook.run("net.run(50*ms)")
    before = notebook.names["M"].nspikes
    notebook.run(f"%%brian P 40\n{FIRING}")
    names = notebook.names
    new = names["P"]
    assert names["half"].owner is names["C"].target is names["M"].source is new
    assert names["C"].source is names["half"]
    assert names["everything"][0] is new
    assert names["net"].groups == [new]
    notebook.run("net.run(50*ms)")
    assert names["M"].nspikes > before > 0
    assert names["S"].values.shape == (1, 1000)


def test_cell_run_again_says_nothing_where_all_could_follow(notebook):
    notebook.run(f"%%brian P 40\n{FIRING}")
    notebook.run(NETWORK)
    shown = notebook.run(f"%%brian P 40\n{FIRING}")
    assert len(shown.outputs) == 1


def test_other_size_names_what_must_be_run_again_and_keeps_the_data(notebook):
    notebook.run(f"%%brian P 40\n{FIRING}")
    notebook.run(NETWORK)
    notebook.run("net.run(50*ms)")
    shown = notebook.run(f"%%brian P 50\n{FIRING}")
    message = shown.outputs[-1].data["text/plain"]
    assert "`half`, `C`, `M` and `S`" in message
    assert "40 neurons" in message and "50" in message
    assert notebook.names["M"].nspikes > 0
    assert len(notebook.names["P"]) == 50


def test_old_group_cannot_be_run_by_mistake(notebook):
    notebook.run(f"%%brian P 40\n{FIRING}")
    notebook.run(NETWORK)
    notebook.run(f"%%brian P 50\n{FIRING}")
    assert "Re-run the cells" in notebook.fail("run(10*ms)")
    notebook.run(NETWORK)
    notebook.run("net.run(10*ms)")


def test_variable_that_is_gone_holds_back_only_what_uses_it(notebook):
    notebook.run(f"%%brian P 40\n{FIRING}\nw : 1")
    notebook.run("M = SpikeMonitor(P)\nW = StateMonitor(P, 'w', record=0)")
    shown = notebook.run(f"%%brian P 40\n{FIRING}")
    assert "`W` still belongs" in shown.outputs[-1].data["text/plain"]
    assert notebook.names["M"].source is notebook.names["P"]


def test_failing_cell_leaves_the_old_group_and_its_network_as_they_were(notebook):
    notebook.run(f"%%brian P 40\n{FIRING}")
    notebook.run(NETWORK)
    old = notebook.names["P"]
    notebook.fail(f"%%brian P 40\n{FIRING}\ndw/dt = 1*mV : volt")
    assert notebook.names["P"] is old
    notebook.run("net.run(10*ms)")


def test_history_of_the_shell_keeps_the_old_group(notebook):
    notebook.run(f"%%brian P 40\n{FIRING}")
    notebook.run("P")
    old = notebook.names["P"]
    notebook.run(f"%%brian P 40\n{FIRING}")
    assert notebook.names["_"] is old


def test_live_run_of_the_old_group_is_stopped_and_the_author_told(notebook):
    notebook.run(f"%%brian P 40\n{FIRING}")
    notebook.run("M = SpikeMonitor(P)\npanel = live(P, M)")
    shown = notebook.run(f"%%brian P 40\n{FIRING}")
    assert "live run of the old `P` was stopped" in shown.outputs[-1].data["text/plain"]
    assert notebook.names["panel"].session.state == "stopped"
    notebook.run("run(10*ms)")


# -- the extension --------------------------------------------------------------------------


def test_loading_waits_for_no_heavy_library():
    heavy = "{'numba', 'sympy', 'matplotlib'}"
    code = f"import sys, brian_nb.magics.brian; print({heavy} & set(sys.modules) or 'light')"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert found.stdout.strip() == "light", found.stderr


def test_unloading_takes_the_magic_back(notebook):
    notebook.run("%unload_ext brian_nb")
    assert notebook.shell.find_cell_magic("brian") is None
    notebook.run("%load_ext brian_nb")
    assert notebook.shell.find_cell_magic("brian")


def test_question_mark_explains_the_magic_with_examples(notebook):
    text = notebook.shell.find_cell_magic("brian").__doc__
    for word in ("threshold", "refractory", "init", "%%brian P 4000"):
        assert word in text


# -- the text of a cell ---------------------------------------------------------------------


def test_places_in_the_body_keep_their_line_numbers():
    body = "dv/dt = -v/tau : volt\n  threshold: v > 1*mV\ntau : second\n"
    parts = split_cell("P 3", body, "cell In[3]", 1)
    assert parts.equations.text == "dv/dt = -v/tau : volt\n" + " " * 21 + "\ntau : second\n"
    assert parts.equations.line_of(parts.equations.text.rindex("tau :")) == 4
    assert parts.sections["threshold"].line_text(25) == "  threshold: v > 1*mV"


@pytest.mark.parametrize(
    "line", ["P 3 --reset -60*mV", "P 3 --reset=-60*mV", "P 3 --reset '-60*mV'"]
)
def test_negative_value_of_an_option_needs_no_quotes(line):
    assert split_cell(line, "v : volt").sections["reset"].text.strip() == "-60*mV"
