"""Generated source of synapses depends on how they work, and not on their values."""

import pytest

from brian_nb import Connection, Network, NeuronGroup
from brian_nb.kernels.compile import emit_assembly
from brian_nb.units import ALL_UNITS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]


class Own(Connection):
    """Spikes go to Python."""

    def propagate(self, spikes):
        """Do nothing."""


def build(kind=Connection, **keywords):
    G = NeuronGroup(30, "v : volt\nw : volt", threshold="v > 1*mV", reset="v = 0*mV")
    network = Network(kind(G, G, "w", **({"weight": 1 * mV} | keywords)))
    network.prepare()
    return network.build.program.source


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"delay": (0 * ms, 1 * ms)}, {"delay": (0 * ms, 9 * ms), "sparseness": 0.5}),
        ({"structure": "sparse"}, {"structure": "dynamic"}),
        ({"structure": "dense"}, {"structure": "dense", "weight": 2 * mV}),
        ({}, {"delay": 3 * ms}),
    ],
)
def test_other_values_need_no_other_code(one, other):
    assert build(**one) == build(**other)


@pytest.mark.parametrize("other", [{"delay": True}, {"structure": "dense"}, {"kind": Own}])
def test_another_way_of_working_needs_other_code(other):
    assert build(**other) != build()


def test_the_loop_over_a_dense_row_becomes_vector_instructions():
    def count_packed(source):
        lines = emit_assembly(source).splitlines()
        return sum("mulpd" in line or ("fmadd" in line and "pd" in line) for line in lines)

    assert count_packed(build()) == 0
    assert count_packed(build(structure="dense")) > 0


def test_no_code_is_written_for_synapses_that_python_code_propagates():
    source = build(kind=Own)
    assert "targets0" not in source and "rows0" not in source
    assert "if n_found > 0:" in source


def test_rows_are_fetched_ahead_unless_their_place_is_known():
    sparse, single = build(), build(weight_dtype="float32")
    assert "prefetch(rows0, spikes0[fired + s + 4] - source_first0)" in sparse
    assert "for k in range(begin, end, 16):" in sparse  # 64 bytes of targets
    assert "weights0 = f32(A" in single and "weights0 = f64(A" in sparse
    assert "prefetch" not in build(structure="dense")
