"""Variables of a rule at synapses, as a group of which each element is a neuron or a synapse."""

from dataclasses import replace
from functools import cached_property

from brian_nb.engine import TraceState
from brian_nb.equations import Assembly, EquationText
from brian_nb.equations.expressions import names_in
from brian_nb.model import Population
from brian_nb.network.equations import Equations
from brian_nb.network.group import NeuronGroup
from brian_nb.numerics import choose_update, find_event_obstacle

SYNAPSES_PER_TRACE = 32
"""Above this many synapses for each element, stepping costs less than solving at each event.

With 10 spikes a second and a step of 0.1 ms both cost the same at 20 synapses for each element, and
solving a third more at 80 (see the decision page on rules at synapses).
"""


class Traces(NeuronGroup):
    """Variables of a rule at synapses; a group like any other, which never fires.

    Parameters
    ----------
    rule : SynapticRule
        Whose they are.
    side : str
        "pre", "post" or "synapse": what has values of its own.
    size : int
    equations : Equations
        Those of all variables of the rule.
    names : collection of str
        Variables that have their values here.
    changed : frozenset of str
        Variables of the rule that events change.
    clock : Clock
        Time step for what is stepped.
    """

    def __init__(self, rule, side, size, equations, names, changed, clock):
        self.__dict__.update(rule=rule, side=side, changed=changed, _known_model=None)
        super().__init__(size, _select(equations, names), clock=clock, namespace={})
        constants = self.__dict__["values"].constants
        self.__dict__["values"] = TraceState(size, self.system.variables, constants)

    @cached_property
    def _obstacle(self):
        return find_event_obstacle(self.system, self.changed)

    @property
    def size(self):
        values = self.__dict__.get("values")
        return values.size if values else self.__dict__["size"]

    @property
    def integrator(self):
        return choose_update(self.describe_model()).method

    @property
    def reason(self):
        return choose_update(self.describe_model()).reason

    def describe(self):
        return f"the {self.side} variables of {self.rule.describe()}"

    def describe_model(self):
        """The variables as a `Population`."""
        key = self.rule.describe(), self._is_event_driven()
        if self._known_model is None or self._known_model[0] != key:
            name, is_event_driven = key
            model = Population(name=name, system=self.system, event_driven=is_event_driven)
            self.__dict__["_known_model"] = key, model
        return self._known_model[1]

    def _is_event_driven(self):
        if self._obstacle or self.attached:  # what Python gives changes between events
            return False
        n_synapses = self.rule.connection.n_synapses
        return self.side == "synapse" or n_synapses <= SYNAPSES_PER_TRACE * self.size


def _select(equations, names):
    """The equations of some variables, with the static equations that belong to them."""
    system = equations.resolve()
    wanted = set(names)
    for item in system.statics:
        used = set(names_in(system.inline_statics(item.expression))) & set(system.variables)
        if used and used <= wanted:
            wanted.add(item.name)
    for item in (*system.differentials, *reversed(system.statics)):
        if item.name in wanted:
            wanted |= set(names_in(item.expression))
    wanted |= {alias for alias, target in system.aliases.items() if target in wanted}
    parts = tuple(replace(part, text=_keep(part.text, wanted)) for part in equations.assembly.parts)
    return Equations.from_assembly(Assembly(parts))


def _keep(text, names):
    return EquationText(text.source, tuple(item for item in text.statements if item.name in names))
