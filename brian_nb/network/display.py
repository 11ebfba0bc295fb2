"""How objects show themselves: text and HTML here, more where a hook has been registered."""

import html

from brian_nb.star import forward_call

_INLINE = "inline"
"""In the name of the backend that draws a figure once, after the cell of a notebook."""

_hooks = []


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


def show_figure(figure):
    """Draw a figure anew: in its window or widget, or in the output of the cell that runs."""
    import matplotlib
    from matplotlib.backend_bases import FigureManagerBase

    if _INLINE in matplotlib.get_backend().lower():
        forward_call("brian_nb.widgets.live_figures", "show_in_cell")(figure)
    elif type(figure.canvas.manager) is not FigureManagerBase:
        figure.canvas.draw()
        figure.canvas.flush_events()
