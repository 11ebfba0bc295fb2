"""How objects show themselves: text and HTML here, more where a hook has been registered."""

import html

_hooks = []
_figure_hooks = []


def set_display_hook(hook):
    """Register what a notebook shows for an object; None takes it back.

    Parameters
    ----------
    hook : callable or None
        Maps an object to a MIME bundle, ``{type: data}``, or to None where it has none to give.
    """
    _hooks[:] = [] if hook is None else [hook]


def make_mimebundle(item):
    """MIME bundle of an object: its text, its HTML, and what the hook adds."""
    bundle = {"text/plain": repr(item), "text/html": item.to_html()}
    for hook in _hooks:
        bundle |= hook(item) or {}
    return bundle


def make_table(heads, rows):
    """An HTML table; cells that begin with ``\\(`` are left for typesetting, all are escaped."""
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def set_figure_hook(hook):
    """Register how a figure that changes during a run is shown; None takes it back.

    Parameters
    ----------
    hook : callable or None
        Shows a Matplotlib figure, in the place where it showed it last, and gives whether it could.
    """
    _figure_hooks[:] = [] if hook is None else [hook]


def show_figure(figure):
    """Draw a figure anew: by the hook, or in its window or widget if it has one."""
    if any(hook(figure) for hook in _figure_hooks):
        return
    from matplotlib.backend_bases import FigureManagerBase

    if type(figure.canvas.manager) is not FigureManagerBase:
        figure.canvas.draw()
        figure.canvas.flush_events()
