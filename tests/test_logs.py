"""How much is shown of what the package logs."""

import logging
import subprocess
import sys

import pytest

from brian_nb import log_level_debug, log_level_error, log_level_info, log_level_warn

LEVELS = ["debug", "info", "warning", "error"]


@pytest.fixture
def logger():
    logger = logging.getLogger("brian_nb")
    level, handlers = logger.level, list(logger.handlers)
    yield logger
    logger.setLevel(level)
    logger.handlers = handlers


@pytest.fixture
def forget_handlers(monkeypatch):
    """Makes it as in a script, where nobody has set up logging; pytest has, when a test begins."""
    return lambda: monkeypatch.setattr(logging.root, "handlers", [])


@pytest.mark.parametrize(
    ("choose", "shown"),
    [
        (log_level_debug, LEVELS),
        (log_level_info, LEVELS[1:]),
        (log_level_warn, LEVELS[2:]),
        (log_level_error, LEVELS[3:]),
    ],
)
def test_a_level_shows_itself_and_what_is_more_severe(
    logger, forget_handlers, capsys, choose, shown
):
    forget_handlers()
    choose()
    choose()  # a second call shows nothing twice
    for level in LEVELS:
        getattr(logging.getLogger("brian_nb.some.module"), level)("this is of level %s", level)
    captured = capsys.readouterr()
    expected = [f"brian_nb.some.module: {item.upper()}: this is of level {item}" for item in shown]
    assert captured.err.splitlines() == expected
    assert captured.out == ""


def test_from_the_start_warnings_and_errors_are_shown():
    script = """
import logging
import brian_nb
for level in ("debug", "info", "warning", "error"):
    getattr(logging.getLogger("brian_nb.module"), level)(level)
"""
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.stderr.split() == ["warning", "error"]


def test_logging_that_the_user_has_set_up_is_used_alone(logger, forget_handlers, capsys):
    forget_handlers()
    heard = []

    class Listener(logging.Handler):
        def emit(self, record):
            heard.append(record.getMessage())

    log_level_info()
    logging.root.addHandler(Listener())
    logger.info("once")
    assert heard == ["once"]
    assert capsys.readouterr().err == ""
