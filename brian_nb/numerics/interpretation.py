"""A `StepUpdate` carried out by NumPy, for code in Python that does a step itself."""

from brian_nb.equations.expressions import evaluate


def compute_step(update, values):
    """New values of the state variables after one step.

    Parameters
    ----------
    update : StepUpdate
    values : mapping of str to float or float64[n]
        Of constants, state variables, parameters, noises, ``t`` and ``dt``, in SI units.

    Returns
    -------
    dict of str to float or float64[n]
    """
    values = dict(values)
    if update.coefficients:
        values |= update.coefficients.compute(values)
    for name, expression in update.temporaries:
        values[name] = evaluate(expression, values)
    return {name: evaluate(expression, values) for name, expression in update.assignments}
