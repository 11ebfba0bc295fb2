"""What all plots share: the axes they draw into, and their labels."""

from brian_nb.errors import ModelError
from brian_nb.network.monitors import Monitor
from brian_nb.network.scope import find_reachable


def open_axes(newfigure):
    """Axes of a new figure, or the present ones."""
    from matplotlib import pyplot

    return pyplot.figure().gca() if newfigure else pyplot.gca()


def finish_axes(axes, showplot, title, xlabel, ylabel):
    """Label axes; what is empty stays as it is. Show all figures, if wanted."""
    from matplotlib import pyplot

    axes.set(xlabel=xlabel, ylabel=ylabel)
    if title:
        axes.set_title(title)
    if showplot:
        pyplot.show()


def find_monitors(what, is_wanted, hint):
    """Monitors that the caller can reach by name.

    Parameters
    ----------
    what : str
        What they are called, for the message.
    is_wanted : callable
        Whether a monitor can be plotted.
    hint : str
        How to make one.

    Raises
    ------
    ModelError
        There is none.
    """
    found = [monitor for monitor in find_reachable(Monitor) if is_wanted(monitor)]
    if not found:
        raise ModelError(f"there is no {what} to plot", hint=hint)
    return found
