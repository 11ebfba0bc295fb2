"""Lines of generated source under their indentation."""

from contextlib import contextmanager


class Lines:
    """Source text that grows line by line."""

    def __init__(self):
        self._lines = []
        self._depth = 0

    def add(self, *lines):
        """Append lines at the present depth."""
        self._lines += ["    " * self._depth + line for line in lines]

    @contextmanager
    def block(self, head):
        """Append a line that opens a block, and indent what follows."""
        self.add(head)
        self._depth += 1
        yield
        self._depth -= 1

    def text(self):
        return "\n".join(self._lines) + "\n"
