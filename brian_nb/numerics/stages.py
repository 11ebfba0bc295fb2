"""Right-hand sides at other states and times than those at the start of a step."""

from dataclasses import dataclass

from brian_nb.equations.expressions import Name, substitute
from brian_nb.numerics.terms import ZERO, add, multiply, multiply_step


@dataclass(frozen=True)
class Tableau:
    """An explicit Runge-Kutta method.

    Stage ``k`` takes the slopes at ``x + dt*sum(rows[k][j]*slope_j)`` and ``t + nodes[k]*dt``; the
    step adds ``dt*sum(weights[k]*slope_k)``.

    Parameters
    ----------
    nodes : tuple of float
    rows : tuple of tuple of float
        As many numbers as there are stages before.
    weights : tuple of float
    """

    nodes: tuple[float, ...]
    rows: tuple[tuple[float, ...], ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Moved:
    """Equations at another state and time.

    Parameters
    ----------
    temporaries : tuple of (str, Expression)
        The static equations there.
    replacements : dict of str to Expression
        What stands there for the names of variables, static equations and the time.
    """

    temporaries: tuple
    replacements: dict

    def read(self, expression):
        """An expression there."""
        return substitute(expression, self.replacements)


def move(statics, state, elapsed, mark):
    """Take equations to another state and time.

    Parameters
    ----------
    statics : tuple of (str, Expression)
        Static equations, in order.
    state : dict of str to Expression
        The variables there.
    elapsed : Expression
        Time since the start of the step.
    mark : str
        Ends the names of the static equations there.

    Returns
    -------
    Moved
    """
    replacements = state | {name: Name(name + mark) for name, _ in statics}
    replacements["t"] = add(Name("t"), elapsed)
    moved = tuple((name + mark, substitute(value, replacements)) for name, value in statics)
    return Moved(moved, replacements)


def write_step(tableau, statics, drifts):
    """Write a step of an explicit Runge-Kutta method.

    Parameters
    ----------
    tableau : Tableau
    statics : tuple of (str, Expression)
        Static equations that the drifts use, in order.
    drifts : dict of str to Expression
        Slope of each variable.

    Returns
    -------
    temporaries : tuple of (str, Expression)
        Without the static equations at the start of the step.
    values : dict of str to Expression
        The variables at its end.
    """
    temporaries, slopes = [], {name: [] for name in drifts}
    for stage, (node, row) in enumerate(zip(tableau.nodes, tableau.rows, strict=True), start=1):
        moved = Moved((), {})
        if stage > 1:
            mark = f"__stage{stage}"
            places = {name: _advance(name, row, slopes[name]) for name in drifts}
            temporaries += [(name + mark, place) for name, place in places.items()]
            state = {name: Name(name + mark) for name in drifts}
            moved = move(statics, state, multiply_step(node), mark)
        temporaries += moved.temporaries
        for name, drift in drifts.items():
            slope = f"{name}__slope{stage}"
            temporaries.append((slope, moved.read(drift)))
            slopes[name].append(Name(slope))
    return tuple(temporaries), {
        name: _advance(name, tableau.weights, slopes[name]) for name in drifts
    }


def _advance(name, shares, slopes):
    """A variable moved along slopes, each for its share of the step."""
    terms = (
        multiply(multiply_step(share) if share else ZERO, slope)
        for share, slope in zip(shares, slopes, strict=True)
    )
    return add(Name(name), *terms)
