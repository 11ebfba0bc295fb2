"""Brian 2 as a runtime and as C++ as a whole, in an environment with the older NumPy it needs."""

import hashlib
import subprocess
import sys
import venv

from bench.engines.engine import Engine, MissingEngineError, find_programs
from bench.places import BUILD, HERE

PROGRAMS = find_programs(HERE / "brian2_scripts", ".py")
LOOP_PROGRAMS = {name: path for name, path in PROGRAMS.items() if "run_timed" in path.read_text()}
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


def prepare_standalone(names):
    return {name: ["env", "BENCH_STANDALONE=1", *words] for name, words in prepare(names).items()}


BRIAN2 = Engine("brian2", "Brian 2, Cython", PROGRAMS, prepare, ("CYTHON_CACHE_DIR",))
STANDALONE = Engine(
    "standalone", "Brian 2, standalone", LOOP_PROGRAMS, prepare_standalone, rounds=2
)
