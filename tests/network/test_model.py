"""Descriptions of neurons from which groups are made (section 8.4.2 of the manual)."""

import numpy as np
import pytest

from brian_nb import (
    Equations,
    LinearStateUpdater,
    Model,
    Network,
    NeuronGroup,
    SpikeMonitor,
    defaultclock,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS

mV, ms, volt = (ALL_UNITS[name] for name in ("mV", "ms", "volt"))

CUBA = """
    dv/dt = (ge+gi-(v+49*mV))/(20*ms) : volt
    dge/dt = -ge/(5*ms) : volt
    dgi/dt = -gi/(10*ms) : volt
    """
CHARGE = "dv/dt = (20*mV - v)/(10*ms) : volt"


@pytest.mark.parametrize("keyword", ["model", "equation", "equations"])
def test_product_and_argument_make_the_same_group(keyword):
    model = Model(**{keyword: CUBA}, threshold=-50 * mV, reset=-60 * mV)
    groups = [NeuronGroup(40, model=model), 40 * model, model * 40, np.int64(40) * model]
    plain = NeuronGroup(40, CUBA, threshold=-50 * mV, reset=-60 * mV)
    for group in groups:
        assert len(group) == 40
        assert group.describe_model() == plain.describe_model()
        assert group.values.constants == plain.values.constants


def test_group_of_a_model_takes_all_that_the_model_says():
    model = Model(
        "dv/dt = -v*v/volt/ms : volt", threshold="v > 1*mV", reset="v = 0*mV", refractory=3 * ms,
        order=2, max_delay=5 * ms, compile=True, freeze=True,
    )  # fmt: skip
    group = 3 * model
    assert group.integrator == "RK"
    assert group.refractory == 3 * ms
    assert group.values.max_delay == pytest.approx(5e-3)
    assert (3 * Model("dv/dt = -v*v/volt/ms : volt", implicit=True)).integrator == "backward_Euler"
    assert (3 * Model("dv/dt = -v/ms : volt", method="Euler")).integrator == "Euler"
    assert not (3 * Model("dv/dt = 1 : volt", unit_checking=False)).is_checked


def test_what_the_group_is_told_wins_over_the_model():
    model = Model(CHARGE, threshold=5 * mV, reset=1 * mV, refractory=3 * ms)
    group = NeuronGroup(1, model, threshold=10 * mV, reset=0 * mV, refractory=5 * ms)
    defaultclock.reinit()
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(20 * ms)
    assert np.rint(monitor[0] / 1e-4).tolist() == [69, 189]


def test_model_knows_the_names_where_it_was_made():
    def make():
        tau, top, low = 10 * ms, 10 * mV, 0 * mV
        return Model("dv/dt = (20*mV - v)/tau : volt", threshold="v > top", reset="v = low")

    tau, top = 1 * ms, 1 * mV
    group = 1 * make()
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(30 * ms)
    assert np.diff(monitor[0]) == pytest.approx([7e-3] * 3)


def test_groups_of_one_model_are_independent():
    model = Model(Equations(CHARGE), threshold=10 * mV, reset=0 * mV)
    first, second = 2 * model, 2 * model
    first.v_threshold = 15 * mV
    first.v = 5 * mV
    assert not second.v.any()
    assert second.v_threshold == 10 * mV


def test_model_of_a_state_updater():
    group = 2 * Model(LinearStateUpdater([[-100.0]]), threshold=0.5)
    group.state(0)[:] = 1
    Network(group).run(10 * ms)
    assert group.state(0) == pytest.approx([np.exp(-1)] * 2)


def test_model_takes_equations_once():
    for given in ({}, {"model": CHARGE, "equations": CHARGE}):
        with pytest.raises(ModelError, match="takes equations once"):
            Model(**given)
    with pytest.raises(DimensionMismatchError):
        2 * Model(CHARGE, threshold=10 * ms)
    with pytest.raises(ModelError, match="number of neurons"):
        2.5 * Model(CHARGE)
