"""The segment loop that batch runs and live runs share."""

import math
from dataclasses import dataclass
from time import perf_counter

FIRST_SEGMENT_STEPS = 64
STEP_COST, VALUE_COST = 1e-6, 1e-7
"""Wall time in seconds of a step, and of a value of a neuron in it, in all but dear models."""
WALL_PER_COPY = 20
"""A segment takes so many times as long as the copy of the state that is made before it."""
MOST_WALL = 0.5
"""But not for the sake of that longer than this, in seconds: runs are interrupted in between."""


@dataclass
class Pace:
    """How many steps make a segment of about `wall` seconds.

    Parameters
    ----------
    wall : float, second
        Wall time that a segment should take.
    steps : int
        Steps of the next segment.
    """

    wall: float = 0.02
    steps: int = FIRST_SEGMENT_STEPS

    def __post_init__(self):
        self._least, self._copy = self.wall, math.inf

    def guess(self, storage):
        """Begin with as many steps as nearly any network of this size does within the time.

        Where Python code takes part, nobody knows what a step takes.
        """
        if not storage.calls:
            n_values = sum(item.size * (1 + len(item.variables)) for item in storage.populations)
            fitting = int(self.wall / (STEP_COST + VALUE_COST * n_values))
            self.steps = max(FIRST_SEGMENT_STEPS, fitting)

    def learn(self, steps, seconds):
        """Adapt to what the last segment took; it never grows more than eightfold at once."""
        fitting = int(steps * self.wall / max(seconds, 1e-6))
        self.steps = max(1, min(fitting, 8 * self.steps))

    def allow_for(self, seconds):
        """Make segments so long that a copy of the state, which took so many seconds, is little.

        A copy that took long by chance counts as twice as long as those before.
        """
        self._copy = min(seconds, 2 * self._copy)
        self.wall = max(self._least, min(WALL_PER_COPY * self._copy, MOST_WALL))


def run_segments(simulation, n_steps, before=None, after=None, pace=None):
    """Run a simulation in segments, with something to do between them.

    Parameters
    ----------
    simulation : Simulation
    n_steps : int
        Steps in all.
    before : callable, optional
        Called before each segment; the run ends when it returns False.
    after : callable, optional
        Called after each segment with the steps done so far.
    pace : Pace, optional
        That of the simulation if omitted, which remembers earlier runs.

    Returns
    -------
    int
        Steps done.
    """
    pace = pace or simulation.pace
    done = 0
    while done < n_steps:
        if before and before() is False:
            break
        steps = min(pace.steps, n_steps - done)
        start = perf_counter()
        simulation.advance(steps)
        pace.learn(steps, perf_counter() - start)
        done += steps
        if after:
            after(done)
    return done
