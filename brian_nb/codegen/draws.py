"""Random draws of a population: their streams, and source for single ones."""

from dataclasses import dataclass

from brian_nb.codegen.formulas import RANDOM
from brian_nb.codegen.population_values import PopulationValues
from brian_nb.equations.expressions import Call, walk
from brian_nb.errors import ModelError

STREAMS_PER_PART = 64
"""Of a population, or of a rule at synapses."""
DRAW_SHIFT = 24
"""Bits of a stream's word below those that tell several draws for one block of neurons apart."""

KINDS = {"rand": "uniform", "randn": "normal"}
"""The distribution that each function draws from."""


@dataclass
class Draws:
    """Numbers the random draws that each neuron makes for itself, each with its own stream.

    Parameters
    ----------
    source : PopulationValues
    next_draw : int
        How many draws are made otherwise.
    """

    source: PopulationValues
    next_draw: int

    def texts(self, expression):
        """Source texts of the draws in an expression for neuron ``i``, by their identity."""
        texts = {}
        for call in list_draws(expression):
            stream, number = find_stream(self.source, self.next_draw), number_of_draw(self.source)
            texts[id(call)] = f"{KINDS[call.function]}_at(seed, {stream}, {number}, i)"
            self.next_draw += 1
        return texts


def list_draws(expression):
    """The random draws in an expression."""
    return [item for item in walk(expression) if isinstance(item, Call) and item.function in RANDOM]


def find_stream(source, draw):
    """The stream of random numbers of one of the draws of a population.

    Raises
    ------
    ModelError
        There are too many.
    """
    if draw >= STREAMS_PER_PART:
        raise ModelError(
            f"{source.population.name} draws more than {STREAMS_PER_PART} random "
            "numbers for each neuron in a step"
        )
    return first_stream(source.population) + draw


def first_stream(part):
    """The first stream of random numbers of a population or of a rule."""
    return part.stream * STREAMS_PER_PART


def number_of_draw(source):
    """Source text of the population's own number of the present step."""
    return f"step + {source.shift}"
