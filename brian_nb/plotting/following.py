"""Figures that follow a run: an operation that redraws them every so often."""

from brian_nb.network.clock import EventClock
from brian_nb.network.operations import NetworkOperation
from brian_nb.network.quantities import to_si
from brian_nb.star import forward_call
from brian_nb.units import ALL_UNITS, get_dimension

_SECOND = ALL_UNITS["second"]
_TIME = get_dimension(_SECOND)


def follow(monitor, axes, update, refresh, showlast=None, redraw=True):
    """Let axes be brought up to date while a network with the monitor runs.

    The operation that does it comes with the monitor, as one of its ``contained_objects``; so the
    figure follows runs of `run`, and of a `Network` that is made afterwards. It ends when the
    figure is closed.

    Parameters
    ----------
    monitor : Monitor
    axes : matplotlib.axes.Axes
        With time in ms as the x-axis.
    update : callable
        Takes the time, in seconds, from which records are shown, and sets what is drawn.
    refresh : Quantity, second
        Biological time between two updates.
    showlast : Quantity, second, optional
        How much of the last time is shown; all if omitted.
    redraw : bool
        Whether to redraw the figure, too; one of several plots in a figure is enough.

    Raises
    ------
    DimensionMismatchError
        `refresh` or `showlast` is no time.
    ModelError
        `refresh` is not positive.
    """
    window = None if showlast is None else float(to_si(showlast, _TIME, "showlast"))
    period = float(to_si(refresh, _TIME, "refresh"))
    timebase = monitor.source.owner.clock.timebase
    step = timebase.dt

    def follow_run(clock):
        if not is_open(axes.figure):
            return
        now = float(clock.t) + step
        update(-float("inf") if window is None else now - window)
        _move_window(axes, now, window)
        if redraw:
            redraw_figure(axes.figure)

    wait = max(0.0, period - step)  # in the last step of a period, as the traces of a monitor
    clock = EventClock(dt=refresh, t=(timebase.t + wait) * _SECOND)
    operation = NetworkOperation(follow_run, clock)
    monitor.contained_objects = [*getattr(monitor, "contained_objects", ()), operation]


def redraw_figure(figure):
    """Draw a figure now, where figures are interactive."""
    from matplotlib import pyplot

    if not pyplot.isinteractive():
        return
    if "inline" in pyplot.get_backend():
        forward_call("brian_nb.widgets.moving_figure", "show_figure")(figure)
    else:
        figure.canvas.draw_idle()
        figure.canvas.flush_events()


def is_open(figure):
    """Whether pyplot still holds a figure; one that pyplot never held counts as open."""
    from matplotlib import pyplot

    return getattr(figure, "number", None) is None or pyplot.fignum_exists(figure.number)


def _move_window(axes, now, window):
    if window is not None:
        axes.set_xlim((now - window) * 1e3, now * 1e3)
    else:
        axes.relim()
        axes.autoscale_view(scaley=False)
