"""What a student sees in JupyterLab after a mistake: the object, the place, the data kept."""

import time
from dataclasses import dataclass

import nbformat
import pytest

from tests.browser.contrast import READABLE, measure_contrast

START = """\
%load_ext brian_nb
from brian_nb import *
tau = 20*ms; El = -49*mV; Vt = -50*mV; Vr = -60*mV"""

GOOD = """\
%%brian P 4
dv/dt = (El - v)/tau : volt
threshold: v > Vt
reset: v = Vr"""


@dataclass(frozen=True)
class Mistake:
    """A cell, and what its author reads below it."""

    cell: str
    texts: tuple


MISTAKES = (
    Mistake(
        "%%brian P 40\ndv/dt = (El - v + ge)/tau : volt\nge : siemens",
        ("different dimensions", "`P`, line 2", "^^^^^^ volt", "^^ siemens", "hint: "),
    ),
    Mistake(
        "%%brian P 40\ndv/dt = (El - v)/tua : volt",
        ("the name tua is not defined", "`P`, line 2", "did you mean tau?"),
    ),
    Mistake("%%brian P -4\ndv/dt = -v/tau : volt", ("whole number from 1 on", "`P`", "^^")),
    Mistake("%%brian P 'forty'\ndv/dt = -v/tau : volt", ("whole number from 1 on", "^^^^^^^")),
    Mistake("%%brian P 40", ("`P` has no equations", "hint: write them below")),
    Mistake("%%brian", ("gives its group no name", "%%brian P 4000")),
    Mistake(
        "%%brian P 40 --treshold 'v > Vt'\ndv/dt = -v/tau : volt",
        ("there is no option --treshold", "did you mean --threshold?"),
    ),
    Mistake("G = NeuronGroup(-4, 'dv/dt = -v/tau : volt')", ("at least one neuron", "N = -4")),
    Mistake("G = NeuronGroup('4', 'dv/dt = -v/tau : volt')", ("whole number", "'4'")),
    Mistake("C = Connection(P, P, 'v', delay=-1*ms)", ("delay", "cannot be negative", "-1. ms")),
    Mistake("P.El = 3*ms", ("El of `P`", "must be in volt", "second")),
    Mistake("live(P, sliders=['Ell'])", ("'Ell'", "did you mean El?")),
)

DIVISION = """\
tau0 = 0*ms
D = NeuronGroup(3, 'dx/dt = (1 - x)/tau0 : 1')
Network(D).run(1*ms)"""

DIVERGES = """\
Q = NeuronGroup(2, '''dx/dt = (k*x*x - x)/tau : 1
                      k : 1''', clock=Clock())
Q.x = 0.5
trace = StateMonitor(Q, 'x', record=True, clock=Q.clock)
net = Network(Q, trace)
net.run(10*ms)
Q.k = 30
net.run(1*second)"""

LIVE = """\
Q.k, Q.x = 2, 0.5  # at rest, but not stable
n_before = len(trace.times)
panel = live(net, speed='max')
panel"""

LONG = """\
M = SpikeMonitor(P)
long = Network(P, M)
long.run(100*ms)
print('begun')
long.run(10**6*second)"""

CELLS = (START, GOOD, *(item.cell for item in MISTAKES), DIVISION, DIVERGES, LIVE, "Q.k = 30", LONG)
FIRST_MISTAKE = 2
PLACE = {cell: place for place, cell in enumerate(CELLS)}


@pytest.fixture
def notebook(open_notebook, tmp_path):
    """One page with all cells, the first two of which were run."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = tmp_path / "wrong_input.ipynb"
    nbformat.write(book, path)
    page = open_notebook(path)
    for place in range(FIRST_MISTAKE):
        page.run_cell(place)
    return page


def read_messages(notebook, *cells):
    """Text below each cell, run one after the other."""
    for cell in cells:
        notebook.run_cell(PLACE[cell])
    return [notebook.output(PLACE[cell]) for cell in cells]


def check_message(message, *texts):
    for text in texts:
        assert text in message, message
    assert "Traceback" not in message
    assert "site-packages" not in message and "brian_nb/" not in message


def wait_for_output(notebook, cell, text, timeout=30):
    place = notebook.page.locator(".jp-Notebook .jp-Cell").nth(PLACE[cell])
    place.locator(".jp-Cell-outputArea").get_by_text(text).first.wait_for(timeout=timeout * 1000)


def measure_contrasts(notebook, selector):
    """Contrast of the text of elements with what is painted behind them."""
    colours = notebook.page.locator(selector).evaluate_all(
        """nodes => nodes.map(node => {
            const colours = [getComputedStyle(node).color];
            for (; node; node = node.parentElement)
                colours.push(getComputedStyle(node).backgroundColor);
            return colours;
        })"""
    )
    return [measure_contrast(*painted) for painted in colours]


def see_mistakes(notebook):
    messages = read_messages(notebook, *(item.cell for item in MISTAKES))
    for place, (mistake, message) in enumerate(zip(MISTAKES, messages, strict=True)):
        check_message(message, *mistake.texts)
        if mistake.cell.startswith("%%brian"):
            assert f"cell In[{FIRST_MISTAKE + place + 1}]" in message, message
    assert notebook.ask("len(P), float(P.El)") == (4, -0.049)


def see_states_that_are_no_numbers(notebook):
    division, divergence = read_messages(notebook, DIVISION, DIVERGES)
    check_message(division, "x of `D` became nan", "t = 0 ms", "division by zero")
    check_message(divergence, "x of `Q` became inf", "last finite value", "what was recorded")
    assert notebook.ask("len(trace.times) > 100 and bool(isfinite(trace.values).all())")


def see_a_live_run_fail(notebook):
    notebook.run_cell(PLACE[LIVE])
    wait_for_output(notebook, LIVE, "running")
    notebook.run_cell(PLACE["Q.k = 30"])
    wait_for_output(notebook, LIVE, "SimulationError")
    check_message(notebook.output(PLACE[LIVE]), "failed", "x of `Q` became inf", "hint: ")
    slider = notebook.page.locator(".brian-nb-panel .widget-slider").filter(has_text="k")
    assert slider.locator(".widget-readout").inner_text() == "30.00"
    assert notebook.ask("len(trace.times) > n_before")


def see_an_interrupt(notebook):
    notebook.start_cell(PLACE[LONG])
    wait_for_output(notebook, LONG, "begun")
    time.sleep(0.5)
    notebook.command("kernelmenu:interrupt")
    notebook.wait_until_idle()
    check_message(notebook.output(PLACE[LONG]), "the run stopped at t =", "data is kept")
    assert notebook.ask("long.clock.t > 200*ms and M.nspikes > 4")


def test_mistakes_are_explained_and_the_notebook_lives_on(notebook, artifacts):
    see_mistakes(notebook)
    see_states_that_are_no_numbers(notebook)
    see_a_live_run_fail(notebook)
    see_an_interrupt(notebook)
    for theme in ("light", "dark"):
        notebook.show_theme(theme)
        notebook.page.locator(".brian-nb-panel").scroll_into_view_if_needed()
        time.sleep(0.5)
        notebook.shoot(artifacts / f"wrong-input-{theme}.png")
        contrasts = measure_contrasts(notebook, ".jp-RenderedText pre, pre.brian-nb-diagnostic")
        assert len(contrasts) > len(MISTAKES) and min(contrasts) > READABLE, contrasts
    assert notebook.problems == []
