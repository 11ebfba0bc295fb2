"""Neurons of several compartments: membranes whose potentials are coupled by resistances."""

from dataclasses import replace

from brian_nb.equations import Assembly
from brian_nb.equations.namespace import suggest
from brian_nb.equations.parts import join_assemblies
from brian_nb.errors import ModelError, WiringError
from brian_nb.library.building import build_equations
from brian_nb.library.membrane import POTENTIAL, MembraneEquation, Term
from brian_nb.units import ALL_UNITS, get_dimension, name_dimension

_VOLT = get_dimension(ALL_UNITS["volt"])


class Compartments(MembraneEquation):
    """A neuron of several compartments.

    Each variable gets the name of its compartment at the end of its own: the potential of the
    compartment ``'soma'`` is ``vm_soma``.

    Parameters
    ----------
    comps : mapping of str or int to MembraneEquation
        Compartments by their names.

    Raises
    ------
    ModelError
        What is in the mapping is no membrane equation, or a name cannot be part of a name.

    Examples
    --------
    >>> from brian_nb.units import Mohm, pF
    >>> neuron = Compartments({"soma": MembraneEquation(C=200 * pF), "dendrite": "..."})
    Traceback (most recent call last):
    ...
    brian_nb.errors.ModelError: the compartment 'dendrite' is no membrane equation, but '...'
    hint: make it with MembraneEquation(C) and currents
    """

    def __init__(self, comps):
        self._places = {}
        rest, membranes = Assembly(), []
        for key, equations in comps.items():
            place, piece = str(key), _take(key, equations)
            piece = piece.renamed({name: f"{name}_{place}" for name in piece.assembly.defined})
            rest = join_assemblies(rest, piece._rest)
            membranes += piece._membranes
            self._places[place] = piece._membranes[0].potential
        self._set(rest, (), membranes)

    def connect(self, a, b, Ra):
        """Couple two compartments by a resistance.

        The current from `a` to `b` is a variable of its own, ``Ia_a_b``.

        Parameters
        ----------
        a, b : str or int
            Names of the compartments.
        Ra : Quantity or str
            Resistance, or the name of a variable that holds it.

        Raises
        ------
        WiringError
            There is no such compartment, it is connected to itself, or the two are connected.
        """
        source, target = self._find(a), self._find(b)
        name = f"Ia_{a}_{b}"
        if source == target:
            raise WiringError(f"the compartment {a!r} cannot be connected to itself")
        if name in self.assembly.defined or f"Ia_{b}_{a}" in self.assembly.defined:
            raise WiringError(f"the compartments {a!r} and {b!r} are connected already")
        unit = "amp" if isinstance(Ra, str) else name_dimension(_VOLT / get_dimension(Ra))
        text = f"{name} = ({source} - {target})/Ra : {unit}"
        coupling = build_equations(text, f"connection of {a} and {b}", Ra=Ra)
        flow = {source: Term("-", name), target: Term("+", name)}
        membranes = [
            replace(item, currents=(*item.currents, flow[item.potential]))
            if item.potential in flow
            else item
            for item in self._membranes
        ]
        self._set(join_assemblies(self._rest, coupling.assembly), self._terms, membranes)

    def renamed(self, names):
        changed = super().renamed(names)
        if changed is not self:
            places = {key: names.get(name, name) for key, name in self._places.items()}
            changed._places = places
        return changed

    def _with(self, rest, terms, membranes):
        changed = super()._with(rest, terms, membranes)
        changed._places = dict(self._places)
        return changed

    def _find(self, key):
        """Potential of a compartment."""
        if str(key) in self._places:
            return self._places[str(key)]
        known = ", ".join(self._places)
        raise WiringError(
            f"there is no compartment {key!r}",
            hint=suggest(str(key), self._places) or f"the compartments are {known or 'none'}",
        )


def _take(key, equations):
    """A compartment, checked to have one membrane."""
    if not f"{POTENTIAL}_{key}".isidentifier():
        raise ModelError(
            f"{key!r} cannot be the name of a compartment",
            hint="it becomes a part of the variables' names: letters, digits and _",
        )
    if not isinstance(equations, MembraneEquation):
        raise ModelError(
            f"the compartment {key!r} is no membrane equation, but {equations!r}",
            hint="make it with MembraneEquation(C) and currents",
        )
    if len(equations._membranes) != 1:
        raise ModelError(f"the compartment {key!r} has {len(equations._membranes)} membranes")
    return equations
