"""The values of a network during a live run: changed between segments, and each change noted."""

import logging
from math import isnan

import numpy as np

from brian_nb.network.connection import Connection
from brian_nb.network.traces import Traces
from brian_nb.widgets.changes import Changes, announce_values
from brian_nb.widgets.journal import Event, Journal, name_objects
from brian_nb.widgets.parameters import NeuronParameter, list_parameters

_logger = logging.getLogger(__name__)

MAX_COMPARED = 100_000
"""Parameters of larger groups are not compared with what they were; a segment takes 10 ms, and this
many neurons 0.05 ms."""


class Ledger:
    """Applies the changes that were put, notices those that were not, writes both down.

    Parameters
    ----------
    network : Network

    Attributes
    ----------
    changes : Changes
        What waits for the end of the present segment.
    journal : Journal or None
        None until the run has begun.
    """

    def __init__(self, network):
        self.network = network
        self.changes = Changes()
        self.journal = None
        self._known, self._labels = {}, {}

    def open(self, simulation, goes_on):
        """Begin a journal at the present state, unless one goes on."""
        self._labels = {item: label for label, item in name_objects(self.network).items()}
        if self.journal is None or not goes_on:
            self.journal = Journal(simulation.take_snapshot())
            self._known = {
                (item, parameter.name): (parameter, parameter.copy(item))
                for item in self.network.objects
                for parameter in list_parameters(item)
                if self._is_compared(item, parameter)
            }

    def forget(self):
        """Forget the journal, and the changes that wait."""
        self.changes.take()
        self.journal, self._known = None, {}

    def apply_changes(self):
        """Write the values that wait, and note those that are news."""
        for item, parameter, value in self.changes.take():
            old = parameter.copy(item)
            if not _are_same(old, value):
                parameter.write(item, value)
                self._note(item, parameter, old, value)

    def notice_changes(self):
        """Note what a cell has changed on the objects themselves, past the session."""
        for (item, _), (parameter, old) in list(self._known.items()):
            new = parameter.copy(item)
            if not _are_same(old, new):
                self._note(item, parameter, old, new)
                announce_values(item)

    def _note(self, item, parameter, old, new):
        if (item, parameter.name) in self._known:
            self._known[item, parameter.name] = parameter, new
        if self.journal is not None:
            now = self.network.clock.timebase
            label, name = self._labels[item], parameter.name
            event = Event(now.step, label, name, old, new, now.t, parameter.unit)
            self.journal.add(event)
            _logger.debug("%s: %s.%s was %s and is %s", *event.describe())

    def _is_compared(self, item, parameter):
        """Whether only a user changes a value, so that another value means a change by a cell."""
        if not isinstance(parameter, NeuronParameter):
            return True
        is_small = item.size <= MAX_COMPARED
        return is_small and not self.network.callers and not self._is_moved(item, parameter.name)

    def _is_moved(self, item, name):
        """Whether a reset, a rule or the spikes of a connection change a parameter of neurons."""
        by_reset = any(change.name == name for change in item.describe_model().reset or ())
        by_rule = isinstance(item, Traces) and name in item.changed
        return (
            by_reset
            or by_rule
            or any(
                isinstance(other, Connection)
                and other.variable == name
                and other.target.owner is item.owner
                for other in self.network.objects
            )
        )


def _are_same(old, new):
    if isinstance(old, float) and isinstance(new, float):  # fifty times as fast as NumPy
        return old == new or (isnan(old) and isnan(new))
    return np.array_equal(old, new, equal_nan=True)
