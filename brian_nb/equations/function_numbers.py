"""Numbers that functions of the user find around them -> constants that follow what they are."""

from copy import copy

from brian_nb.equations.function_source import Untranslatable
from brian_nb.equations.namespace import is_number
from brian_nb.equations.nodes import Name
from brian_nb.errors import ModelError


class FunctionNumbers:
    """Numbers that compiled functions use, under names that nothing else has.

    Nothing is called: the values are looked up where Python would find them, so that a later value
    counts, as it does where Python calls the function.

    Parameters
    ----------
    what : str
        What the functions are, for messages.
    taken : collection of str
        Names that no constant can have.

    Attributes
    ----------
    quantities : dict of str to Quantity or float
        What was found first.
    """

    def __init__(self, what, taken):
        self._what, self._taken = what, frozenset(taken)
        self.quantities, self._values, self._places = {}, {}, {}

    @property
    def values(self):
        """Values that were found last, in SI units, a dict of str to float."""
        return dict(self._values)

    @property
    def are_followed(self):
        """Whether there are numbers that can be looked up again."""
        return bool(self._places)

    def enter(self, source, name, value, span=None, path=None):
        """The constant for a number, a `Name`.

        Parameters
        ----------
        source, name, value, span, path
            See `FunctionCalls.enter_number`.
        """
        entered, number = name, 1
        while entered in self._taken or self.quantities.get(entered, value) is not value:
            number += 1
            entered = f"{name}_{number}"
        self.quantities[entered], self._values[entered] = value, float(value)
        if path is not None:
            self._places[entered] = source, path
        return Name(entered, span)

    def refresh(self, values):
        """Take over what the functions find now, where it has changed.

        Parameters
        ----------
        values : dict of str to float
            Constants, changed in place.

        Raises
        ------
        ModelError
            Something is no number any more.
        """
        for name, (source, path) in self._places.items():
            now = _look_up(source, path)
            if not is_number(now):
                raise ModelError(
                    f"{path}, which {self._what} uses, was a number before, and is {now!r} now",
                    hint="give it a number again",
                )
            if float(now) != self._values[name]:
                values[name] = self._values[name] = float(now)

    def forget_places(self):
        """A copy that keeps its values from now on."""
        kept = copy(self)
        kept._places = {}
        return kept


def _look_up(source, path):
    try:
        return source.find_value(path)
    except Untranslatable:
        return None
