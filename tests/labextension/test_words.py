"""The words that the extension colours are those that the equations know."""

import importlib.util
import json
import subprocess
from pathlib import Path

import pytest

from brian_nb.equations.expressions import FUNCTIONS
from brian_nb.magics.cell import SECTIONS
from brian_nb.units import ALL_UNITS

LABEXTENSION = Path(__file__).parents[2] / "labextension"


def load_build_hook():
    spec = importlib.util.spec_from_file_location("build_hook", LABEXTENSION / "build_hook.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def ask():
    """Function that evaluates an expression over the compiled `words.js`, `words` its exports."""
    node = load_build_hook().locate_node()
    module = (LABEXTENSION / "lib" / "words.js").as_uri()

    def evaluate(expression):
        answer = f"console.log(JSON.stringify({expression}))"
        script = f"const words = await import('{module}'); {answer}"
        command = [str(node), "--input-type=module", "--eval", script]
        result = subprocess.run(command, capture_output=True, text=True, check=True)
        return json.loads(result.stdout)

    return evaluate


def test_every_unit_is_coloured_as_a_unit(ask):
    assert ask(f"{json.dumps(sorted(ALL_UNITS))}.filter(name => !words.isUnit(name))") == []


def test_every_function_is_coloured_as_a_function(ask):
    assert ask(f"{json.dumps(sorted(FUNCTIONS))}.filter(name => !words.isFunction(name))") == []


def test_sections_are_those_of_the_magic(ask):
    assert ask("words.SECTIONS") == list(SECTIONS)


def test_names_that_models_use_are_no_units(ask):
    names = ["V", "m", "h", "n", "g", "I", "t", "xi", "El", "tau", "gNa", "s", "A"]
    assert ask(f"{json.dumps(names)}.filter(words.isUnit)") == []
