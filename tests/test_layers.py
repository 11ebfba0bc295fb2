"""The architecture is a contract: packages import downwards, and importing stays light."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAVY = ("IPython", "ipywidgets", "llvmlite", "matplotlib", "numba", "scipy", "sympy")


def run(*arguments):
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_no_contract_between_the_packages_is_broken():
    script = "from importlinter.cli import lint_imports_command as lint; lint()"
    result = run("-c", script, "--no-cache")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_importing_the_package_loads_nothing_heavy():
    script = f"import sys, brian_nb; print(*[name for name in {HEAVY} if name in sys.modules])"
    result = run("-c", script)
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == []
