"""Tables of the user's whose columns belong to neurons."""

from brian_nb.equations.externals import Table
from brian_nb.equations.walking import find_externals
from brian_nb.errors import ModelError


def check_columns(expressions, neurons):
    """Check that tables with columns have one for each neuron.

    Parameters
    ----------
    expressions : sequence of Expression
    neurons : NeuronGroup or Subgroup

    Raises
    ------
    ModelError
        Another number of columns than of neurons.
    """
    for name, external in find_externals(expressions).items():
        if isinstance(external, Table) and external.has_columns:
            if external.n_columns != neurons.size:
                kind = "values" if external.form == "neurons" else "columns"
                raise ModelError(
                    f"{name} has {external.n_columns} {kind}, one for each neuron, "
                    f"and {neurons.describe()} has {neurons.size}",
                    hint=f"an array with one dimension is the same for all {neurons.size} neurons"
                    if kind == "columns"
                    else None,
                )
