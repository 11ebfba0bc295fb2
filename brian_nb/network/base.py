"""What all objects of a network have in common."""

import html
from itertools import count

from brian_nb.network.display import make_mimebundle

_serials = count()


class NetworkObject:
    """Something that takes part in a run.

    Attributes
    ----------
    serial : int
        Order of creation; networks keep their objects in this order.
    label : str
        What the user calls it, once a run or a display has looked; "" until then.
    contained_objects : list, optional
        Objects that a network takes along with this one.
    is_forgotten : bool
        Whether functions that find objects by name pass it over.
    """

    is_forgotten = False

    def __init__(self):
        self.__dict__.update(serial=next(_serials), label="")

    def list_needed(self):
        """Other objects that a network needs for this one to work."""
        return list(getattr(self, "contained_objects", ()))

    def reinit(self):
        """Return to the beginning what belongs to a run, such as recordings; values stay."""

    def erase(self):
        """Give the memory of data back; the object cannot be used any more."""

    def list_calls(self):
        """Python code to call in every step, as (place, clock, function)."""
        return []

    def to_html(self):
        """A short description as HTML."""
        return f"<p>{html.escape(repr(self))}</p>"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return make_mimebundle(self)
