"""What a student reads after a mistake; each text is a golden file, and the notebook lives on."""

import numpy as np
import pytest

from tests.magics.conftest import check_golden

FIRING = "threshold: v > Vt\nreset: v = Vr"
MISTAKES = {
    "unit_mismatch": f"%%brian P 40\ndv/dt = (El - v + ge)/tau : volt\nge : siemens\n{FIRING}",
    "unit_mismatch_in_threshold": "%%brian P 40\ndv/dt = (El - v)/tau : volt\nthreshold: v > tau",
    "unit_mismatch_in_init": "%%brian P 40\ndv/dt = (El - v)/tau : volt\ninit: v = 3*ms",
    "init_that_is_not_finite": "%%brian P 40\ndv/dt = (El - v)/tau : volt\ninit: v = 1*mV/0",
    "unknown_name": f"%%brian P 40\n\ndv/dt = (El - v)/tua : volt\n{FIRING}",
    "unknown_name_in_reset": "%%brian P 40\ndv/dt = (El - v)/tau : volt\n"
    "threshold: v > Vt\nreset: v = Vrr",
    "unknown_name_on_the_line": '%%brian P 40 --threshold "v > Vth"\ndv/dt = (El - v)/tau : volt',
    "zero_neurons": "%%brian P 0\ndv/dt = (El - v)/tau : volt",
    "fraction_of_a_neuron": "%%brian P 2.5\ndv/dt = (El - v)/tau : volt",
    "number_with_a_unit": "%%brian P tau\ndv/dt = (El - v)/tau : volt",
    "number_that_is_a_text": "%%brian P 'forty'\ndv/dt = (El - v)/tau : volt",
    "number_with_its_name": "%%brian P N=40\ndv/dt = (El - v)/tau : volt",
    "negative_number": "%%brian P -4\ndv/dt = (El - v)/tau : volt",
    "number_that_is_no_name": "%%brian P n_cells\ndv/dt = (El - v)/tau : volt",
    "no_name": "%%brian 4000 P\ndv/dt = (El - v)/tau : volt",
    "no_name_at_all": "%%brian\ndv/dt = (El - v)/tau : volt",
    "second_number": "%%brian P 40 50\ndv/dt = (El - v)/tau : volt",
    "option_that_is_misspelt": "%%brian P 40 --treshold v>Vt\ndv/dt = (El - v)/tau : volt",
    "option_with_one_dash": "%%brian P -n 40\ndv/dt = (El - v)/tau : volt",
    "option_without_value": "%%brian P 40 --threshold\ndv/dt = (El - v)/tau : volt",
    "option_without_quotes": "%%brian P 40 --threshold v > Vt\ndv/dt = (El - v)/tau : volt",
    "no_body": "%%brian P 40",
    "nothing_but_the_magic": "\n%%brian\n",
    "empty_cell": "%%brian P 40\n   \n# nothing yet\n",
    "no_unit_declared": "%%brian P 40\ndv/dt = (El - v)/tau",
    "parameter_with_a_section_name": "%%brian P 40\ndv/dt = (El - v)/tau : volt\nthreshold : volt",
    "section_twice": f"%%brian P 40\ndv/dt = (El - v)/tau : volt\n{FIRING}\nthreshold: v > 0*mV",
    "section_without_content": "%%brian P 40\ndv/dt = (El - v)/tau : volt\nreset:",
    "refractory_is_no_time": "%%brian P 40\ndv/dt = (El - v)/tau : volt\nrefractory: 5*mV",
    "unknown_method": "%%brian P 40\ndv/dt = (El - v)/tau : volt\nmethod: magic",
    "sections_without_a_number": "%%brian P\ndv/dt = (El - v)/tau : volt\nthreshold: v > Vt",
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_in_a_cell_is_explained_and_defines_nothing(notebook, name):
    message = notebook.fail(MISTAKES[name])
    assert "Traceback" not in message
    assert "P" not in notebook.names
    check_golden(name, message)
    notebook.run("still_alive = True")


def test_message_bears_the_number_of_the_cell_that_its_prompt_shows(notebook):
    result, _ = notebook._run("%%brian P 40\ndv/dt = (El - v)/tua : volt")
    number = result.execution_count
    message = notebook.fail("NeuronGroup(3, 'dv/dt = -v/tua : volt')")
    assert f"cell In[{number + 1}]" in message
    assert f"cell In[{number + 2}]" in notebook.fail("%%brian P 40\ndv/dt = (El - v)/tua : volt")


def test_unloading_leaves_an_empty_cell_to_the_shell(notebook):
    notebook.run("%unload_ext brian_nb")
    assert "not found" in notebook.fail("%%brian P 40")
    notebook.run("%load_ext brian_nb")


def test_line_numbers_count_from_the_top_of_the_cell(notebook):
    message = notebook.fail("\n\n%%brian P 40\n\ndv/dt = (El - v)/tua : volt")
    assert "line 5" in message


@pytest.fixture
def network(notebook):
    notebook.run(
        "%%brian P 4\ndv/dt = (El - v + k*v*v/mV)/tau : volt\nk : 1\nthreshold: v > 1*volt"
    )
    notebook.run("M = StateMonitor(P, 'v', record=True)\nP.v = Vr")
    return notebook


def test_negative_delay_is_explained_and_the_connection_not_made(network):
    check_golden("negative_delay", network.fail("C = Connection(P, P, 'v', delay=-1*ms)"))
    assert "C" not in network.names


def test_state_that_is_no_number_stops_the_run_and_keeps_the_data(network):
    network.run("run(10*ms)")
    network.names["P"].k = -1
    message = network.fail("run(10*ms)")
    check_golden("state_is_no_number", message)
    recorded = network.names["M"].values
    assert recorded.shape[1] >= 100
    assert np.all(np.isfinite(recorded))


def test_after_an_error_in_a_run_the_notebook_goes_on(network):
    network.names["P"].k = -1
    network.fail("run(10*ms)")
    network.run("P.k = 0; P.v = Vr\nrun(10*ms)")
    assert np.all(np.isfinite(network.names["P"].v))
