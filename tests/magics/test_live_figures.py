"""Figures that follow a run in the output of a cell."""

import pytest

BACKEND = "module://matplotlib_inline.backend_inline"
MAKE = """
import matplotlib
G = NeuronGroup(2, 'dv/dt = (El-v)/tau : volt')
M = StateMonitor(G, 'v', record=True)
N = StateMonitor(G, 'v', record=[0])
"""


@pytest.fixture
def inline(notebook):
    """A notebook whose figures are drawn after each cell."""
    import matplotlib
    from matplotlib import pyplot
    from matplotlib_inline.backend_inline import configure_inline_support

    matplotlib.use(BACKEND)
    matplotlib.interactive(True)
    configure_inline_support(notebook.shell, BACKEND)
    notebook.run(MAKE)
    yield notebook
    notebook.run("close('all')")
    matplotlib.interactive(False)
    matplotlib.use("Agg")
    configure_inline_support(notebook.shell, "agg")
    pyplot.uninstall_repl_displayhook()  # the shell is about to go


def test_the_figure_is_replaced_in_its_place_and_leaves_at_the_end(inline):
    captured = inline.run("M.plot(refresh=5*ms)\nrun(20*ms)")
    pictures = ["image/png" in output.data for output in captured.outputs]
    assert pictures.count(True) == 5  # four during the run, and that of the backend
    assert captured.outputs[-1].data["text/html"] == ""


def test_two_plots_of_one_figure_are_one_picture(inline):
    captured = inline.run(
        "subplot(211); M.plot(refresh=10*ms, redraw=False)\n"
        "subplot(212); N.plot(refresh=10*ms)\n"
        "run(20*ms)"
    )
    assert sum("image/png" in output.data for output in captured.outputs) == 3


def test_a_later_cell_begins_anew(inline):
    inline.run("M.plot(refresh=5*ms)\nrun(10*ms)")
    captured = inline.run("run(10*ms)")
    assert captured.outputs == []


def test_it_needs_no_extension(inline):
    inline.run("%unload_ext brian_nb")
    captured = inline.run("M.plot(refresh=5*ms)\nrun(20*ms)")
    assert sum("image/png" in output.data for output in captured.outputs) == 5
    inline.run("%load_ext brian_nb")
