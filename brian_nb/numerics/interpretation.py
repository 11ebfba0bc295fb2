"""A `StepUpdate` carried out by NumPy, for code in Python that does a step itself."""

import numpy as np

from brian_nb.equations.expressions import evaluate


class Interpreter:
    """Carries out the update of one group, step by step.

    Parameters
    ----------
    update : StepUpdate
    changing : frozenset of str
        Names whose values change from step to step by the update itself; coefficients that differ
        between neurons do not depend on them.
    """

    def __init__(self, update, changing):
        self.update, self._changing = update, changing
        self._origin, self._coefficients = None, {}

    def compute_step(self, values):
        """New values of the state variables after one step.

        Parameters
        ----------
        values : mapping of str to float or float64[n]
            Of constants, state variables, parameters, noises, ``t`` and ``dt``, in SI units.

        Returns
        -------
        dict of str to float or float64[n]
        """
        values = {**values, **self._find_coefficients(values)}
        for name, expression in self.update.temporaries:
            values[name] = evaluate(expression, values)
        if self.update.product:
            values |= _multiply(self.update.product, values)
        return {name: evaluate(value, values) for name, value in self.update.assignments}

    def _find_coefficients(self, values):
        """Numbers of the integrator, computed again where what they come from has changed."""
        if self.update.coefficients is None:
            return {}
        origin = {name: item for name, item in values.items() if name not in self._changing}
        if not _are_equal(origin, self._origin):
            self._origin = {name: np.copy(item) for name, item in origin.items()}
            self._coefficients = self.update.coefficients.compute(values)
        return self._coefficients


def _multiply(product, values):
    """Entries of a product of a matrix and a vector, by their names."""
    entries = np.broadcast_arrays(*(evaluate(item, values) for item in product.inputs))
    vector = np.stack(entries, axis=-1)
    found = (values[product.matrix] @ vector[..., np.newaxis])[..., 0]
    return dict(zip(product.outputs, np.moveaxis(found, -1, 0), strict=True))


def _are_equal(values, others):
    return (
        others is not None
        and values.keys() == others.keys()
        and all(np.array_equal(item, others[name]) for name, item in values.items())
    )
