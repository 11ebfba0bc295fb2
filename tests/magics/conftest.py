"""A fresh IPython shell in this process, and messages compared with golden files."""

import os
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

GOLDEN = Path(__file__).parents[1] / "golden" / "magics"


class Notebook:
    """Runs cells as a notebook would, and keeps what each of them showed."""

    def __init__(self):
        InteractiveShell.clear_instance()
        self.shell = InteractiveShell.instance(colors="nocolor", history_length=0)
        self.shell.history_manager.enabled = False
        self.shell.run_line_magic("load_ext", "brian_nb")

    @property
    def names(self):
        return self.shell.user_ns

    def run(self, cell):
        """Run a cell that must succeed, and give what it displayed."""
        result, captured = self._run(cell)
        assert result.success, captured.stdout
        return captured

    def fail(self, cell):
        """Run a cell that must fail, and give the text that its author sees."""
        result, captured = self._run(cell)
        assert not result.success, captured.stdout
        return (captured.stdout + captured.stderr).strip()

    def _run(self, cell):
        with capture_output() as captured:
            result = self.shell.run_cell(cell, store_history=True)
        return result, captured

    def close(self):
        self.shell.run_line_magic("unload_ext", "brian_nb")
        InteractiveShell.clear_instance()


@pytest.fixture
def notebook():
    book = Notebook()
    book.run("from brian_nb import *\ntau = 20*ms; Vt = -50*mV; Vr = -60*mV; El = -49*mV")
    yield book
    book.close()


def check_golden(name, text):
    """Compare a message with the one that a person has read; BRIAN_NB_WRITE_GOLDEN=1 writes it."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("BRIAN_NB_WRITE_GOLDEN"):
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text(encoding="utf-8")
