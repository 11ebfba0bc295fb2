"""Value and dimension -> what a person reads: ``-49. mV``, as text, HTML and LaTeX."""

from numbers import Real
from typing import Any

import numpy as np

from brian_nb.units.dimension import Dimension, get_dimension, is_array
from brian_nb.units.naming import choose_terms, name_dimension
from brian_nb.units.symbols import render_display, render_html, render_latex

_DIGITS = 10  # one digit in 1e10: hides the rounding of SI values, shows all that people type
_LARGEST_LATEX = 100  # longer arrays in LaTeX block the browser


def format_number(value: Any) -> str:
    """Write a number as NumPy does, with a point: ``20.``."""
    text = f"{value:.{_DIGITS}g}"
    return text + "." if text.lstrip("-").isdigit() else text


def format_quantity(value: float, dimension: Dimension, spec: str = "") -> str:
    """Write a scalar with the unit that suits its size.

    Parameters
    ----------
    value : float, SI
    dimension : Dimension
    spec : str
        Format of the number in that unit, such as ``.2f``.

    Examples
    --------
    >>> from brian_nb.units import volt
    >>> format_quantity(-0.049, volt.dimension)
    '-49. mV'
    >>> format_quantity(-0.049, volt.dimension, ".2f")
    '-49.00 mV'
    """
    scale, terms = choose_terms(dimension, float(value))
    number = value / scale
    text = format(number, spec) if spec else format_number(number)
    return f"{text} {render_display(terms)}".rstrip()


def format_array(values: np.ndarray, dimension: Dimension) -> str:
    """Write an array with the one unit that suits its largest finite value."""
    scale, terms = choose_terms(dimension, _find_magnitude(values))
    return f"{_print_array(values / scale)} {render_display(terms)}".rstrip()


def format_html(value: float | np.ndarray, dimension: Dimension) -> str:
    """Write a scalar or an array as HTML."""
    scale, terms = choose_terms(dimension, _find_magnitude(value))
    if is_array(value):
        return f"<pre>{_print_array(value / scale)} {render_html(terms)}</pre>"
    return f"<span>{format_number(value / scale)} {render_html(terms)}</span>"


def format_latex(value: float | np.ndarray, dimension: Dimension) -> str | None:
    """Write a scalar or a short array as LaTeX; None for arrays that are too long."""
    if np.size(value) > _LARGEST_LATEX or np.ndim(value) > 2:
        return None
    scale, terms = choose_terms(dimension, _find_magnitude(value))
    body = _to_latex_number(value / scale) if not is_array(value) else _to_matrix(value / scale)
    return rf"${body}\,{render_latex(terms)}$"


def describe_operand(value: Any) -> str:
    """Show one side of an operation in a message; arrays by their shape only."""
    if is_array(value):
        return f"(array of shape {np.shape(value)})"
    dimension = get_dimension(value)
    if isinstance(value, np.ndarray):
        value = value.item()
    if dimension.is_dimensionless:
        return f"{value:.{_DIGITS}g}" if isinstance(value, Real) else repr(value)
    return format_quantity(float(value), dimension)


def describe_dimension(value: Any) -> str:
    """Name of the unit of a value: ``volt``, or ``a plain number``."""
    dimension = get_dimension(value)
    if dimension.is_dimensionless:
        return "plain numbers" if is_array(value) else "a plain number"
    return name_dimension(dimension)


def _find_magnitude(values):
    sizes = np.abs(np.asarray(values, dtype=float))
    return float(np.max(sizes, initial=0.0, where=np.isfinite(sizes)))


def _print_array(values):
    with np.printoptions(suppress=True):
        return np.array2string(np.asarray(values))


def _to_latex_number(value):
    text = format_number(value).rstrip(".")
    if "e" in text:
        mantissa, exponent = text.split("e")
        return rf"{mantissa} \times 10^{{{int(exponent)}}}"
    return {"inf": r"\infty", "-inf": r"-\infty", "nan": r"\mathrm{nan}"}.get(text, text)


def _to_matrix(values):
    rows = r" \\ ".join(" & ".join(map(_to_latex_number, row)) for row in np.atleast_2d(values))
    return rf"\begin{{bmatrix}}{rows}\end{{bmatrix}}"
