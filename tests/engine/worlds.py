"""Random small networks as data, and the objects that are made from them."""

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from hypothesis import strategies as st

from brian_nb import (
    Connection,
    Network,
    NetworkOperation,
    NeuronGroup,
    PopulationRateMonitor,
    RegularClock,
    SpikeMonitor,
    StateMonitor,
)
from brian_nb.model import SLOTS
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]
UNIT = 0.05 * ms
"""Time is counted in these, so that steps and durations are whole numbers."""

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
    is_homogeneous: bool
    delay: int


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
    clocks: tuple[tuple[int, float], ...]
    groups: tuple[GroupPlan, ...]
    connections: tuple[ConnectionPlan, ...]
    monitors: tuple[MonitorPlan, ...]
    operations: tuple[OperationPlan, ...]
    schedule: tuple[str, ...]
    phases: tuple[PhasePlan, ...]


CHANGES = ("none", "tau", "drive", "weight", "delay", "state", "add")


def choose(*values):
    return st.sampled_from(values)


@st.composite
def plans(draw, sizes=(1, 3), n_clocks=3, n_operations=2):
    clock = st.integers(0, draw(st.integers(1, n_clocks)) - 1)
    groups = draw(
        st.lists(
            st.builds(
                GroupPlan,
                size=choose(*sizes),
                equations=choose(LINEAR, NOISY, CUBIC),
                threshold=choose("x > 1", "x > 0.9 + 0.2*rand()"),
                reset=choose("x = 0", "x = 0.3*rand()", "x -= 1; g += 0.1"),
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
        connections=_some(
            draw,
            st.builds(
                ConnectionPlan,
                source=group,
                target=group,
                of_part=st.booleans(),
                onto_part=st.booleans(),
                variable=choose("x", "g"),
                is_homogeneous=st.booleans(),
                delay=choose(0, 2, 7, 20),
            ),
            2,
        ),
        monitors=_some(
            draw,
            st.builds(
                MonitorPlan,
                kind=choose("spikes", "count", "rate", "state", "some", "statistics"),
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


# -- networks as objects -------------------------------------------------------------------


class World:
    """The objects of a plan, and what its operations have seen."""

    def __init__(self, plan, reference=True, threads=1):
        self.plan, self.seen = plan, []
        self.clocks = [
            RegularClock(dt=dt * UNIT, offset=share * dt * UNIT) for dt, share in plan.clocks
        ]
        self.groups = [self._make_group(number, item) for number, item in enumerate(plan.groups)]
        self.connections = [self._connect(item) for item in plan.connections]
        self.monitors = [self._make_monitor(item) for item in plan.monitors]
        operations = [
            NetworkOperation(Deed(self, item), self.clocks[item.clock], item.when)
            for item in plan.operations
        ]
        self.network = Network(
            self.groups, self.connections, self.monitors, operations, threads=threads
        )
        self.network._reference, self.network._seed = reference, 7
        self.network.set_update_schedule(plan.schedule)
        self.base = self.network.clock

    def _make_group(self, number, item):
        tau = (4 + number) * ms  # noqa: F841
        group = NeuronGroup(
            item.size,
            item.equations,
            threshold=item.threshold,
            reset=item.reset,
            refractory=item.refractory * UNIT,
            clock=self.clocks[item.clock],
            method="Euler" if item.equations == CUBIC else None,
        )
        group.I = np.linspace(0.9, 3, item.size)
        group.x = np.linspace(1.2, 0, item.size)
        return group

    def _connect(self, item):
        source, target = self.groups[item.source], self.groups[item.target]
        return Connection(
            source[: max(1, source.size // 2)] if item.of_part else source,
            target[target.size // 3 :] if item.onto_part else target,
            item.variable,
            delay=item.delay * UNIT,
            weight=0.05 if item.is_homogeneous else lambda i, j: 0.02 * np.cos(i + 2 * j),
        )

    def _make_monitor(self, item):
        group = self.groups[item.group]
        source = group[group.size // 2 :] if item.of_part else group
        if item.kind in ("spikes", "count"):
            return SpikeMonitor(source, record=item.kind == "spikes")
        if item.kind == "rate":
            return PopulationRateMonitor(source)
        record = {"state": True, "some": [0, source.size - 1], "statistics": False}[item.kind]
        clock = None if item.clock is None else self.clocks[item.clock]
        return StateMonitor(source, "x", record, item.timestep, item.when, clock)

    def change(self, what, number):
        """Change something, to what depends on a number."""
        group = self.groups[number % len(self.groups)]
        if what == "tau":
            group.tau = (4 + number % 3) * ms
        elif what == "drive":
            group.I[:] = 1 + number % 3
        elif what == "kick":
            group.x[0] += 0.4
        elif what == "state":
            group.x = np.linspace(0, 1.1, group.size)
        elif what == "add":
            self.monitors.append(SpikeMonitor(group))
            self.network.add(self.monitors[-1])
        elif what in ("weight", "delay") and self.connections:
            connection = self.connections[number % len(self.connections)]
            if what == "weight":
                connection.weight_scale = 1 + number % 2
            else:
                connection.delay = number % 4 * 5 * UNIT

    def do(self, phases, cut=False, between=lambda world: None):
        """Do the phases of the plan from one on; they are changed and run in turn."""
        for number in phases:
            phase = self.plan.phases[number]
            self.change(phase.change, number)
            for n_steps in phase.pieces if cut else [sum(phase.pieces)]:
                self.network.run(n_steps * self.base.dt)
                between(self)
        return self

    def do_all(self, cut=False, between=lambda world: None):
        return self.do(range(len(self.plan.phases)), cut, between)

    def clear(self):
        """Forget what the monitors have recorded."""
        for item in self.monitors:
            item.clear_recordings()
        return self

    def network_clocks(self):
        """The clocks that take part."""
        return self.network._clocks()

    def read(self):
        """All that the monitors hold."""
        return [READERS[type(item)](item) for item in self.monitors]

    def state(self):
        """All that the world is."""
        values = [dict(group.values.variables) for group in self.groups]
        times = [(clock.timebase.step, clock.timebase.t) for clock in self.clocks]
        return values, times, self.seen


class Deed:
    """What an operation does."""

    def __init__(self, world, plan):
        self.world, self.plan = world, plan

    def __call__(self):
        world = self.world
        step = world.clocks[self.plan.clock].timebase.step
        counts = [item.nspikes for item in world.monitors if isinstance(item, SpikeMonitor)]
        world.seen.append((self.plan, step, [float(item.x[-1]) for item in world.groups], counts))
        if step % 3 == 1:
            world.change(self.plan.deed, step)


def read_spikes(monitor):
    return monitor.nspikes, monitor.spikes


def read_rate(monitor):
    return monitor.times.tolist(), monitor.recording.counts.tolist()


def read_state(monitor):
    if monitor._keeps:
        return monitor.times.tolist(), monitor.values.tolist()
    return monitor.mean.tolist(), monitor.var.tolist()


READERS = {
    SpikeMonitor: read_spikes,
    PopulationRateMonitor: read_rate,
    StateMonitor: read_state,
}
