"""A function that the user gives as a value -> the expression of a setter."""

from functools import partial

from brian_nb.equations.applying import FunctionCalls
from brian_nb.equations.callables import enter_external
from brian_nb.equations.expressions import Name
from brian_nb.equations.inference import UNKNOWN, Inference
from brian_nb.equations.namespace import TIME, is_number
from brian_nb.equations.system import SECOND
from brian_nb.equations.walking import find_externals
from brian_nb.units import Dimension, get_dimension


class FunctionReading:
    """A Python function of some arguments, as an expression.

    Parameters
    ----------
    function : callable or None
        None gives its one argument.
    name : str
        What messages and constants call it.
    args : sequence of Expression
    dimensions : mapping of str to Dimension
        Of the names in the arguments, which no constant can have.

    Attributes
    ----------
    expression : Expression
    constants : dict of str to float
        Numbers that the function uses, in SI units.

    Raises
    ------
    Untranslatable
        Only Python can compute it.
    """

    def __init__(self, function, name, args, dimensions):
        self._own, self._quantities, self._readers = dict(dimensions), {}, {}
        calls = FunctionCalls(self._enter_number, partial(enter_external, {}))
        (self.expression,) = args if function is None else [calls.apply(name, function, list(args))]
        self.constants = {key: float(value) for key, value in self._quantities.items()}

    def find_dimension(self):
        """Dimension of the values; None where it is not known.

        It is not known where arrays take part, which have no unit, and where units do not agree
        within the function, as that may be meant so.
        """
        if any(item.result is None for item in find_externals([self.expression]).values()):
            return None
        inference = Inference(self._dimension_of)
        found = inference.infer(self.expression)
        return found if isinstance(found, Dimension) and not inference.problems else None

    def refresh(self, values):
        """Take over the numbers that the function uses now, where they have changed.

        Parameters
        ----------
        values : dict of str to float
            Constants of the setter, changed in place.
        """
        for name, read in self._readers.items():
            now = read()
            if is_number(now) and float(now) != self.constants[name]:
                values[name] = self.constants[name] = float(now)

    def __getstate__(self):
        """Copies and pickles take along the numbers, and look no more at where they came from."""
        return {**vars(self), "_readers": {}}

    def _dimension_of(self, name):
        if name in self._quantities:
            return get_dimension(self._quantities[name])
        return SECOND if name == TIME else self._own.get(name, UNKNOWN)

    def _enter_number(self, source, name, value, span):
        first, number, entered = name, 1, name
        while entered in self._own or self._quantities.get(entered, value) is not value:
            number += 1
            entered = f"{first}_{number}"
        self._quantities[entered] = value
        self._readers[entered] = lambda: source.find_value(name)
        return Name(entered)
