"""Equations of the library: a text, and the values or names that the user gives for its names."""

from brian_nb.diagnostics import Source
from brian_nb.equations.parsing import parse_expression
from brian_nb.equations.walking import names_in
from brian_nb.errors import BrianError
from brian_nb.network.equations import Equations
from brian_nb.network.scope import caller_namespace


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


def _words(text):
    try:
        return set(names_in(parse_expression(Source(text))))
    except BrianError:
        return set()  # reported where the text is put in
