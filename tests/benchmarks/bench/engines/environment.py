"""Environments of engines that do not fit into the project's own."""

import hashlib
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from bench.engines.engine import MissingEngineError
from bench.places import BUILD


@dataclass(frozen=True)
class Environment:
    """Pinned packages in a folder of their own, installed when first asked for.

    Parameters
    ----------
    name, title : str
        For the folder and for people.
    requirements : Path
        File with one pin per line; the engine's own is the first.
    """

    name: str
    title: str
    requirements: Path

    @property
    def version(self):
        """Version of the engine, as pinned."""
        lines = self.requirements.read_text().splitlines()
        return next(line for line in lines if "==" in line).partition("==")[2]

    def make_python(self):
        """Install the packages once per version of Python and of the pins.

        Returns
        -------
        Path
            The environment's interpreter.

        Raises
        ------
        MissingEngineError
            The packages cannot be installed, as without a network.
        """
        pins = hashlib.sha256(self.requirements.read_bytes()).hexdigest()[:8]
        tag = f"py{sys.version_info.major}.{sys.version_info.minor}-{pins}"
        folder = BUILD / f"{self.name}-{tag}"
        python, complete = folder / "bin" / "python", folder / "complete"
        if complete.exists():
            return python
        venv.create(folder, clear=True, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "-r", str(self.requirements)]
        installed = subprocess.run(command, capture_output=True, text=True)
        if installed.returncode:
            raise MissingEngineError(f"{self.title} cannot be installed: {installed.stderr[-300:]}")
        complete.touch()
        return python
