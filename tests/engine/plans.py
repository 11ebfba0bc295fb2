"""Random small networks as data."""

from dataclasses import dataclass
from itertools import permutations

from hypothesis import strategies as st

from brian_nb.model import SLOTS

LINEAR = "dx/dt = (I + g - x)/tau : 1\ndg/dt = -g/(5*ms) : 1\nI : 1"
NOISY = "dx/dt = (I + g - x)/tau + 0.3*xi/tau**0.5 : 1\ndg/dt = -g/(5*ms) : 1\nI : 1"
CUBIC = "dx/dt = (I + g - x**3)/tau : 1\ndg/dt = (0.1*x - g)/(5*ms) : 1\nI : 1"

# -- networks as data ----------------------------------------------------------------------


@dataclass(frozen=True)
class GroupPlan:
    size: int
    equations: str
    threshold: str
    reset: str
    refractory: int
    clock: int


@dataclass(frozen=True)
class ConnectionPlan:
    source: int
    target: int
    of_part: bool
    onto_part: bool
    variable: str
    structure: str
    is_homogeneous: bool
    delay: int
    rule: str


@dataclass(frozen=True)
class MonitorPlan:
    kind: str
    group: int
    of_part: bool
    when: str
    timestep: int
    clock: int | None


@dataclass(frozen=True)
class OperationPlan:
    deed: str
    when: str
    clock: int


@dataclass(frozen=True)
class PhasePlan:
    """Something that is changed, and a run after it, in one piece or in several."""

    change: str
    pieces: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """A network; `generator` is the clock of spikes at given times, if there are any."""

    clocks: tuple[tuple[int, float], ...]
    groups: tuple[GroupPlan, ...]
    is_linked: bool
    generator: int | None
    connections: tuple[ConnectionPlan, ...]
    monitors: tuple[MonitorPlan, ...]
    operations: tuple[OperationPlan, ...]
    schedule: tuple[str, ...]
    phases: tuple[PhasePlan, ...]


CHANGES = ("none", "tau", "drive", "weight", "delay", "state", "add")

KINDS = (
    *("spikes", "spikes and states", "number of spikes", "counts", "intervals"),
    *("coincidences", "rate", "state", "some", "recent", "statistics"),
)


def choose(*values):
    return st.sampled_from(values)


@st.composite
def plans(draw, sizes=(1, 3), n_clocks=3, n_operations=2, is_timed=True):
    clock = st.integers(0, draw(st.integers(1, n_clocks)) - 1)
    groups = draw(
        st.lists(
            st.builds(
                GroupPlan,
                size=choose(*sizes),
                equations=choose(LINEAR, NOISY, CUBIC),
                threshold=choose("x > 1", "x > 0.9 + 0.2*rand()"),
                reset=choose("x = 0", "x = 0.3*rand()", "x -= 1; g += 0.1", "in Python"),
                refractory=choose(0, 0, 6),
                clock=clock,
            ),
            min_size=1,
            max_size=3,
        )
    )
    group = st.integers(0, len(groups) - 1)
    return Plan(
        clocks=draw(st.tuples(*[st.tuples(choose(2, 4, 3, 5), choose(0, 0, 0.5))] * n_clocks)),
        groups=tuple(groups),
        is_linked=draw(st.booleans()),
        generator=draw(st.none() | clock) if is_timed else None,
        connections=_some(
            draw,
            st.builds(
                ConnectionPlan,
                source=group,
                target=group,
                of_part=st.booleans(),
                onto_part=st.booleans(),
                variable=choose("x", "g"),
                structure=choose("sparse", "sparse", "dense", "own delays"),
                is_homogeneous=st.booleans(),
                delay=choose(0, 2, 7, 20),
                rule=choose("none", "none", "depression", "learning"),
            ),
            2,
        ),
        monitors=_some(
            draw,
            st.builds(
                MonitorPlan,
                kind=choose(*KINDS),
                group=group,
                of_part=st.booleans(),
                when=choose(*SLOTS),
                timestep=st.integers(1, 3),
                clock=st.none() | clock,
            ),
            4,
        ),
        operations=_some(
            draw,
            st.builds(
                OperationPlan,
                deed=choose("look", "kick", *CHANGES[1:-1]),
                when=choose(*SLOTS),
                clock=clock,
            ),
            n_operations,
        ),
        schedule=draw(choose(*permutations(("groups", "connections", "resets")))),
        phases=_some(
            draw,
            st.builds(
                PhasePlan,
                change=choose(*CHANGES),
                pieces=st.lists(st.integers(0, 12), min_size=1, max_size=3).map(tuple),
            ),
            3,
            1,
        ),
    )


def _some(draw, items, most, least=0):
    return tuple(draw(st.lists(items, min_size=least, max_size=most)))
