"""The page about handles in a real JupyterLab: sliders that act, and widgets that follow them."""

import json
import time

import pytest

from tests.browser.conftest import ROOT

NOTEBOOK = ROOT / "notebooks" / "01-handles.ipynb"
PLACES = {cell["id"]: place for place, cell in enumerate(json.loads(NOTEBOOK.read_text())["cells"])}
WIDEST = 560
"""Pixels of a slider with its name and its unit, where the page has room for more."""


def find_cell(notebook, name):
    return notebook.page.locator(".jp-Notebook .jp-Cell").nth(PLACES[name])


def find_slider(notebook, cell, name):
    """A slider in the output of a cell."""
    label = notebook.page.get_by_text(name, exact=True)
    return find_cell(notebook, cell).locator(".widget-slider").filter(has=label)


def drag(notebook, cell, name, share):
    notebook.drag(find_slider(notebook, cell, name).locator(".noUi-target"), share)
    time.sleep(0.5)


def read_bar(notebook):
    """Filled share of the progress bar."""
    bar = find_cell(notebook, "link").locator(".progress-bar")
    return bar.evaluate("node => node.clientWidth / node.parentElement.clientWidth")


def test_sliders_turn_objects_and_what_is_linked_to_them_follows(open_notebook, artifacts):
    notebook = open_notebook(NOTEBOOK)
    notebook.run_all()
    assert notebook.ask("inputs.rate[0].item(), float(drive.delay)") == (20.0, 2e-3)

    drag(notebook, "values", "rate", 0.4)
    rate = notebook.ask("inputs.rate[0].item()")
    assert rate == pytest.approx(40.0, abs=5)
    assert read_bar(notebook) == pytest.approx(rate / 50, abs=0.02)

    drag(notebook, "drive", "delay", 0.9)
    delay = notebook.ask("float(drive.delay)")
    assert delay > 2e-3
    assert notebook.ask("float(brake.delay)") == delay

    assert find_slider(notebook, "values", "rate").bounding_box()["width"] <= WIDEST
    for theme in ("light", "dark"):
        notebook.show_theme(theme)
        find_cell(notebook, "monitors").scroll_into_view_if_needed()
        time.sleep(0.5)
        notebook.shoot(artifacts / f"handles-{theme}.png")
    assert notebook.problems == []
