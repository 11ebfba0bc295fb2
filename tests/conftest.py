"""What every test starts from."""

import pytest


@pytest.fixture(autouse=True)
def fresh_clock():
    """The default clock stands at zero, with its usual time step."""
    from brian_nb import defaultclock
    from brian_nb.units import ALL_UNITS

    defaultclock.reinit()
    defaultclock.dt = 0.1 * ALL_UNITS["ms"]
