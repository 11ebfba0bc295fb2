"""A figure of Matplotlib in the output of a cell, which is replaced while the cell runs."""

from weakref import WeakKeyDictionary

from IPython.display import display

_shown = WeakKeyDictionary()


def show_figure(figure):
    """Show a figure below the running cell, in the place where it was shown before."""
    if figure in _shown:
        _shown[figure].update(figure)
    else:
        _shown[figure] = display(figure, display_id=True)
