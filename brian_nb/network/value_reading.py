"""A function that the user gives as a value -> the expression of a setter."""

from functools import partial

from brian_nb.equations.applying import FunctionCalls
from brian_nb.equations.callables import enter_external
from brian_nb.equations.function_numbers import FunctionNumbers
from brian_nb.equations.inference import UNKNOWN, Inference
from brian_nb.equations.namespace import TIME
from brian_nb.equations.natives import compile_function
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
    compiles : bool
        Whether a function may be compiled that cannot be read.

    Attributes
    ----------
    expression : Expression
    numbers : FunctionNumbers
        Numbers that the function uses.

    Raises
    ------
    Untranslatable
        Only Python can compute it.
    """

    def __init__(self, function, name, args, dimensions, compiles=True):
        self._own, self.numbers = dict(dimensions), FunctionNumbers(name, dimensions)
        enter = partial(enter_external, {})
        compiler = compile_function if compiles else None
        calls = FunctionCalls(self.numbers.enter, enter, compiler)
        (self.expression,) = args if function is None else [calls.apply(name, function, list(args))]

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

    def __getstate__(self):
        """Copies and pickles take along the numbers, and look no more at where they came from."""
        return {**vars(self), "numbers": self.numbers.forget_places()}

    def _dimension_of(self, name):
        if name in self.numbers.quantities:
            return get_dimension(self.numbers.quantities[name])
        return SECOND if name == TIME else self._own.get(name, UNKNOWN)
