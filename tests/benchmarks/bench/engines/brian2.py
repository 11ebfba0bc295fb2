"""Brian 2 with its Cython target, in an environment of its own because of its older NumPy."""

import hashlib
import subprocess
import sys
import venv

from bench.engines.engine import Engine, MissingEngineError, find_programs
from bench.places import BUILD, HERE

PROGRAMS = find_programs(HERE / "brian2_scripts", ".py")
REQUIREMENTS = HERE / "requirements-brian2.txt"


def prepare(names):
    """Give the commands, after making the environment if it does not exist yet."""
    python = make_environment()
    return {name: [str(python), str(PROGRAMS[name])] for name in names}


def make_environment():
    """Install the pinned packages once per version of Python and of the pins.

    Returns
    -------
    Path
        The environment's interpreter.

    Raises
    ------
    MissingEngineError
        The packages cannot be installed, as without a network.
    """
    pins = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:8]
    folder = BUILD / f"brian2-py{sys.version_info.major}.{sys.version_info.minor}-{pins}"
    python, complete = folder / "bin" / "python", folder / "complete"
    if complete.exists():
        return python
    venv.create(folder, clear=True, with_pip=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)]
    installed = subprocess.run(command, capture_output=True, text=True)
    if installed.returncode:
        raise MissingEngineError(f"Brian 2 cannot be installed: {installed.stderr[-300:]}")
    complete.touch()
    return python


BRIAN2 = Engine("brian2", "Brian 2, Cython", PROGRAMS, prepare, ("CYTHON_CACHE_DIR",))
