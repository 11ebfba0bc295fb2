"""Equations and statements of a rule at synapses -> where each variable has its values.

A variable belongs to the neurons at whose spikes it is changed, and has one value for each of them.
It has one for each synapse instead where both sides change it, or where the statements that change
it read the weight, a variable of the other side or one of synapses. Variables whose equations are
coupled are in the same place, and what nothing changes goes with them, or with the variables whose
changes use it, else to the source.
"""

from brian_nb.equations.expressions import names_in
from brian_nb.model import WEIGHT


def choose_sides(system, pre, post, pre_side="pre"):
    """Say where each variable has its values.

    Parameters
    ----------
    system : EquationSystem
    pre, post : sequence of Assignment
        Static equations put in.
    pre_side : str
        "synapse" where spikes of one source neuron come at different times.

    Returns
    -------
    dict of str to str
        "pre", "post" or "synapse" by variable.
    """
    uses = _list_uses(system, pre, post)
    sides = dict.fromkeys(system.variables, "")
    for statements, side in ((pre, pre_side), (post, "post")):
        for item in statements:
            if item.name != WEIGHT:
                sides[item.name] = _join(sides[item.name], side)
    _spread(sides, uses)
    for variable in system.variables:
        if not sides[variable]:
            for user in (name for name in sides if variable in uses[name]):
                sides[variable] = _join(sides[variable], sides[user])
    _spread(sides, uses)
    return {variable: side or "pre" for variable, side in sides.items()}


def _list_uses(system, pre, post):
    """What must not be elsewhere, for each variable: variables, and the weight."""
    known = {*system.variables, WEIGHT}
    uses = {name: set() for name in system.variables}
    for item in system.differentials:
        for name in set(names_in(system.inline_statics(item.expression))) & known - {WEIGHT}:
            uses[item.name].add(name)
            uses[name].add(item.name)
    for item in (*pre, *post):
        if item.name != WEIGHT:
            uses[item.name] |= set(names_in(item.expression)) & known
    return uses


def _spread(sides, uses):
    """Let each variable be where what it uses is, or at synapses, until nothing changes."""
    before = None
    while before != sides:
        before = dict(sides)
        for variable, used in uses.items():
            for name in used:
                side = "synapse" if name == WEIGHT else sides[name]
                sides[variable] = _join(sides[variable], side)


def _join(side, other):
    if not side or not other:
        return side or other
    return side if side == other else "synapse"
