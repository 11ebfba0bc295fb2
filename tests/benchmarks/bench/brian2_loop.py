"""How long Brian 2 spends in its time loop, apart from what its run() does before and after.

With `BENCH_STANDALONE` set, a program is turned into C++ as a whole, compiled and run.
"""

import atexit
import os
import shutil
import time
from pathlib import Path

from brian2 import defaultclock, device, prefs, set_device

IS_STANDALONE = "BENCH_STANDALONE" in os.environ

if IS_STANDALONE:
    set_device("cpp_standalone", build_on_run=False)
    prefs.devices.cpp_standalone.extra_make_args_unix = ["-j2"]
else:
    prefs.codegen.target = "cython"

_FILE = "loop_s.txt"
_BEGIN = "timespec loop_begin, loop_end; clock_gettime(CLOCK_MONOTONIC, &loop_begin);"
_END = f"""
clock_gettime(CLOCK_MONOTONIC, &loop_end);
std::ofstream("{_FILE}") << loop_end.tv_sec - loop_begin.tv_sec
    + 1e-9*(loop_end.tv_nsec - loop_begin.tv_nsec);
"""


def run_first_step(network):
    """Have everything made that the first step needs; a program of its own has it in its loop."""
    if not IS_STANDALONE:
        network.run(defaultclock.dt, level=1)


def run_timed(network, duration):
    """Run a network and give the wall time of its loop in seconds.

    Parameters
    ----------
    network : brian2.Network
    duration : brian2.Quantity, second
    """
    return (_run_standalone if IS_STANDALONE else _run_reported)(network, duration)


def _run_reported(network, duration):
    """The seconds between the first and the last report of the loop."""
    seen = []
    never = 1e6 * duration
    network.run(
        duration,
        report=lambda elapsed, completed, start, total: seen.append(time.perf_counter()),
        report_period=never,
        level=2,  # the names in the equations are those of the calling script
    )
    return seen[-1] - seen[0]


def _run_standalone(network, duration):
    """The wall time around the loop: what the program itself reports is the processor's time."""
    device.insert_code("before_network_run", _BEGIN)
    device.insert_code("after_network_run", _END)
    network.run(duration, level=2)
    device.build(directory=None, compile=True, run=True, with_output=False)
    atexit.register(shutil.rmtree, device.project_dir)
    return float(Path(device.project_dir, _FILE).read_text())
