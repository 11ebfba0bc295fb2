"""The progress bar of a notebook."""

import ipykernel  # noqa: F401 - a bar is looked for where a kernel runs
import pytest

from brian_nb import Network, NeuronGroup
from brian_nb.units import ms
from brian_nb.widgets import progress


class Kernel:
    """Stands for IPython within a kernel."""

    kernel = object()


@pytest.fixture
def shown(monkeypatch):
    """What is displayed, in a notebook."""
    items = []
    monkeypatch.setattr(progress, "get_ipython", Kernel)
    monkeypatch.setattr(progress, "display", items.append)
    return items


def test_a_bar_is_shown_at_once_and_moves(shown):
    bar = progress.open_bar()
    bar.show(0.25, "25% complete")
    (view,) = shown
    meter, text = view.children
    assert (meter.value, text.value) == (0.25, "25% complete")
    bar.close()
    assert meter.layout.display == "none" and text.value == "25% complete"


def test_outside_a_notebook_there_is_no_bar(monkeypatch):
    monkeypatch.setattr(progress, "get_ipython", lambda: None)
    assert progress.open_bar() is None


def test_a_graphical_report_is_a_bar_in_the_notebook(shown):
    Network(NeuronGroup(1, "dv/dt = -v/(10*ms) : 1")).run(1 * ms, report="graphical")
    (view,) = shown
    assert view.children[0].value == 1
    assert view.children[1].value.startswith("100% complete")
