"""A sentence for the user below the output of a cell."""

import html


class Notice:
    """Something that the user has to do.

    Parameters
    ----------
    text : str
    """

    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return f"Note: {self._text}"

    def _repr_html_(self):
        return f'<p role="status"><b>Note:</b> {html.escape(self._text)}</p>'
