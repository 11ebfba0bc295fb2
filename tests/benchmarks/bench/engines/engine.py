"""What the harness needs to know of an engine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


class MissingEngineError(Exception):
    """The engine cannot run on this machine; the text is the note on the page."""


@dataclass(frozen=True)
class Engine:
    """Something that can do a workload.

    Parameters
    ----------
    name, title : str
        For the command line and for the page.
    programs : mapping of str to Path
        Sources of its programs.
    prepare : callable
        Called once with the programs' names; gives the command per program, to which the
        simulated time, the number of neurons and the number of synapses of each neuron are
        appended. May compile or install. Raises `MissingEngineError`.
    cache_variables : tuple of str
        Environment variables that say where the engine keeps compiled code.
    rounds : int, optional
        Upper limit of rounds, for what compiles for long each time.
    warm_up : bool
        An untimed first run fills the engine's caches; without, it would be a waste of time.
    """

    name: str
    title: str
    programs: Mapping[str, Path]
    prepare: Callable[[list[str]], dict[str, list[str]]]
    cache_variables: tuple[str, ...] = ()
    rounds: int | None = None
    warm_up: bool = True


def find_programs(folder, suffix):
    """Programs of a folder by their names."""
    return {path.stem: path for path in sorted(folder.glob(f"*{suffix}"))}
