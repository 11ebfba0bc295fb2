"""`live`: a running network in a panel, while the notebook stays free."""

import weakref

from brian_nb.network import MagicNetwork, Network
from brian_nb.network.quantities import to_si
from brian_nb.network.scope import caller_namespace, label_objects
from brian_nb.units import ALL_UNITS, get_dimension
from brian_nb.widgets.changes import find_drivers
from brian_nb.widgets.figures import add_monitors, make_figures, spike_monitors
from brian_nb.widgets.notebook import find_cell
from brian_nb.widgets.panel import LivePanel
from brian_nb.widgets.selection import choose_turns
from brian_nb.widgets.session import DEFAULT_SPEED, LiveSession

_MS = ALL_UNITS["ms"]
_panels = weakref.WeakValueDictionary()
"""Cell to the panel it made: a cell that runs again puts a new panel in the place of the old."""


def live(
    *objects,
    sliders=None,
    duration=None,
    window=500 * _MS,
    show=None,
    speed=DEFAULT_SPEED,
    segment=None,
    start=True,
):
    """Run a network in the background, with figures that move and sliders that act.

    The cell returns at once. Values that a slider or a cell changes take effect at the next
    boundary between two segments, and are written into ``panel.session.journal``. A live run that
    has these objects or their clock already is stopped first, and so is one that the same cell has
    begun; networks that shall run side by side need clocks of their own.

    Parameters
    ----------
    *objects : NeuronGroup, Connection, monitor, Network, or lists of them
        What to run; everything that the caller can reach by name if omitted.
    sliders : None, str, list or dict
        Names of what can be turned; everything if omitted. A name is that of a constant or a
        parameter of any group, that of a connection, or that of the quantity that a connection
        took its weight from; a pair ``(object, name)`` is exact. A dictionary gives ranges:
        ``{'El': (-60*mV, -40*mV)}``.
    duration : Quantity, second, optional
        Biological time after which the run stops; endless if omitted.
    window : Quantity, second
        Biological time that the figures show.
    show : None, str or list of str
        Figures: 'raster', 'traces' and 'rates'; all if omitted. They read the monitors that are
        there; where there is none for a raster or traces, the panel makes its own and keeps little
        of what these record.
    speed : float or 'max'
        Biological seconds in a second of wall time.
    segment : Quantity, second, optional
        Biological length of a segment; about 10 ms of wall time if omitted.
    start : bool
        False waits for the play button.

    Returns
    -------
    LivePanel

    Raises
    ------
    ModelError, UnknownNameError, DimensionMismatchError
        There is nothing to run, a slider names nothing, or a value does not fit.

    Notes
    -----
    While another cell runs, sliders may wait for its end; whether they do depends on the version
    of ipykernel. Speed, spikes and figures do not.
    """
    namespace = caller_namespace()
    network, own = add_monitors(_collect(objects), show)
    turns = choose_turns(network, sliders, namespace)
    seconds = float(to_si(window, get_dimension(_MS), "the window of a live panel"))
    _end_others(network)
    session = LiveSession(network, duration, speed, segment, own)
    panel = LivePanel(session, make_figures(network, show), spike_monitors(network), turns, seconds)
    _take_place(panel)
    if start:
        panel.play()
    return panel


def _collect(objects):
    if not objects:
        return MagicNetwork()
    network = objects[0]
    if len(objects) > 1 or not isinstance(network, Network):
        parts = [item.objects if isinstance(item, Network) else item for item in objects]
        network = Network(*parts)
    label_objects(network.objects)
    return network


def _end_others(network):
    for driver in find_drivers(network):
        driver.stop()


def _take_place(panel):
    cell = find_cell()
    if cell is None:
        return
    former = _panels.get(cell)
    if former is not None:
        former.close()
    _panels[cell] = panel
