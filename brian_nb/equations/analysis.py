"""A report on equations: the kind of each, and the formulas that solve it."""

import html
from dataclasses import dataclass

from brian_nb.equations.affine import is_linear
from brian_nb.equations.classification import NONLINEAR, classify_equations
from brian_nb.equations.closed_forms import solve_course, solve_own, solve_rest, solve_roots
from brian_nb.equations.sympy_form import Algebra


@dataclass(frozen=True)
class Formula:
    """A formula, as text in the form of equations and as LaTeX."""

    text: str
    latex: str

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class VariableAnalysis:
    """What is known of a differential equation.

    Parameters
    ----------
    name : str
        Its variable.
    kind, reason : str
        As of `VariableKind`.
    rest : tuple of Formula
        Where the variable comes to rest: of linear equations all together, of others with the
        other variables held. Several for a polynomial of second degree, none where none is found.
    time_constant : Formula or None
        Of the variable alone, the others held.
    course : Formula or None
        The variable as a function of the time, from the values at the time 0; with noise, its mean.
    """

    name: str
    kind: str
    reason: str = ""
    rest: tuple[Formula, ...] = ()
    time_constant: Formula | None = None
    course: Formula | None = None


@dataclass(frozen=True)
class Analysis:
    """The report: one `VariableAnalysis` for each differential equation."""

    variables: tuple[VariableAnalysis, ...]

    def __getitem__(self, name):
        """The report on a variable, by its name."""
        for item in self.variables:
            if item.name == name:
                return item
        raise KeyError(name)

    def __str__(self):
        return "\n".join(_write(item) for item in self.variables)

    __repr__ = __str__

    def _repr_html_(self):
        head = ("Variable", "Kind", "At rest", "Time constant", "Course")
        rows = "".join(_write_row(item) for item in self.variables)
        cells = "".join(f"<th>{title}</th>" for title in head)
        return f"<table><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"


def analyse_system(system):
    """Say of each differential equation of what kind it is, and solve it where that is possible.

    Parameters
    ----------
    system : EquationSystem

    Returns
    -------
    Analysis
    """
    algebra = Algebra(system)
    common = solve_rest(algebra) if is_linear(system) else {}
    courses = solve_course(algebra)
    kinds = classify_equations(system)
    return Analysis(
        tuple(
            _analyse(algebra, item, kind, common.get(item.name), courses.get(item.name))
            for item, kind in zip(system.differentials, kinds, strict=True)
        )
    )


def _analyse(algebra, item, kind, rest, course):
    own = solve_own(algebra, item) if kind.kind != NONLINEAR else None
    rests = solve_roots(algebra, item) if kind.kind == NONLINEAR else []
    if rest is not None:
        rests = [rest]
    elif own:
        rests = [own[0]]
    return VariableAnalysis(
        kind.name,
        kind.kind,
        kind.reason,
        tuple(_make_formula(algebra, form) for form in rests),
        _make_formula(algebra, own[1]) if own else None,
        None if course is None else _make_formula(algebra, course),
    )


def _make_formula(algebra, form):
    return Formula(algebra.write(form), algebra.write_latex(form))


def _write(item):
    lines = [f"{item.name}: {item.kind}" + (f" ({item.reason})" if item.reason else "")]
    lines += [f"    at rest {form}" for form in item.rest]
    if item.time_constant:
        lines.append(f"    time constant {item.time_constant}")
    if item.course:
        lines.append(f"    {item.name}(t) = {item.course}")
    return "\n".join(lines)


def _write_row(item):
    kind = html.escape(item.kind)
    if item.reason:
        kind += f"<br><small>{html.escape(item.reason)}</small>"
    rest = ", ".join(_typeset(form) for form in item.rest)
    cells = [html.escape(item.name), kind, rest]
    cells += [_typeset(item.time_constant), _typeset(item.course)]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _typeset(formula):
    return f"${html.escape(formula.latex)}$" if formula else ""
