"""What to suggest where units do not agree."""

from brian_nb.equations.literals import literal_value
from brian_nb.equations.nodes import Name
from brian_nb.equations.printing import to_source
from brian_nb.equations.walking import names_in
from brian_nb.units import ALL_UNITS, get_dimension, name_dimension

_USUAL = {
    "volt": "mV",
    "second": "ms",
    "siemens": "nS",
    "amp": "nA",
    "farad": "pF",
    "ohm": "Mohm",
    "hertz": "Hz",
    "volt/second": "mV/ms",
    "amp/second": "nA/ms",
    "siemens/second": "nS/ms",
}
"""The size in which a unit is met in a neuron."""

_SECOND = get_dimension(ALL_UNITS["second"])
_SIEMENS_AND_VOLT = {get_dimension(ALL_UNITS[name]) for name in ("siemens", "volt")}


def name_rate(dimension):
    """The unit of a derivative by time, in words: 'volt/second'."""
    word = name_dimension(dimension)
    return (
        f"{word}/second"
        if word.isidentifier() or word == "1"
        else name_dimension(dimension / _SECOND)
    )


def usual_unit(dimension):
    """The unit that people take for a dimension of neurons: 'mV' for a voltage."""
    word = name_dimension(dimension)
    return _USUAL.get(word, word if word.isidentifier() else f"({word})")


def hint_derivative(equation, found, system):
    """Suggest what is missing on the right-hand side of a differential equation."""
    must = f"d{equation.name}/dt must have {name_rate(equation.dimension)}"
    if found == equation.dimension:
        names = _names_with(system, _SECOND)
        return f"{must}: divide by a time constant" + (f", such as {names[0]}" if names else "")
    factor = _find_factor(found, equation.dimension / _SECOND, system)
    if not factor:
        return must
    verb, name, unit = factor
    return f"{must}: {verb} the right-hand side by {name}, which is in {unit}"


def hint_pair(left, left_dimension, right, right_dimension, system):
    """Suggest how two expressions of different dimensions could agree.

    Parameters
    ----------
    left, right : Expression or None
        None where nothing can be changed on that side.
    left_dimension, right_dimension : Dimension
    system : EquationSystem or None

    Returns
    -------
    str or None
    """
    sides = [(left, left_dimension, right_dimension), (right, right_dimension, left_dimension)]
    for part, own, other in sides:
        if part is not None and own.is_dimensionless and literal_value(part) is not None:
            text = _text(part)
            return f"give {text} a unit, such as {text}*{usual_unit(other)}"
    if left and right and {left_dimension, right_dimension} == _SIEMENS_AND_VOLT:
        conductance = left if name_dimension(left_dimension) == "siemens" else right
        text = _text(conductance) if _is_name(conductance) else "g"
        return f"a conductance drives a current; did you mean {text}*(E - v) ?"
    used = {name for item in (left, right) if item is not None for name in names_in(item)}
    found = [
        (_find_factor(own, other, system, used), part)
        for part, own, other in sides
        if part is not None
    ]
    found = sorted((item for item in found if item[0]), key=lambda item: item[0][0] == "divide")
    if found:
        (verb, name, unit), part = found[0]
        return f"{verb} {_text(part)} by {name}, which is in {unit}"
    return _hint_missing(left_dimension, right_dimension)


def hint_noise(left, right, system):
    """Suggest the usual form of a noise term, where one of two terms is noise."""
    noises = system.noises if system is not None else ()
    for (part, own), (_, other) in ((left, right), (right, left)):
        is_noise = any(name in noises for name in names_in(part))
        if is_noise and own / other in (_SECOND**0.5, _SECOND**-0.5):
            return "xi has the unit second**-0.5; write sigma*xi/tau**0.5, or sigma*(2/tau)**0.5*xi"
    return None


def hint_argument(part, dimension):
    """Suggest how an argument loses its unit."""
    hint = f"divide it by something in {name_dimension(dimension)}"
    return f"{hint}, such as {_text(part)}/{usual_unit(dimension)}" if _is_name(part) else hint


def _find_factor(found, expected, system, used=frozenset()):
    """A value of the model that turns one dimension into another: verb, name and unit.

    Names in use on either side are left out: they are there already.
    """
    if system is None:
        return None
    divisor, factor = found / expected, expected / found
    for verb, dimension in (("divide", divisor), ("multiply", factor)):
        names = [name for name in _names_with(system, dimension) if name not in used]
        if names and dimension not in (found, expected):
            return verb, names[0], name_dimension(dimension)
    return None


def _hint_missing(left_dimension, right_dimension):
    """Say what factor is between them, where it is something people have a word for."""
    for missing in (left_dimension / right_dimension, right_dimension / left_dimension):
        word = name_dimension(missing)
        if missing not in (left_dimension, right_dimension) and word.isidentifier():
            return f"they differ by a factor in {word}"
    return None


def _names_with(system, dimension):
    names = [*system.constants, *(item.name for item in system.parameters)]
    names += [item.name for item in system.statics]
    return [name for name in names if system.dimension_of(name) == dimension]


def _is_name(expression):
    return isinstance(expression, Name)


def _text(expression):
    text = expression.span.text if expression.span else to_source(expression)
    return " ".join(text.split())
