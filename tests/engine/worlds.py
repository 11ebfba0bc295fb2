"""The objects of a random network, and what becomes of them."""

import numpy as np

from brian_nb import (
    STP,
    CoincidenceCounter,
    Connection,
    ExponentialSTDP,
    FunReset,
    ISIHistogramMonitor,
    Network,
    NetworkOperation,
    NeuronGroup,
    PopulationRateMonitor,
    PopulationSpikeCounter,
    RecentStateMonitor,
    RegularClock,
    SpikeCounter,
    SpikeGeneratorGroup,
    SpikeMonitor,
    StateMonitor,
    StateSpikeMonitor,
    linked_var,
)
from brian_nb.units import ALL_UNITS
from tests.engine.plans import CUBIC

ms = ALL_UNITS["ms"]
UNIT = 0.05 * ms
"""Time is counted in these, so that steps and durations are whole numbers."""


class World:
    """The objects of a plan, and what its operations have seen."""

    def __init__(self, plan, reference=True, threads=1):
        self.plan, self.seen = plan, []
        self.clocks = [
            RegularClock(dt=dt * UNIT, offset=share * dt * UNIT) for dt, share in plan.clocks
        ]
        self.groups = [self._make_group(number, item) for number, item in enumerate(plan.groups)]
        self.rules = []
        self.connections = [self._connect(item) for item in plan.connections]
        self._give_input(plan)
        self.monitors = [self._make_monitor(item) for item in plan.monitors]
        operations = [
            NetworkOperation(Deed(self, item), self.clocks[item.clock], item.when)
            for item in plan.operations
        ]
        self.network = Network(
            self.groups,
            *(self.connections, self.rules, self.monitors, operations),
            threads=threads,
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
            reset=FunReset(reset_in_python) if item.reset == "in Python" else item.reset,
            refractory=item.refractory * UNIT,
            clock=self.clocks[item.clock],
            method="Euler" if item.equations == CUBIC else None,
        )
        group.I = np.linspace(0.9, 3, item.size)
        group.x = np.linspace(1.2, 0, item.size)
        return group

    def _give_input(self, plan):
        """Spikes at given times, and a variable that follows another one."""
        if plan.generator is not None:
            spikes = [(i, (0.3 * k + 0.1 * i) * ms) for k in range(9) for i in range(3)]
            source = SpikeGeneratorGroup(3, spikes, self.clocks[plan.generator])
            self.connections.append(Connection(source, self.groups[0], "g", weight=0.2))
        first, last = self.groups[0], self.groups[-1]
        if plan.is_linked and first is not last and first.size == last.size:
            first.I = linked_var(last, "x")

    def _connect(self, item):
        source, target = self.groups[item.source], self.groups[item.target]
        has_own_delays = item.structure == "own delays"
        connection = Connection(
            source[: max(1, source.size // 2)] if item.of_part else source,
            target[target.size // 3 :] if item.onto_part else target,
            item.variable,
            delay=(lambda i, j: (i + 3 * j) % 9 * UNIT) if has_own_delays else item.delay * UNIT,
            structure="sparse" if has_own_delays else item.structure,
            weight=0.05 if item.is_homogeneous else lambda i, j: 0.02 * np.cos(i + 2 * j),
        )
        if item.rule == "learning":
            self.rules.append(ExponentialSTDP(connection, 2 * ms, 3 * ms, 0.1, -0.1, wmax=0.1))
        elif item.rule == "depression":
            self.rules.append(STP(connection, 5 * ms, 3 * ms, 0.4))
        return connection

    def _make_monitor(self, item):
        group = self.groups[item.group]
        source = group[group.size // 2 :] if item.of_part else group
        if item.kind in OF_SPIKES:
            return OF_SPIKES[item.kind](source)
        kind = RecentStateMonitor if item.kind == "recent" else StateMonitor
        return kind(
            source,
            "x",
            clock=group.clock if item.clock is None else self.clocks[item.clock],
            record=RECORDS.get(item.kind, [0, source.size - 1]),
            timestep=item.timestep,
            when=item.when,
        )

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
        return [read(item) for item in self.monitors]

    def state(self):
        """All that the world is."""
        values = [dict(group.values.variables) for group in self.groups]
        values += [item.values.weights for item in self.connections]
        values += [rule.group.values.present() for rule in self.rules if isinstance(rule, STP)]
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


def reset_in_python(group, spikes):
    """A reset that cannot be compiled."""
    group.x[spikes] = 0.01 * len(spikes)


OF_SPIKES = {
    "spikes": SpikeMonitor,
    "spikes and states": lambda source: StateSpikeMonitor(source, ("x", "g")),
    "number of spikes": lambda source: PopulationSpikeCounter(source, delay=0.3 * ms),
    "counts": SpikeCounter,
    "intervals": lambda source: ISIHistogramMonitor(source, [0, 0.5 * ms, 1 * ms, 2 * ms]),
    "coincidences": lambda source: CoincidenceCounter(
        source, [0.2 * ms, 0.8 * ms, 1.5 * ms, 2 * ms], delta=0.2 * ms
    ),
    "rate": PopulationRateMonitor,
}
RECORDS = {"state": True, "statistics": False}


def read(monitor):
    """All that a monitor holds."""
    if isinstance(monitor, StateSpikeMonitor):
        return monitor.spikes, monitor.values("x").tolist(), monitor.values("g").tolist()
    if isinstance(monitor, SpikeMonitor):
        return monitor.nspikes, monitor.spikes
    if isinstance(monitor, PopulationRateMonitor):
        return monitor.times.tolist(), monitor.recording.counts.tolist()
    if isinstance(monitor, StateMonitor):
        values = [monitor.mean.tolist(), monitor.var.tolist()]
        if monitor._keeps:
            values += [monitor.times.tolist(), monitor.values.tolist()]
        return values
    names = {
        SpikeCounter: ("nspikes", "count"),
        PopulationSpikeCounter: ("nspikes",),
        ISIHistogramMonitor: ("count",),
        CoincidenceCounter: ("coincidences", "model_length"),
    }
    return [np.asarray(getattr(monitor, name)).tolist() for name in names[type(monitor)]]
