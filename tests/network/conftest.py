"""Small networks for the tests of this folder."""

import pytest

from brian_nb import NeuronGroup
from brian_nb.units import ALL_UNITS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]


@pytest.fixture
def make_source():
    """Function that makes `n` neurons which all fire in the first step, and never again."""

    def make(n=1):
        source = NeuronGroup(n, "x : 1", threshold="x > 0.5", reset="x = 0")
        source.x = 1
        return source

    return make


@pytest.fixture
def make_target():
    """Function that makes `n` neurons that keep what they receive in `v`."""
    return lambda n=1: NeuronGroup(n, "v : volt\nw : 1")
