"""What a spike does at a rule's synapses, taken apart into what runs once and what runs for each.

Statements are kept in their order. Those that follow each other and change variables of the neuron
that fired make one run, those that change the weight or variables of the synapse another one.
"""

from dataclasses import dataclass
from itertools import groupby

from brian_nb.equations.expressions import names_in
from brian_nb.model import WEIGHT


@dataclass(frozen=True)
class Run:
    """Statements that run together.

    Parameters
    ----------
    own : bool
        Whether they run once for the neuron that fired, rather than for each of its synapses.
    items : tuple of Assignment
    clips : bool
        Whether the weight is brought between its bounds afterwards.
    """

    own: bool
    items: tuple
    clips: bool = False

    @property
    def assigned(self):
        """Names that the statements change, a set of str."""
        return {item.name for item in self.items}

    @property
    def used(self):
        """Names that the statements change or read, a set of str."""
        read = set().union(*(names_in(item.expression) for item in self.items))
        return read | self.assigned


def split_runs(items, own_variables):
    """Take the statements of an event apart.

    Parameters
    ----------
    items : sequence of Assignment
    own_variables : collection of str
        Variables of the neuron that fired.

    Returns
    -------
    list of Run
    """
    groups = groupby(items, lambda item: item.name in own_variables)
    runs = [(own, tuple(found)) for own, found in groups]
    changing = [k for k, (_, found) in enumerate(runs) if WEIGHT in {item.name for item in found}]
    last = changing[-1] if changing else None
    return [Run(own, found, k == last) for k, (own, found) in enumerate(runs)]
