"""Models: descriptions of neurons, of which groups can be made."""

from brian_nb.errors import ModelError
from brian_nb.network.equations import Equations
from brian_nb.network.resets import StringReset
from brian_nb.network.scope import caller_namespace
from brian_nb.network.thresholds import StringThreshold
from brian_nb.network.updaters import StateUpdater
from brian_nb.units import ALL_UNITS

_MS = ALL_UNITS["ms"]

DEFAULTS = {
    "threshold": None,
    "reset": None,
    "refractory": 0 * _MS,
    "order": 1,
    "implicit": False,
    "max_delay": None,
    "method": None,
    "unit_checking": True,
}
"""What a group is told beside its equations, and what it takes that for if it is not told."""


class Model:
    """What a group is told about its neurons, without their number.

    ``100*model``, ``model*100`` and ``NeuronGroup(100, model)`` make groups of it.

    Parameters
    ----------
    model, equation, equations : str, Equations, list of them, or StateUpdater
        One of the three.
    threshold, reset, refractory, order, implicit, max_delay, method, unit_checking
        As of `NeuronGroup`.
    compile, freeze
        Accepted for old scripts, as by `NeuronGroup`.
    level : int
        How many calls further up external names are looked for.

    Raises
    ------
    ModelError
        Equations are given twice, or not at all.
    EquationError
        They cannot be understood.

    Examples
    --------
    >>> from brian_nb.units import mV, ms
    >>> model = Model("dv/dt = -v/(10*ms) : volt", threshold=10*mV, reset=0*mV)
    >>> len(100*model)
    100
    """

    __array_ufunc__ = None  # NumPy's numbers leave the product to this class

    def __init__(
        self,
        model=None,
        equation=None,
        equations=None,
        threshold=None,
        reset=None,
        refractory=DEFAULTS["refractory"],
        order=1,
        implicit=False,
        max_delay=None,
        compile=False,  # noqa: A002 - the manual's name
        freeze=False,
        method=None,
        unit_checking=True,
        level=0,
    ):
        given = [item for item in (model, equation, equations) if item is not None]
        if len(given) != 1:
            raise ModelError("a Model takes equations once, as model, equation or equations")
        around = caller_namespace(level)
        self.equations = given[0]
        if not isinstance(given[0], (Equations, StateUpdater)):
            self.equations = Equations(given[0], level=level)
        if isinstance(threshold, str):
            threshold = StringThreshold(threshold, level, around)
        if isinstance(reset, str):
            reset = StringReset(reset, level, around)
        values = threshold, reset, refractory, order, implicit, max_delay, method, unit_checking
        self._options = dict(zip(DEFAULTS, values, strict=True))

    def complete(self, options):
        """Equations, and options with those of the model in the place of what was left out.

        Parameters
        ----------
        options : dict
            With the names of `DEFAULTS`.

        Returns
        -------
        Equations or StateUpdater
        dict
        """
        completed = {
            name: self._options[name] if value is DEFAULTS[name] else value
            for name, value in options.items()
        }
        return self.equations, completed

    def __mul__(self, number):
        from brian_nb.network.group import NeuronGroup

        return NeuronGroup(number, self)

    __rmul__ = __mul__

    def __repr__(self):
        return f"Model({str(self.equations)!r})"
