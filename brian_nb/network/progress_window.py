"""A window with a progress bar, through Tkinter."""

import logging

_WIDTH, _HEIGHT = 420, 28
_logger = logging.getLogger(__name__)


def open_window():
    """A `ProgressWindow`, or None where there is no display or no Tkinter."""
    try:
        return ProgressWindow()
    except Exception as error:  # Tkinter may be missing, or unable to open a window: TclError
        _logger.warning("no window can be opened (%s); progress is told in text", error)
        return None


class ProgressWindow:
    """A bar and a line of text; once the user has closed it, nothing is shown any more."""

    def __init__(self):
        import tkinter

        self._error = tkinter.TclError
        self._root = tkinter.Tk()
        self._root.title("brian_nb")
        self._canvas = tkinter.Canvas(self._root, width=_WIDTH, height=_HEIGHT)
        self._bar = self._canvas.create_rectangle(0, 0, 0, _HEIGHT, fill="#9ecae1", width=0)
        self._text = self._canvas.create_text(_WIDTH / 2, _HEIGHT / 2)
        self._canvas.pack()

    def show(self, complete, text):
        """Draw the bar for a share from 0 to 1, with a text."""
        if self._root is None:
            return
        try:
            self._canvas.coords(self._bar, 0, 0, _WIDTH * complete, _HEIGHT)
            self._canvas.itemconfigure(self._text, text=text)
            self._root.update()
        except self._error:
            self._root = None

    def close(self):
        """Take the window away."""
        if self._root is not None:
            self._root.destroy()
            self._root = None
