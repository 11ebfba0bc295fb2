"""What the package has to say besides errors: Python's logging, under the name ``brian_nb``.

Modules log to ``logging.getLogger(__name__)``, and the functions of `logging` set where it goes.
Left alone, Python shows warnings and errors. The functions here are a short way to change that.
"""

import logging
import sys

_LOGGER = logging.getLogger("brian_nb")


class _ErrorStream(logging.Handler):
    """Writes to the error stream of the moment, unless the user has set up logging."""

    def filter(self, record):
        return not logging.root.handlers and super().filter(record)

    def emit(self, record):
        print(self.format(record), file=sys.stderr)


def log_level_error():
    """Show errors only."""
    _show_from(logging.ERROR)


def log_level_warn():
    """Show warnings and errors, as it is from the start."""
    _show_from(logging.WARNING)


def log_level_info():
    """Show what may help to understand a run, warnings and errors."""
    _show_from(logging.INFO)


def log_level_debug():
    """Show everything."""
    _show_from(logging.DEBUG)


def _show_from(level):
    _LOGGER.setLevel(level)
    if not any(isinstance(item, _ErrorStream) for item in _LOGGER.handlers):
        handler = _ErrorStream()
        handler.setFormatter(logging.Formatter("%(name)s: %(levelname)s: %(message)s"))
        _LOGGER.addHandler(handler)
