"""Statements as text, one a line, with the names that they have now."""

from brian_nb.equations.printing import to_source
from brian_nb.equations.statements import Alias, Differential, Parameter


def write_statements(statements):
    """Write equations as text.

    Parameters
    ----------
    statements : sequence of Statement

    Returns
    -------
    str
        Lines such as ``dv/dt = -v/tau : volt``, which can be parsed again.
    """
    return "\n".join(_write(item) for item in statements)


def _write(item):
    if isinstance(item, Alias):
        return f"{item.name} = {item.target}"
    unit = to_source(item.unit)
    if isinstance(item, Parameter):
        return f"{item.name} : {unit}"
    left = f"d{item.name}/dt" if isinstance(item, Differential) else item.name
    return f"{left} = {to_source(item.expression)} : {unit}"
