"""Source for neurons that fire by chance, each with a probability in each step: ``rand() < p``.

To draw a number for each neuron would be a waste where few of them fire. Instead, candidates are
drawn among the neurons of a block, each with the largest probability in the block, by the
distances from one to the next; a candidate fires with the ratio of its own probability to that.
So every neuron fires independently with its own probability, at the price of one or two draws
for a block. Where a probability is large, each neuron draws for itself.

Source
------
Distances: geometric distribution, Devroye 1986, Non-uniform random variate generation, X.2.
Acceptance by a ratio: thinning, Lewis & Shedler 1979, Naval Research Logistics Quarterly 26:403.
"""

from dataclasses import dataclass
from typing import Any

from brian_nb.codegen.draws import DRAW_SHIFT, find_stream, list_draws, number_of_draw
from brian_nb.codegen.population_values import BLOCK
from brian_nb.equations.expressions import Call, Compare, Expression, names_in, walk
from brian_nb.numerics.drift import needed_statics

MOST_SPARSE = 1 / 64
"""The largest probability for which distances are drawn."""


def find_chance(threshold):
    """The probability to fire, if a threshold compares it with one random number.

    Parameters
    ----------
    threshold : Expression or None

    Returns
    -------
    Expression or None
    """
    if not isinstance(threshold, Compare):
        return None
    sides = {"<": (threshold.left, threshold.right), ">": (threshold.right, threshold.left)}
    drawn, chance = sides.get(threshold.op, (None, None))
    is_drawn = isinstance(drawn, Call) and drawn.function == "rand" and not drawn.external
    return chance if is_drawn and not list_draws(chance) else None


@dataclass(frozen=True)
class ChanceSource:
    """Writes how the neurons of a population that fire by chance are found.

    Parameters
    ----------
    source : PopulationSource
    chance : Expression
        The probability to fire.
    draw : int
        The number of the draw among those of the population.
    """

    source: Any
    chance: Expression
    draw: int

    @property
    def is_steady(self):
        """Whether the probabilities stay the same as long as the time loop is not left."""
        system = self.source.population.system
        statics = needed_statics(system, [self.chance])
        parts = [self.chance, *(value for _, value in statics)]
        names = set().union(*map(names_in, parts)) - {name for name, _ in statics}
        is_steady = not names & {"t", *self.source.changing}
        return is_steady and not any(calls_outside(part) for part in parts)

    def write_steady(self, lines):
        """Find the largest probability of each block before the time loop, if these are steady."""
        if not self.is_steady:
            return
        with self.source.write_blocks(lines):
            lines.add("chance = 0.0")
            with lines.block("for i in range(first, last):"):
                self._write_larger(lines, {})
            lines.add(
                f"{self._chances}[first//{BLOCK}] = chance",
                f"{self._quiets}[first//{BLOCK}] = exp(-chance*(1.0 + chance)*(last - first))",
            )

    def write_largest(self, lines, known):
        """Let ``chance`` be no less than the probability of neuron ``i``, if it is not steady."""
        if not self.is_steady:
            self._write_larger(lines, known)

    def write_scan(self, lines):
        """Find the neurons of a block that fire; ``chance`` is the largest probability."""
        if self.is_steady:
            lines.add(f"chance = {self._chances}[first//{BLOCK}]")
        with lines.block(f"if not chance <= {MOST_SPARSE}:"):
            self._write_dense(lines)
        with lines.block("elif chance > 0.0:"):
            lines.add(f"uniform = fraction_at(seed, {self._stream}, {self._number}, first)")
            if not self.is_steady:
                self._write_candidates(lines)
                return
            with lines.block(f"if uniform > {self._quiets}[first//{BLOCK}]:"):
                self._write_candidates(lines)

    def _write_dense(self, lines):
        buffer = self.source.buffer(self.draw)
        lines.add(f"uniform_block({buffer}, seed, {self._stream}, {self._number}, first)")
        with lines.block("for i in range(first, last):"):
            chance = self._write_chance(lines, {})
            self.source.write_spike(lines, f"{buffer}[i - first] < {chance}")

    def _write_candidates(self, lines):
        """Go from candidate to candidate, of which one comes in ``1/density`` neurons."""
        place = f"seed, {self._stream} + (candidate << {DRAW_SHIFT}), {self._number}, first"
        lines.add(
            "candidate = 0",
            "density = chance*(1.0 + chance)",  # no less than -log(1 - chance)
            "likely = -expm1(-density)",
            "distance = -log(uniform)/density",
        )
        with lines.block("while distance < last - first:"):
            lines.add("i = first + int(distance)")
            chance = self._write_chance(lines, {})
            self.source.write_spike(lines, f"likely*choice_at({place}) < {chance}")
            lines.add(
                "candidate += 1",
                f"uniform = fraction_at({place})",
                "distance = floor(distance) + 1.0 - log(uniform)/density",
            )

    def _write_larger(self, lines, known):
        lines.add(f"chance = maximum(chance, {self._write_chance(lines, known)})")

    def _write_chance(self, lines, known):
        return self.source.write_tested(lines, self.chance, known)

    @property
    def _stream(self):
        return find_stream(self.source, self.draw)

    @property
    def _number(self):
        return number_of_draw(self.source)

    @property
    def _chances(self):
        return self.source.array("chances", "f64", "chances")

    @property
    def _quiets(self):
        return self.source.array("quiets", "f64", "quiets")


def calls_outside(expression):
    """Whether an expression calls a table or a function of the user's."""
    return any(isinstance(item, Call) and item.external for item in walk(expression))
