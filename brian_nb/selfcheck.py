"""A check of an installation: small networks, compared with what mathematics says of them."""

import math
from time import perf_counter
from typing import Any

import numpy as np

from brian_nb.analysis import CV, firing_rate
from brian_nb.errors import BrianError, DimensionMismatchError, SimulationError
from brian_nb.network import (
    Clock,
    Connection,
    Equations,
    Network,
    NeuronGroup,
    PoissonGroup,
    SpikeMonitor,
    StateMonitor,
)
from brian_nb.units import ALL_UNITS, UNITS_ARE_ON

_MV, _MS, _HZ = (ALL_UNITS[name] for name in ("mV", "ms", "Hz"))
_SIGMAS = 6
"""Standard errors that a random count may be off; it is more once in a billion checks."""


def run_all_tests() -> bool:
    """Check that this installation computes what it should, in some seconds.

    Prints a line for each check. Clocks and objects of the caller are left as they are.

    Returns
    -------
    bool
        Whether all checks passed.
    """
    results = [_run_check(what, check) for what, check in _CHECKS.items()]
    print(f"{sum(results)} of {len(results)} checks passed")
    return all(results)


def _check_units():
    _compare(float(3 * _MV + 2 * _MV), 0.005, 1e-15)
    if UNITS_ARE_ON:
        try:
            3 * _MV + 2 * _MS
        except DimensionMismatchError:
            return
        raise SimulationError("millivolts and milliseconds could be added")


def _check_decay():
    group = _make_group(1, "dv/dt = -v/tau : volt", tau=10 * _MS)
    group.v = 8 * _MV
    Network(group).run(10 * _MS)
    _compare(group.v[0], 0.008 * math.exp(-1), 1e-12)


def _check_firing():
    group = _make_group(
        1, "dv/dt = (20*mV - v)/tau : volt", threshold=10 * _MV, reset=0 * _MV, tau=10 * _MS
    )
    monitor = SpikeMonitor(group)
    Network(monitor).run(1000 * _MS)
    steps = math.ceil(10 * math.log(2) / 0.1)  # of 0.1 ms, until the threshold is crossed
    _compare(firing_rate(monitor[0]), 1 / (steps * 1e-4), 1e-9)
    _compare(CV(monitor[0]), 0.0, 1e-9)


def _check_synapses():
    source = _make_group(1, "dv/dt = 0*v/tau : 1", threshold=0.5, reset=0, tau=10 * _MS)
    target = _make_group(1, "dv/dt = 0*v/tau : volt", clock=source.clock, tau=10 * _MS)
    source.v = 1
    connection = Connection(source, target, "v", weight=3 * _MV, delay=2 * _MS)
    trace = StateMonitor(target, "v", clock=target.clock, record=True)
    Network(connection, trace).run(5 * _MS)
    _compare(trace[0][-1], 0.003, 1e-12)
    _compare(np.count_nonzero(trace[0] == 0), 20, 0)


def _check_noise():
    n = 2000
    group = _make_group(n, "dv/dt = -v/tau + sigma*xi*(2/tau)**.5 : volt", tau=_MS, sigma=_MV)
    Network(group).run(20 * _MS)
    _compare(float(np.std(group.v)), 0.001, _SIGMAS / math.sqrt(2 * n))


def _check_poisson():
    group = PoissonGroup(500, rates=40 * _HZ, clock=Clock())
    monitor = SpikeMonitor(group)
    Network(monitor).run(1000 * _MS)
    _compare(monitor.nspikes, 500 * 40, _SIGMAS / math.sqrt(500 * 40))


def _check_threads():
    alone, together = (_fire_with_threads(threads) for threads in (1, 2))
    if not alone or alone != together:
        raise SimulationError("the spikes differ")


def _run_check(what, check):
    """Run one check, and say how it went."""
    start = perf_counter()
    try:
        check()
    except BrianError as error:
        print(f"FAILED  {what}: {error}")
        return False
    print(f"ok      {what} ({perf_counter() - start:.2f} s)")
    return True


def _make_group(n: int, text: str, clock: Clock | None = None, **values: Any) -> NeuronGroup:
    firing = {name: values.pop(name) for name in ("threshold", "reset") if name in values}
    return NeuronGroup(n, Equations(text, **values), clock=clock or Clock(), **firing)


def _fire_with_threads(threads):
    group = _make_group(
        100, "dv/dt = (20*mV - v)/tau : volt", threshold=10 * _MV, reset=0 * _MV, tau=10 * _MS
    )
    group.v = np.linspace(0, 0.009, 100)
    connection = Connection(group, group, "v", weight=np.full((100, 100), 1e-6), delay=_MS)
    monitor = SpikeMonitor(group)
    Network(connection, monitor, threads=threads).run(50 * _MS)
    return monitor.spikes


def _compare(found, expected, tolerance):
    """Check a number up to a relative error; around zero, up to an absolute one."""
    if not abs(found - expected) <= tolerance * (abs(expected) or 1):
        raise SimulationError(f"{found:.4g} instead of {expected:.4g}")


_CHECKS = {
    "units are checked": _check_units,
    "a membrane decays exponentially": _check_decay,
    "a neuron fires with the period that its equation has": _check_firing,
    "a spike arrives after its delay, with its weight": _check_synapses,
    "noise has the variance of its equation": _check_noise,
    "Poisson neurons fire at their rate": _check_poisson,
    "two threads compute what one computes": _check_threads,
}
