"""The equations of a ``%%brian`` cell are coloured, readably, in both themes."""

import re
import subprocess
import sys

import nbformat
import pytest

import brian_nb
from tests.browser.contrast import READABLE, measure_contrast

CELL = """\
%%brian P 4000 --threshold "V > -50*mV"
dV/dt = (ge - (V - El))/(20*ms) + sigma*xi/ms**.5 : volt  # membrane
dge/dt = -ge/(5*ms) : volt
alpha = exp(-V/mV) : 1
refractory: 5*ms
init: V = -60*mV + 10*mV*rand()"""
PYTHON_CELL = "x = 3  # volt, and dV/dt : volt"

TOKENS_OF_EACH_KIND = {
    "magic": "%%brian",
    "option": "--threshold",
    "section": "refractory:",
    "derivative": "dV/dt",
    "defined": "alpha",
    "name": "El",
    "function": "exp",
    "noise": "xi",
    "unit": "volt",
    "number": "20",
    "operator": "=",
    "comment": "# membrane",
}


@pytest.fixture
def notebook_file(tmp_path):
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(text) for text in (CELL, PYTHON_CELL)]
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = tmp_path / "equations.ipynb"
    nbformat.write(book, path)
    return path


@pytest.fixture(params=["light", "dark"])
def shown(request, open_notebook, notebook_file, artifacts):
    notebook = open_notebook(notebook_file, theme=request.param)
    notebook.page.wait_for_selector(".cm-brian-derivative")
    notebook.shoot(artifacts / f"equations-{request.param}.png")
    return notebook


def read_tokens(notebook, kind):
    """Text, colour, weight and slant of the tokens of a kind in the first cell."""
    return (
        notebook.page.locator(".jp-Cell")
        .nth(0)
        .locator(f".cm-brian-{kind}")
        .evaluate_all(
            """nodes => nodes.map(node => {
            const style = getComputedStyle(node);
            return [node.textContent, style.color, style.fontWeight, style.fontStyle];
        })"""
        )
    )


def read_background(notebook):
    return (
        notebook.page.locator(".jp-Cell .jp-InputArea-editor")
        .nth(1)
        .evaluate("node => getComputedStyle(node).backgroundColor")
    )


def test_jupyterlab_lists_the_extension_as_enabled():
    command = [sys.executable, "-m", "jupyterlab.labextensions", "list"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    listed = re.sub(r"\x1b\[\d+m", "", result.stdout + result.stderr)
    assert f"brian-nb v{brian_nb.__version__} enabled OK" in listed


def test_the_equations_are_coloured_and_python_is_not(shown):
    looks = {}
    for kind, text in TOKENS_OF_EACH_KIND.items():
        tokens = read_tokens(shown, kind)
        assert text in "".join(token[0] for token in tokens), kind  # Python's spans cut ours
        assert len({tuple(token[1:]) for token in tokens}) == 1, kind
        looks[kind] = tuple(tokens[0][1:])
    background = read_background(shown)
    contrasts = {kind: measure_contrast(look[0], background) for kind, look in looks.items()}
    assert min(contrasts.values()) > READABLE, contrasts
    assert len({looks[kind] for kind in ("derivative", "unit", "number", "name", "noise")}) == 5
    assert len({looks[kind][1:] for kind in ("derivative", "unit", "number")}) == 3
    assert shown.page.locator(".jp-Cell").nth(1).locator(".cm-brian").count() == 0
    assert [problem for problem in shown.problems if "brian" in problem.lower()] == []


def test_colours_follow_what_is_typed(open_notebook, notebook_file):
    notebook = open_notebook(notebook_file)
    editor = notebook.page.locator(".jp-Cell").nth(1).locator(".cm-content")
    editor.click()
    notebook.page.keyboard.press("Control+A")
    notebook.page.keyboard.insert_text("%%brian Q\nv : volt")
    coloured = notebook.page.locator(".jp-Cell").nth(1).locator(".cm-brian")
    coloured.last.wait_for()
    assert "".join(coloured.all_inner_texts()) == "%%brianQvvolt"
    notebook.page.keyboard.press("Control+Home")
    notebook.page.keyboard.insert_text("#")
    coloured.first.wait_for(state="detached")
    assert coloured.count() == 0
