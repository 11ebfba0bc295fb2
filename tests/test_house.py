"""The house: what stands where, which package may know which, and one version for all."""

import json
import subprocess
import sys
from pathlib import Path

import brian_nb

ROOT = Path(__file__).parents[1]
TOP_LEVEL = {
    *("pyproject.toml", "brian_nb", "labextension", "notebooks", "tests", "docs", "binder"),
    *("README.md", "LICENSE", "Makefile"),
}


def run_python(*arguments):
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_top_level_holds_only_what_belongs_there():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    top = {path.split("/")[0] for path in listed}
    assert {name for name in top if not name.startswith(".")} == TOP_LEVEL


def test_extension_has_the_version_of_the_package():
    manifest = json.loads((ROOT / "labextension" / "package.json").read_text())
    assert manifest["version"] == brian_nb.__version__


def test_star_import_loads_nothing_heavy_and_keeps_builtins():
    code = """
from brian_nb import *
import sys
assert not {'numba', 'sympy', 'matplotlib', 'ipywidgets'} & set(sys.modules), 'heavy'
assert max([1, 2]) == 2 and abs(-3) == 3 and sum(x for x in (1, 2)) == 3
assert (3*mV + 2*mV)/mV == 5 and rand(3).shape == (3,) and callable(plot)
"""
    result = run_python("-c", code)
    assert result.returncode == 0, result.stderr
