"""Preferences: choices that hold for everything, and the module that a user may keep them in.

The package that obeys a preference declares it. The first look at any of them reads the module
``brian_nb_global_config``, if there is one on the path.
"""

import difflib
import logging
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from brian_nb.errors import ModelError, UnknownNameError

CONFIGURATION = "brian_nb_global_config"
"""Name of the module that sets a user's preferences."""

_logger = logging.getLogger(__name__)
_WORDS = {bool: "True or False", str: "a string"}


@dataclass(frozen=True)
class Preference:
    """One choice.

    Parameters
    ----------
    default : object
    kind : type
        That a value must have.
    has_effect : bool
        False for what is accepted because scripts set it, and chooses nothing here.
    """

    default: Any
    kind: type
    has_effect: bool = True


def declare_preference(name: str, default: Any, kind: type, has_effect: bool = True) -> None:
    """Make a preference known; see `Preference`."""
    _known[name] = Preference(default, kind, has_effect)


def set_global_preferences(**preferences: Any) -> None:
    """Set preferences; all of them, or none if one is wrong.

    Parameters
    ----------
    **preferences
        ``defaultclock`` : Clock
            The clock of all objects that name none and find none by name.
        ``magic_useframes`` : bool
            True: `run` and the like look for objects among the names of the calling function or
            script; False: among those of all callers, up to the script.
        ``useweave``, ``useweave_linear_diff_eq`` : bool, ``weavecompiler`` : str
            Accepted, and without effect: everything is compiled, always.

    Raises
    ------
    UnknownNameError
        There is no such preference.
    ModelError
        A value is of the wrong kind.
    """
    _read_configuration()
    for name, value in preferences.items():
        preference = _find(name)
        if not isinstance(value, preference.kind):
            kind = _WORDS.get(preference.kind, f"a {preference.kind.__name__}")
            raise ModelError(f"{name} must be {kind}, not {value!r}")
    _values.update(preferences)
    if not all(_known[name].has_effect for name in preferences):
        _say_once()


def get_global_preference(k: str) -> Any:
    """Value of a preference.

    Raises
    ------
    UnknownNameError
        There is no such preference.
    """
    preference = _find(k)
    _read_configuration()
    return _values.get(k, preference.default)


_known: dict[str, Preference] = {}
_values: dict[str, Any] = {}
_done: set[str] = set()
"""What happens once: reading the configuration, saying that all is compiled."""

declare_preference("useweave", False, bool, has_effect=False)
declare_preference("useweave_linear_diff_eq", False, bool, has_effect=False)
declare_preference("weavecompiler", "gcc", str, has_effect=False)


def _find(name: str) -> Preference:
    if name in _known:
        return _known[name]
    close = difflib.get_close_matches(name, _known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(sorted(_known))}"
    raise UnknownNameError(f"there is no preference {name}", hint=hint)


def _read_configuration() -> None:
    """Import the user's module, once; whatever goes wrong in it is said, and stops nothing."""
    if "configuration" in _done:
        return
    _done.add("configuration")
    try:
        if find_spec(CONFIGURATION):
            import_module(CONFIGURATION)
    except (Exception, SystemExit) as error:
        _logger.warning("%s could not be read: %s: %s", CONFIGURATION, type(error).__name__, error)


def _say_once() -> None:
    if "compilation" not in _done:
        _done.add("compilation")
        _logger.info("preferences for compilers choose nothing: everything is compiled, always")
