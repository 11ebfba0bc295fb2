"""Hand-written C++: what the machine gives when nothing is general."""

import shutil
import subprocess

from bench.engines.engine import Engine, MissingEngineError, find_programs
from bench.places import BUILD, HERE

FLAGS = ("-std=c++17", "-O3", "-march=native", "-ffast-math")
PROGRAMS = find_programs(HERE / "limit", ".cpp")


def prepare(names):
    """Compile the programs anew, since the processor may be another one than last time."""
    compiler = shutil.which("g++")
    if compiler is None:
        raise MissingEngineError("there is no g++ on this machine")
    folder = BUILD / "limit"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        command = [compiler, *FLAGS, str(PROGRAMS[name]), "-o", str(folder / name)]
        built = subprocess.run(command, capture_output=True, text=True)
        if built.returncode:
            raise MissingEngineError(f"g++ refused {PROGRAMS[name].name}: {built.stderr[-500:]}")
    return {name: [str(folder / name)] for name in names}


CPP = Engine("cpp", "C++ by hand", PROGRAMS, prepare)
