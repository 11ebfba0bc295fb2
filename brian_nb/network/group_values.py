"""What a group holds beside its variables: constants, refractoriness, and inputs."""

from brian_nb.engine import note_change
from brian_nb.equations.expressions import to_source
from brian_nb.errors import ModelError
from brian_nb.network.firing import read_period
from brian_nb.network.neurons import Neurons
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS

_SECOND = ALL_UNITS["second"]


class GroupValues(Neurons):
    """The values of a group that are no variables, and what gives variables their values.

    A group has ``values``, ``system``, ``attached``, ``is_checked`` and ``_firing``.
    """

    # -- constants and periods -------------------------------------------------------------

    @property
    def refractory(self):
        """How long a variable keeps its value after a spike, or there is no other spike, second.

        Where neurons have each their own period, it is the text that says so.
        """
        if self._firing.period is not None:
            span = self._firing.period.span
            return span.text if span else to_source(self._firing.period)
        return (self.values.refractory or self.values.silence) * _SECOND

    @refractory.setter
    def refractory(self, period):
        seconds = read_period(period, f"the refractory period of {self.describe()}")
        if self._firing.period is not None:
            raise ModelError(
                f"the refractory period of {self.describe()} is {self.refractory!r}",
                hint="set what this is computed from",
            )
        if self._firing.threshold_rule.silence and not self.values.refractory:
            self.values.silence = seconds
        elif self._firing.reset_rule.target is None:
            raise ModelError(f"{self.describe()} has no variable that could be refractory")
        else:
            self.values.refractory = seconds

    def set_max_delay(self, max_delay):
        """Keep spikes at least so long for `get_spikes`.

        Parameters
        ----------
        max_delay : Quantity, second
        """
        self.values.max_delay = read_period(max_delay, f"max_delay of {self.describe()}")

    def set_constant(self, name, value):
        """Change an external constant of the equations, the threshold or the reset.

        Parameters
        ----------
        name : str
        value : Quantity or number

        Raises
        ------
        DimensionMismatchError
            The value has another dimension than the constant.
        """
        what = f"{name} of {self.describe()}"
        dimension = self.system.dimension_of(name) if self.is_checked else None
        self.values.constants[name] = float(to_si(value, dimension, what))

    @property
    def has_watched_values(self):
        """Whether something that is compiled finds values around it (see `follow_functions`)."""
        return bool(self._firing.followed) or any(item.is_watching for item in self.attached)

    def follow_functions(self):
        """Bring constants up to date that functions of the user find around them.

        Raises
        ------
        ModelError
            One is no number any more.
        """
        for item in self._firing.followed:
            item.refresh(self.values.constants)
        for item in self.attached:
            item.refresh()

    # -- inputs ----------------------------------------------------------------------------

    def list_needed(self):
        return [*super().list_needed(), *self.attached]

    def attach(self, item):
        """Let an input give a variable its values; it takes the place of earlier ones."""
        self.detach(item.variable, item.target.first, item.target.size)
        item.is_attached = True
        self.attached.append(item)
        note_change()

    def detach(self, variable, first, size):
        """Take off the inputs that give a variable its values, if all are for these neurons."""
        kept = [item for item in self.attached if not item.sets(variable, first, size)]
        if len(kept) < len(self.attached):
            self.attached[:] = kept
            note_change()
