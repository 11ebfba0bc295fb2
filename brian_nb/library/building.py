"""Equations of the library: a text, and the values or names that the user gives for its names."""

from brian_nb.diagnostics import Source
from brian_nb.equations.parsing import parse_expression
from brian_nb.equations.walking import names_in
from brian_nb.errors import BrianError, ModelError
from brian_nb.network.equations import Equations
from brian_nb.network.scope import caller_namespace
from brian_nb.units import ALL_UNITS, get_dimension, name_dimension


def build_equations(text, title, kind=Equations, keywords=None, **parameters):
    """Equations from a text of the library.

    Parameters
    ----------
    text : str
    title : str
        What messages call it.
    kind : class
        `Equations`, or one of its sub-classes.
    keywords : mapping of str to object, optional
        Further arguments of the class.
    **parameters
        By name in the text: a value; another name, or the text of an expression, whose names
        other equations define or the caller has around; None for a name that nothing else has.
    """
    namespace = capture_words(parameters.values())
    source = Source(text, title)
    return kind(source, namespace=namespace, **(keywords or {}), **parameters)


def capture_words(values, level=0):
    """Values that the caller has for the names in texts; what is no text has none.

    Returns
    -------
    dict of str to object
    """
    words = {word for value in values if isinstance(value, str) for word in _words(value)}
    if not words:
        return {}
    namespace = caller_namespace(level)
    return {word: namespace[word] for word in words if word in namespace}


def write_unit(unit, what, factor=1.0):
    """A unit as equations have it after their colon.

    Parameters
    ----------
    unit : Quantity, number or str
        A unit, a value of that unit, or the unit's name.
    what : str
        What has the unit, for the message.
    factor : Quantity or number
        Of the quantity wanted, by the one whose unit is given.

    Raises
    ------
    ModelError
        It is no unit.
    """
    value = ALL_UNITS.get(unit) if isinstance(unit, str) else unit
    if not isinstance(value, (float, int)):
        raise ModelError(f"the unit of {what} is a unit such as amp or siemens, not {unit!r}")
    return name_dimension(get_dimension(value) * get_dimension(factor))


def _words(text):
    try:
        return set(names_in(parse_expression(Source(text))))
    except BrianError:
        return set()  # reported where the text is put in
