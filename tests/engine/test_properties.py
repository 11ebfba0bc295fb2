"""Random small networks: however a run is done, it does the same and records all of it."""

import pickle
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings

from brian_nb import Network, NeuronGroup, SpikeMonitor, StateMonitor
from tests.engine.plans import plans
from tests.engine.worlds import World

AS_COMPILED = 1e-9
"""Compiled functions and NumPy's differ by some ulp, which a run of a few ms does not magnify."""

MANY = 170
"""Neurons for each one of a small network: enough for several blocks, which threads share."""

AS_SUMMED = 1e-12
"""Sums that are made in other pieces."""

FAST = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(FAST, max_examples=3)
@given(plans())
def test_compiled_networks(plan):
    """Compiled code does what plain Python does, and several threads what one does."""
    compiled, plain = World(plan, reference=False).do_all(), World(plan).do_all()
    assert_same(compiled.read(), plain.read(), AS_COMPILED)
    assert_same(compiled.state(), plain.state(), AS_COMPILED)
    wide = replace(plan, groups=tuple(replace(item, size=item.size * MANY) for item in plan.groups))
    expected = World(wide, reference=False).do_all()
    for threads in (2, 3):
        assert_alike(World(wide, reference=False, threads=threads).do_all(cut=True), expected)


@settings(FAST, max_examples=10)
@given(plans())
def test_ways_to_run(plan):
    """Pieces, readers, single steps, copies and stored states give what one run gives."""
    expected = World(plan).do_all()
    check_records(expected)
    assert_alike(World(plan).do_all(cut=True), expected)
    assert_alike(World(plan).do_all(cut=True, between=World.read), expected)
    first, second = split_phases(plan)
    copy = pickle.loads(pickle.dumps(World(plan).do(first)))
    assert_alike(copy.do(second), expected)
    check_restored_state(plan)
    check_single_steps(plan)


@settings(FAST, max_examples=10)
@given(plans(n_clocks=1, n_operations=0, is_timed=False))
def test_a_network_goes_on_wherever_its_clock_has_gone(plan):
    """Other networks may share a clock, and a clock may start again."""
    expected = World(plan).do_all(cut=True)
    shifted = World(plan)
    other = Network(NeuronGroup(1, "y : 1", clock=shifted.clocks[0]))
    other._reference = True

    def move_clock(world):
        other.run(7 * world.base.dt)
        if world.base.timebase.step > 20:
            world.base.reinit()

    shifted.do_all(cut=True, between=move_clock)
    assert_same(shifted.state()[0], expected.state()[0], AS_SUMMED)
    assert [_neurons(item) for item in shifted.monitors] == [
        _neurons(item) for item in expected.monitors
    ]


def check_records(world):
    """Each monitor has recorded every step of its clock that it had to, in order."""
    for item, plan in zip(world.monitors, world.plan.monitors, strict=False):
        timebase = item.clock.timebase
        stride = plan.timestep if isinstance(item, StateMonitor) else 1
        times = timebase.origin + np.arange(0, timebase.step, stride) * timebase.dt
        if isinstance(item, SpikeMonitor):
            check_spikes(item, times)
        elif plan.kind in ("rate", "state", "some", "recent"):
            found = item.recording.times if plan.kind == "rate" else item.times
            assert np.array_equal(found, times[-len(found) or len(times) :])
            assert len(found) == len(times) or plan.kind == "recent"


def check_spikes(monitor, times):
    """Spikes are in the order of their steps, and of the neurons within a step."""
    neurons, found = monitor.recording.read()[:2]
    assert len(found) == monitor.nspikes
    assert np.all(np.isin(found, times))
    assert np.all(np.diff(found) >= 0)
    assert np.all(np.diff(neurons)[np.diff(found) == 0] > 0)


def check_restored_state(plan):
    """What followed on a stored state follows again when it is put back."""
    phases = tuple(
        replace(item, change="none") if item.change == "add" else item for item in plan.phases
    )
    first, second = split_phases(plan)
    world = World(replace(plan, phases=phases)).do(first)
    stored, seen = world.network.store(), list(world.seen)
    world.clear().do(second)
    expected = world.read(), world.state()
    world.seen[:] = seen
    world.network.restore(stored)
    world.clear().do(second, cut=True)
    assert_same((world.read(), world.state()), expected, AS_SUMMED)


def check_single_steps(plan):
    """The first run, done step by step."""
    plan = replace(plan, phases=plan.phases[:1])
    expected, world = World(plan).do_all(), World(plan)
    world.change(plan.phases[0].change, 0)
    for _ in range(sum(clock.timebase.step for clock in expected.network_clocks())):
        world.network.update()
    assert_alike(world, expected)


def split_phases(plan):
    half = len(plan.phases) // 2
    return range(half), range(half, len(plan.phases))


def assert_alike(one, other):
    assert_same(one.read(), other.read(), AS_SUMMED)
    assert_same(one.state(), other.state())


def assert_same(one, other, tolerance=0.0):
    """Equal structures of lists, tuples, dictionaries, arrays and numbers."""
    if isinstance(one, dict):
        one, other = list(one.items()), list(other.items())
    if isinstance(one, (list, tuple)):
        assert len(one) == len(other)
        for left, right in zip(one, other, strict=True):
            assert_same(left, right, tolerance)
    elif isinstance(one, (float, np.ndarray)):
        np.testing.assert_allclose(one, other, rtol=tolerance, atol=tolerance)
    else:
        assert one == other


def _neurons(monitor):
    """What a monitor has recorded but for the times, which depend on the clock."""
    if isinstance(monitor, SpikeMonitor):
        return monitor.nspikes, monitor.recording.neurons.tolist()
    return None
