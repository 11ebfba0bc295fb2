"""Orders of a step in the form a user may give."""

from brian_nb.errors import ModelError
from brian_nb.model import SCHEDULES, SLOTS

_WORKS = SCHEDULES["default"]


def read_schedule(schedule):
    """The works of a step in the order of a schedule.

    Parameters
    ----------
    schedule : sequence of str
        See `Network.set_update_schedule`.

    Returns
    -------
    tuple of str

    Raises
    ------
    ModelError
    """
    entries = [str(entry).removeprefix("ops ").strip() for entry in schedule]
    unknown = [entry for entry in entries if entry not in (*_WORKS, *SLOTS)]
    if unknown:
        raise ModelError(
            f"{unknown[0]!r} is no part of a step",
            hint=f"the works are {', '.join(_WORKS)}; the places are {', '.join(SLOTS)}",
        )
    works = tuple(entry for entry in entries if entry in _WORKS)
    if sorted(works) != sorted(_WORKS):
        raise ModelError(
            f"a step does each of {', '.join(_WORKS)} once, and this schedule has "
            f"{', '.join(works) or 'none of them'}"
        )
    return works
