"""A count of changes, so that it costs one comparison to know that nothing has changed.

Whatever a compiled network was made from, or numbers before a segment derive from, counts its
changes here: constants, refractory periods, delays, clocks, connections, objects of networks.
Arrays do not: the compiled code reads them itself.
"""


class Revision:
    """The number of changes of anything so far."""

    number = 0


revision = Revision()


def note_change():
    """Count a change."""
    revision.number += 1


class Counted:
    """An attribute whose assignments count as changes."""

    def __set_name__(self, owner, name):
        self._place = f"_{name}"

    def __get__(self, instance, owner=None):
        return self if instance is None else getattr(instance, self._place)

    def __set__(self, instance, value):
        setattr(instance, self._place, value)
        revision.number += 1


class CountedDict(dict):
    """A dictionary whose assignments count as changes."""

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        revision.number += 1

    def update(self, *args, **items):
        super().update(*args, **items)
        revision.number += 1
