"""Groups whose steps are done by methods of a class of one's own."""

import numpy as np
import pytest

from brian_nb import (
    Connection,
    Network,
    NeuronGroup,
    PoissonGroup,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    seed,
)
from brian_nb.errors import ModelError
from brian_nb.units import ALL_UNITS

mV, ms, Hz, volt, second = (ALL_UNITS[name] for name in ("mV", "ms", "Hz", "volt", "second"))

CHARGE = "dv/dt = (20*mV - v)/(10*ms) : volt"


# -- steps of one's own --------------------------------------------------------------------------


class Counted(NeuronGroup):
    """Overrides update and reset, and uses what it overrides."""

    def __init__(self, N, **options):
        super().__init__(N, CHARGE, threshold=10 * mV, reset=0 * mV, **options)
        self.n_updates = self.n_resets = 0

    def update(self):
        super().update()
        self.n_updates += 1

    def reset(self):
        super().reset()
        self.n_resets += len(self.LS.lastspikes())


class Metronome(NeuronGroup):
    """Fires by its own rule, with an update that builds on nothing."""

    def __init__(self):
        super().__init__(3, "v : 1", threshold="v > 100")

    def update(self):
        if self.clock.timebase.step % 10 == 0:
            self.LS.push([0, 2])


@pytest.mark.parametrize("how", [{}, {"reference": True}, {"threads": 3}], ids=str)
@pytest.mark.parametrize(("options", "period"), [({}, 70), ({"refractory": 5 * ms}, 120)])
def test_class_that_overrides_the_steps_fires_as_the_one_that_does_not(how, options, period):
    defaultclock.reinit()
    group = Counted(600 if "threads" in how else 3, **options)
    monitor = SpikeMonitor(group)
    network = Network(group, monitor, threads=how.get("threads", 1))
    network._reference = how.get("reference", False)
    network.run(30 * ms)
    for i in (0, group.size - 1):
        steps = np.rint(monitor[i] / 1e-4)
        assert steps.tolist() == list(range(69, 300, period))
    assert group.n_updates == 300
    assert group.n_resets == monitor.nspikes
    assert group.python_parts == ["the method update()", "the method reset()"]


def test_spikes_of_an_update_reach_monitors_and_connections():
    defaultclock.reinit()
    group, target = Metronome(), NeuronGroup(3, "w : 1")
    monitor, connection = SpikeMonitor(group), Connection(group, target, "w")
    for i in range(3):
        connection[i, i] = 1
    Network(group, target, monitor, connection).run(5 * ms)
    assert target.w.tolist() == [5, 0, 5]
    assert np.rint(monitor[2] / 1e-4).tolist() == [0, 10, 20, 30, 40]
    assert "update" in group.to_html()


def test_neurons_that_do_not_exist_cannot_fire():
    group = Metronome()
    with pytest.raises(ModelError, match="neurons 0 to 2, so that 5 cannot fire"):
        group.LS.push([1, 5])
    with pytest.raises(ModelError, match="which has to fire as one"):
        group[0:2].LS.push([1])


def test_steps_can_be_done_by_hand():
    defaultclock.reinit()
    group = NeuronGroup(2, CHARGE, threshold=10 * mV, reset=0 * mV, refractory=5 * ms)
    spikes = []
    for step in range(300):
        group.update()
        spikes += [step] * (1 in group.LS.lastspikes())
        group.reset()
        group.clock.tick()
    assert spikes == [69, 189]


class Driven(NeuronGroup):
    """Section 3.2.4 of the manual: a group that contains what drives it."""

    def __init__(self, N, rate, weight):
        tau = 10 * ms
        super().__init__(N, "dV/dt = -V/tau : 1", reset=0, threshold=1)
        self.source = PoissonGroup(N, rate)
        self.connection = Connection(self.source, self, "V")
        self.connection.connect_one_to_one(weight=weight)
        self.contained_objects += [self.source, self.connection]


def test_what_a_group_contains_runs_with_it():
    seed(2)
    group = Driven(100, 100 * Hz, 0.3)
    inputs, outputs = SpikeMonitor(group.source), SpikeMonitor(group)
    Network(group, inputs, outputs, StateMonitor(group, "V", record=0)).run(1 * second)
    assert abs(inputs.nspikes - 10_000) < 400  # four standard deviations of a Poisson count
    assert 0 < outputs.nspikes < inputs.nspikes
