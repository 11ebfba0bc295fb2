"""What the log says of networks and their runs."""

import logging
import re

import numpy as np
import pytest

from brian_nb import Network, NeuronGroup, PoissonGroup, SpikeMonitor
from brian_nb.units import ALL_UNITS

ms, Hz = ALL_UNITS["ms"], ALL_UNITS["Hz"]


@pytest.fixture
def log(caplog):
    """Messages since the last call."""

    def read():
        found = [item.getMessage() for item in caplog.records]
        caplog.clear()
        return found

    caplog.set_level(logging.INFO, "brian_nb")
    return read


def fire_by_parity(v):
    return np.round(v * 1e6) % 2 == 1


def make():
    tau = 5 * ms
    linear = NeuronGroup(3, "dv/dt = -v/tau : 1")
    cubic = NeuronGroup(2, "dv/dt = -v**3/tau : 1", threshold=fire_by_parity, reset=0)
    linear.label, cubic.label = "A", "B"
    return Network(linear, cubic, PoissonGroup(1, rates=1 * Hz))


def test_info_tells_of_integrators_python_the_kernel_and_the_run(log):
    network = make()
    network.run(2 * ms)
    python, first, second, kernel, begin, end = log()
    assert python == "the threshold fire_by_parity() of `B` runs in Python at every step"
    assert first == "`A` is integrated by linear: all equations are linear, so each step is exact"
    assert second.startswith("`B` is integrated by Euler: not exact because dv/dt is not linear")
    assert re.fullmatch(r"a kernel was (compiled|found on the disk) in [0-9.]+ s", kernel)
    assert begin == "a run begins at t = 0. s: 20 steps of 100. us, 6 neurons, threads: 1"
    assert re.fullmatch(r"the run ends at t = 2. ms, after 20 steps in [0-9.]+ s", end)
    network.run(1 * ms)
    assert [item.partition(" at ")[0] for item in log()] == ["a run begins", "the run ends"]
    make().run(1 * ms)
    assert "the kernel is one that this process has already" in log()


def test_a_run_that_fails_is_told_with_what_it_did(log):
    group = NeuronGroup(1, "dv/dt = v**2/ms : 1")
    group.v = 1
    with pytest.raises(ArithmeticError):
        Network(group).run(20 * ms)
    assert re.match(r"the run breaks off at t = [0-9.]+ ms, after [0-9]+ steps", log()[-1])


def test_debug_tells_more_and_warnings_alone_nothing(log, caplog):
    caplog.set_level(logging.DEBUG, "brian_nb")
    make().run(1 * ms)
    told = "\n".join(log())
    for part in (
        "A takes part: <NeuronGroup",
        "is not integrated:",
        "lines of source",
        "a segment",
    ):
        assert part in told
    caplog.set_level(logging.WARNING, "brian_nb")
    make().run(1 * ms)
    assert log() == []


def test_monitors_that_call_functions_are_told(log):
    group = NeuronGroup(1, "v : 1", threshold="v > 1")
    monitor = SpikeMonitor(group, function=fire_by_parity)
    Network(group, monitor).prepare()
    first = "the function fire_by_parity() of `monitor` runs in Python at every step"
    assert first in log()
