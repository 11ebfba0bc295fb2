r"""Equations as LaTeX, in the order and the grouping in which they were written.

A computer algebra system would sort the terms and merge the factors; a reader wants to find the
own equations again, with ``\frac`` for quotients and Greek letters for their names.
"""

from brian_nb.equations.nodes import Binary, Call, Choice, Compare, Logical, Name, Number, Unary
from brian_nb.equations.printing import write_number
from brian_nb.units import name_dimension

_GREEK = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau
    upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
""".split()

_SURELY_GREEK = 3
"""Letters of a Greek name that may have more letters after it: ``taum``, but not ``mug``."""

_LONGEST_SYMBOL = 3
"""Letters of a symbol with an index, such as ``gNa``; longer ones are words."""

_OWN_COMMANDS = (
    "exp",
    "log",
    "sin",
    "cos",
    "tan",
    "sinh",
    "cosh",
    "tanh",
    "arcsin",
    "arccos",
    "arctan",
)
_SIGNS = {
    "<=": r"\le",
    ">=": r"\ge",
    "!=": r"\ne",
    "==": "=",
    "and": r"\land",
    "or": r"\lor",
    "%": r"\bmod",
    "*": r"\,",
}
_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _MINUS, _POWER, _ATOM = range(9)
_RANK = {"or": _OR, "and": _AND, "+": _SUM, "-": _SUM, "*": _PRODUCT, "%": _PRODUCT}
_RANK |= {"**": _POWER, "/": _ATOM, "//": _ATOM}


def system_to_latex(system):
    """A whole model: differential equations, static equations, parameters.

    Returns
    -------
    str
        An ``aligned`` block in display mathematics.
    """
    rows = [_derivative_row(item) for item in system.differentials]
    rows += [_row(name_to_latex(item.name), item) for item in system.statics]
    rows += [rf"{name_to_latex(i.name)} & &&: {_unit(i.dimension)}" for i in system.parameters]
    body = " \\\\\n".join(rows)
    return f"$$\\begin{{aligned}}\n{body}\n\\end{{aligned}}$$"


def expression_to_latex(expression):
    """One expression, without dollar signs."""
    return _write(expression)


def name_to_latex(name):
    r"""A name as a symbol: ``tau_m`` and ``taum`` are ``\tau_{m}``, ``El`` is ``E_{l}``."""
    stem, *below = (part for part in name.split("_") if part)
    symbol, rest = _split_stem(stem)
    below = ",".join(part for part in (rest, *below) if part)
    return f"{symbol}_{{{_upright(below)}}}" if below else symbol


def _split_stem(stem):
    """The letter of a symbol, and what stands below it."""
    greek = next((word for word in _GREEK if stem.startswith(word)), None)
    if greek and (stem == greek or len(greek) >= _SURELY_GREEK):
        return "\\" + greek, stem[len(greek) :]
    if len(stem) <= _LONGEST_SYMBOL:
        return stem[0], stem[1:]
    return _upright(stem), ""


def _upright(text):
    return text if len(text) == 1 or text.isdigit() else rf"\mathrm{{{text}}}"


def _derivative_row(item):
    return _row(rf"\frac{{d {name_to_latex(item.name)}}}{{dt}}", item)


def _row(left, item):
    return rf"{left} &= {_write(item.expression)} &&: {_unit(item.dimension)}"


def _unit(dimension):
    return rf"\mathrm{{{name_dimension(dimension).replace('**', '^')}}}"


def _write(expression):
    return _WRITERS[type(expression)](expression)


def _wrap(expression, lowest):
    text = _write(expression)
    return text if _rank(expression) >= lowest else rf"\left({text}\right)"


def _rank(expression):
    kind = type(expression)
    if kind in (Binary, Logical):
        return _RANK[expression.op]
    if kind is Unary:
        return _NOT if expression.op == "not" else _MINUS
    return _COMPARE if kind is Compare else _ATOM


def _write_number(item):
    if item.dimension.is_dimensionless:
        return _plain_number(item.value)
    word = item.span.text if item.span else ""
    if word.isidentifier():
        return rf"\mathrm{{{word}}}"
    return rf"{_plain_number(item.value)}\,{_unit(item.dimension)}"


def _plain_number(value):
    number, _, exponent = write_number(value).partition("e")
    return rf"{number} \cdot 10^{{{int(exponent)}}}" if exponent else number


def _write_unary(item):
    if item.op == "not":
        return rf"\lnot {_wrap(item.operand, _NOT)}"
    return f"-{_wrap(item.operand, _MINUS)}"


def _write_binary(item):
    if item.op == "/":
        return rf"\frac{{{_write(item.left)}}}{{{_write(item.right)}}}"
    if item.op == "//":
        return rf"\left\lfloor\frac{{{_write(item.left)}}}{{{_write(item.right)}}}\right\rfloor"
    if item.op == "**":
        base = (
            rf"\left({_write(item.left)}\right)"
            if _needs_brackets(item.left)
            else _write(item.left)
        )
        return f"{{{base}}}^{{{_write(item.right)}}}"
    return _write_pair(item)


def _needs_brackets(base):
    return _rank(base) < _ATOM or (type(base) is Binary and base.op == "/")


def _write_pair(item):
    rank = _rank(item)
    sign = _SIGNS.get(item.op, item.op)
    if item.op == "*" and type(item.right) is Number and item.right.dimension.is_dimensionless:
        sign = r"\cdot"
    return f"{_wrap(item.left, rank)} {sign} {_wrap(item.right, rank + 1)}"


def _write_choice(item):
    yes, condition, no = _write(item.yes), _write(item.condition), _write(item.no)
    rows = rf"{yes} & \text{{if }} {condition} \\ {no} & \text{{else}}"
    return rf"\begin{{cases}} {rows} \end{{cases}}"


def _write_call(item):
    arguments = ", ".join(_write(part) for part in item.args)
    if item.external:
        return (
            rf"{name_to_latex(item.function)}\left({arguments}\right)"
            if item.args
            else (name_to_latex(item.function))
        )
    if item.function == "sqrt":
        return rf"\sqrt{{{arguments}}}"
    if item.function == "abs":
        return rf"\left|{arguments}\right|"
    command = (
        "\\" + item.function
        if item.function in _OWN_COMMANDS
        else rf"\operatorname{{{item.function}}}"
    )
    return rf"{command}\left({arguments}\right)"


_WRITERS = {
    Number: _write_number,
    Name: lambda item: name_to_latex(item.name),
    Unary: _write_unary,
    Binary: _write_binary,
    Compare: _write_pair,
    Logical: _write_pair,
    Choice: _write_choice,
    Call: _write_call,
}
