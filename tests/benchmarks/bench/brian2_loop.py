"""How long Brian 2 spends in its time loop, apart from what its run() does before and after."""

import time


def run_timed(network, duration):
    """Run a network and give the seconds between the first and the last report of the loop.

    Parameters
    ----------
    network : brian2.Network
    duration : brian2.Quantity, second
    """
    seen = []
    never = 1e6 * duration
    network.run(
        duration,
        report=lambda elapsed, completed, start, total: seen.append(time.perf_counter()),
        report_period=never,
        level=1,  # the names in the equations are those of the calling script
    )
    return seen[-1] - seen[0]
