"""Matplotlib figures that change in the output of a cell while it runs.

The backend of notebooks draws a figure once, after the cell. Until then a picture stands in the
output and is replaced again and again; it leaves when the figure itself comes.
"""

import sys
import weakref

_shown = weakref.WeakKeyDictionary()
"""Figure to the handle of the output that shows it."""


def show_in_cell(figure):
    """Show a figure in the output of the cell that is being run, in the place of what it was.

    Outside a notebook there is no cell, and nothing happens.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    """
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module else None
    if shell is None:
        return
    if figure in _shown:
        _shown[figure].update(figure)
        return
    from IPython.display import display

    if not _shown:
        shell.events.register("post_run_cell", _end_cell)
    _shown[figure] = display(figure, display_id=True)


def _end_cell(*_):
    """Take the pictures away of figures that the backend has drawn after the cell."""
    from IPython.display import HTML
    from matplotlib import pyplot

    for figure, handle in list(_shown.items()):
        if not pyplot.fignum_exists(figure.number):
            handle.update(HTML(""))
    _shown.clear()
    sys.modules["IPython"].get_ipython().events.unregister("post_run_cell", _end_cell)
