"""The values of a table that compiled code looks up."""

import numpy as np

from brian_nb.kernels import allocate


class TableState:
    """A copy of the values of a table of the user's, in the form that compiled code reads.

    Parameters
    ----------
    table : Table

    Attributes
    ----------
    values : float64[...]
        By rows; one row more, of NaN, follows where there is nothing outside the table. Of lines,
        what each has at row 0.
    slopes : float64[n_rows + 1]
        Of lines, per row.
    times : float64[n_rows]
    n_rows, n_columns : int
    constants : dict of str to float
        Numbers that the source uses.
    is_plain : bool
        Whether it is an array with one value for each neuron, which code within a step may change.
    """

    def __init__(self, table):
        self._table = table
        self.is_plain = table.form == "neurons"
        shape = np.atleast_2d(table.values).shape if self.is_plain else table.values.shape
        self.n_rows, self.n_columns = shape[0], (shape[1] if len(shape) > 1 else 1)
        self.values = allocate((self.n_rows + 1) * self.n_columns, np.float64)
        self.slopes = allocate(self.n_rows + 1, np.float64)
        self.times = allocate(self.n_rows, np.float64)
        if table.times is not None:
            self.times[:] = table.times
        is_line = table.form == "lines"
        self.constants = {
            "start": table.start,
            "rate": 1.0 / table.width,
            "last": self.n_rows - 1.0,
            "end": self.n_rows - 1.0 if is_line else float(self.n_rows),
            "slack": table.slack,
        }
        self.refresh()

    def refresh(self):
        """Take over the values that the user's array has now."""
        given = np.ravel(self._table.values)
        self.values[len(given) :] = np.nan
        if self._table.form == "lines":
            rows = np.arange(self.n_rows - 1)
            self.slopes[: self.n_rows - 1] = np.diff(given)
            self.values[: self.n_rows - 1] = given[:-1] - rows * np.diff(given)
            self.values[self.n_rows - 1 :] = np.nan
        else:
            self.values[: len(given)] = given
