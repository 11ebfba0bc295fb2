"""Source for tables of the user's: which row a value belongs to, and what stands there."""

from brian_nb.equations.expressions import Name
from brian_nb.equations.externals import GRID_TOLERANCE

FIND_ROW = """\
def find_row(times, n, x):
    low = 0
    high = n
    while high - low > 1:
        middle = (low + high)//2
        if times[middle] <= x:
            low = middle
        else:
            high = middle
    return low"""
"""Row that holds at `x`, where rows have times of their own: binary search."""


def write_lookup(tables, place, table, arguments, column):
    """Source text of what a table of the user's has for some arguments.

    Parameters
    ----------
    tables : Tables
    place : int
        Position of the table in the network.
    table : Table
    arguments : list of str
        Source texts.
    column : str
        Source text of the column of the neuron at hand.
    """
    values = tables.array(f"table{place}", "f64", "table", place, "values")
    if table.form == "neurons":
        return f"{values}[{column}]"
    along = _write_place(tables, place, table, arguments[0])
    if table.form == "lines":
        slopes = tables.array(f"slopes{place}", "f64", "table", place, "slopes")
        return f"({values}[int({along})] + {slopes}[int({along})]*({along}))"
    row = along if table.form == "times" else f"int({along})"
    if not table.has_columns:
        return f"{values}[{row}]"
    columns = tables.integer(f"columns{place}", "table", place, "n_columns")
    return f"{values}[{row}*{columns} + {column}]"


def _write_place(tables, place, table, argument):
    """Where along the rows an argument lies; a row that says nothing where it lies outside."""
    if table.form == "times":
        tables.routine("find_row", FIND_ROW)
        times = tables.array(f"times{place}", "f64", "table", place, "times")
        rows = tables.integer(f"rows_of_table{place}", "table", place, "n_rows")
        return f"find_row({times}, {rows}, {argument} + {_number(tables, place, 'slack')})"
    start, rate = _number(tables, place, "start"), _number(tables, place, "rate")
    along = f"({argument} - {start})*{rate}"
    if table.form == "steps":
        return f"bounded({along} + {GRID_TOLERANCE}, 0.0, {_number(tables, place, 'last')})"
    return f"inside({along}, {_number(tables, place, 'end')})"


def _number(tables, place, name):
    return tables.number("table", place, Name(name))
