"""Monitors of several state variables at once."""

from brian_nb.errors import ModelError, UnknownNameError
from brian_nb.network.base import NetworkObject
from brian_nb.network.monitors.monitor import check_source, plain
from brian_nb.network.monitors.state_monitor import StateMonitor


class MultiStateMonitor(NetworkObject):
    """Records several variables of a group: one `StateMonitor` for each.

    ``M['V']`` is the monitor of a variable, ``M['V', i]`` the values of neuron `i`.

    Parameters
    ----------
    G : NeuronGroup or Subgroup
    vars : list of str, optional
        Names of state variables, parameters or static equations; all state variables and
        parameters if omitted.
    clock : Clock, optional
    **kws
        Passed on to each `StateMonitor`: record, timestep, when.

    Attributes
    ----------
    vars : tuple of str
        The variables; ``M.vars()`` gives them as well.
    monitors : dict of str to StateMonitor
    times : float64[n_times], second

    Raises
    ------
    UnknownNameError, ModelError
        See `StateMonitor`; or there is no variable to record.
    """

    def __init__(self, G, vars=None, clock=None, **kws):  # noqa: A002, N803 - the manual's names
        super().__init__()
        check_source(G, "MultiStateMonitor")
        if vars is None:
            vars = G.owner.system.variables  # noqa: A001
        names = (vars,) if isinstance(vars, str) else tuple(vars)
        if not names:
            raise ModelError(f"{G.describe()} has no variables for a MultiStateMonitor to record")
        self.vars = Names(names)
        self.monitors = {name: StateMonitor(G, name, clock=clock, **kws) for name in names}
        self.contained_objects = list(self.monitors.values())

    @property
    def source(self):
        """The group."""
        return self.contained_objects[0].source

    @property
    def clock(self):
        """The clock in whose steps it records."""
        return self.contained_objects[0].clock

    @property
    def times(self):
        return self.contained_objects[0].times

    times_ = plain("times")

    def __getitem__(self, key):
        name, *neuron = key if isinstance(key, tuple) else (key,)
        if name not in self.monitors:
            raise UnknownNameError(
                f"{self.describe()} does not record {name!r}",
                hint=f"it records {', '.join(self.vars)}",
            )
        monitor = self.monitors[name]
        return monitor[neuron[0]] if neuron else monitor

    def items(self):
        """Pairs of a variable and its monitor."""
        return self.monitors.items()

    def iteritems(self):
        """Pairs of a variable and its monitor, one by one."""
        return iter(self.items())

    def __iter__(self):
        return iter(self.vars)

    def __len__(self):
        return len(self.vars)

    def __contains__(self, name):
        return name in self.monitors

    def plot(self, indices=None, cmap=None):
        """Plot the values of all variables over time into the present axes, in SI units.

        Parameters
        ----------
        indices : int or list of int, optional
            Neurons; all that are recorded if omitted.
        cmap : str or Colormap, optional

        Returns
        -------
        matplotlib.axes.Axes
        """
        axes = [monitor.plot(indices, cmap) for monitor in self.contained_objects]
        axes[-1].set_ylabel(", ".join(self.vars))
        return axes[-1]

    def describe(self):
        """How messages name this object."""
        return f"`{self.label}`" if self.label else "a MultiStateMonitor"

    def clear_recordings(self):
        """Forget all that was recorded."""
        for monitor in self.contained_objects:
            monitor.clear_recordings()

    def reinit(self):
        """Forget all that was recorded."""
        self.clear_recordings()

    def __repr__(self):
        return f"<MultiStateMonitor of {', '.join(self.vars)} of {self.source.describe()}>"


class Names(tuple):
    """Names that may be asked for by a call, too."""

    __slots__ = ()

    def __call__(self):
        """The names, a list of str."""
        return list(self)
