"""A progress bar in the output of a cell; it moves while the cell runs."""

from IPython import get_ipython
from IPython.display import display
from ipywidgets import HTML, FloatProgress, HBox


def open_bar():
    """A `ProgressBar`, or None outside a notebook."""
    return ProgressBar() if getattr(get_ipython(), "kernel", None) else None


class ProgressBar:
    """A bar and a line of text, shown at once."""

    def __init__(self):
        self._bar = FloatProgress(min=0.0, max=1.0)
        self._text = HTML()
        self.view = HBox([self._bar, self._text])
        display(self.view)

    def show(self, complete, text):
        """Move the bar to a share from 0 to 1, with a text beside it."""
        self._bar.value, self._text.value = complete, text

    def close(self):
        """Take the bar away; what it said last stays."""
        self._bar.layout.display = "none"
