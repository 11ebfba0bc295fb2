"""Changes of synapses against a dictionary of pairs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brian_nb.engine import Pairs, Rows, SynapseState, row_blocks
from brian_nb.engine.row_blocks import apply_changes
from brian_nb.engine.rows import find_places

N_SOURCE, N_TARGET = 4, 5

pair = st.tuples(st.integers(0, N_SOURCE - 1), st.integers(0, N_TARGET - 1))
number = st.sampled_from([None, 1.0, 2.0, "each"])
change = st.tuples(st.lists(pair, max_size=6), number, number, st.booleans())


def nothing(has_delays):
    delays = np.empty(0) if has_delays else None
    return Rows(0, np.zeros(N_SOURCE + 1, np.int64), np.empty(0, np.uint32), 0.0, delays)


def read(rows):
    """Rows as a dictionary of pairs to weight and delay."""
    pairs = rows.to_pairs()
    n = len(rows.targets)
    delays = np.zeros(n) if rows.delays is None else rows.delays
    weights = np.broadcast_to(rows.weights, n)
    keys = zip(pairs.pre.tolist(), pairs.post.tolist(), strict=True)
    return dict(zip(keys, zip(weights.tolist(), delays.tolist(), strict=True), strict=True))


def spread(value, n, offset):
    return np.arange(n) + offset if value == "each" else value


def make_change(pairs, weight, delay, removed, offset):
    pre, post = np.array(pairs, np.int64).reshape(-1, 2).T
    if removed:
        return Pairs(pre, post, removed=True)
    n = len(pairs)
    return Pairs(pre, post, spread(weight, n, offset), spread(delay, n, offset + 0.5))


def apply_plainly(table, changes):
    for item in changes:
        n = len(item.pre)
        for k, key in enumerate(zip(item.pre.tolist(), item.post.tolist(), strict=True)):
            if item.removed:
                table.pop(key, None)
                continue
            known = table.get(key)
            if known is None and item.weights is None:
                continue  # a delay before the synapse: see below
            weight, delay = known or (0.0, 0.0)
            weight = weight if item.weights is None else np.broadcast_to(item.weights, n)[k]
            delay = delay if item.delays is None else np.broadcast_to(item.delays, n)[k]
            table[key] = float(weight), float(delay)
    return table


@given(st.lists(st.lists(change, min_size=1, max_size=4), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_changes_in_batches_give_what_one_by_one_gives(batches):
    rows, table = nothing(has_delays=True), {}
    for number, batch in enumerate(batches):
        # delays before their synapse are tested below: here they come with it
        changes = [
            make_change(*item, offset=10.0 * k + 100 * number)
            for k, item in enumerate(batch)
            if item[1] is not None or item[2] is None
        ]
        if not changes:
            continue
        rows = apply_changes(rows, changes, N_TARGET)
        table = apply_plainly(table, changes)
        assert read(rows) == table
        for row in np.split(rows.targets, rows.starts[1:-1]):
            assert (np.diff(row.astype(int)) > 0).all()


def test_blocks_of_sources_change_nothing(monkeypatch):
    generator = np.random.default_rng(1)

    def draw_rows(first, n_rows, n_target, weights):
        table = generator.random((n_rows, n_target)) < 0.4
        starts = np.concatenate([[0], np.cumsum(table.sum(axis=1))])
        targets = np.nonzero(table)[1].astype(np.uint32)
        weights = generator.random(len(targets)) if weights is None else weights
        return Rows(first, starts, targets, weights, generator.random(len(targets)))

    def draw_pairs(n, **what):
        pre, post = generator.integers(0, 40, n), generator.integers(0, 30, n)
        return Pairs(pre, post, **what)

    empty = Rows(0, np.zeros(41, np.int64), np.empty(0, np.uint32), 0.0, np.empty(0))
    batches = [
        [draw_rows(0, 40, 15, 2.0), draw_rows(10, 20, 30, 2.0)],
        [draw_pairs(90, weights=2.0), draw_rows(0, 5, 30, 2.0)],
        [draw_pairs(200, removed=True), draw_pairs(50, delays=1.0)],
        [draw_rows(7, 33, 30, None), draw_pairs(90, weights=np.arange(90.0))],
        [Pairs(*np.mgrid[:40, :30].reshape(2, -1), removed=True)],
    ]
    at_once = blocks = empty
    for batch in batches:
        monkeypatch.setattr(row_blocks, "SYNAPSES_AT_ONCE", 10**9)
        at_once = apply_changes(at_once, batch, 30)
        monkeypatch.setattr(row_blocks, "SYNAPSES_AT_ONCE", 50)
        blocks = apply_changes(blocks, batch, 30)
        assert np.ndim(blocks.weights) == np.ndim(at_once.weights)
        assert np.array_equal(blocks.starts, at_once.starts)
        assert read(blocks) == read(at_once)
    assert not len(blocks.targets)


def test_a_delay_may_be_set_before_its_synapse_comes():
    changes = [
        Pairs(np.array([1, 1]), np.array([2, 3]), delays=np.array([5.0, 6.0])),
        Pairs(np.array([1, 0]), np.array([2, 0]), 1.0),
    ]
    rows = apply_changes(nothing(has_delays=True), changes, N_TARGET)
    assert read(rows) == {(0, 0): (1.0, 0.0), (1, 2): (1.0, 5.0)}
    rows = apply_changes(rows, [Pairs(np.array([0]), np.array([0]), delays=7.0)], N_TARGET)
    assert read(rows)[0, 0] == (1.0, 7.0)


def test_what_comes_back_after_its_removal_is_new():
    changes = [Pairs(np.array([1]), np.array([2]), 1.0, 5.0)]
    rows = apply_changes(nothing(has_delays=True), changes, N_TARGET)
    one = np.array([1]), np.array([2])
    rows = apply_changes(rows, [Pairs(*one, removed=True), Pairs(*one, 3.0)], N_TARGET)
    assert read(rows) == {(1, 2): (3.0, 0.0)}


def test_rows_of_a_block_are_taken_as_they_are():
    block = Rows(1, np.array([0, 2, 3]), np.array([1, 4, 0], np.uint32), 2.0)
    rows = apply_changes(nothing(has_delays=False), [block], N_TARGET)
    assert rows.targets is block.targets and rows.weights == 2.0
    assert read(rows) == {(1, 1): (2.0, 0.0), (1, 4): (2.0, 0.0), (2, 0): (2.0, 0.0)}


def test_equal_weights_stay_one_number():
    block = Rows(0, np.array([0, 1]), np.array([1], np.uint32), 2.0)
    same = Rows(2, np.array([0, 1]), np.array([3], np.uint32), 2.0)
    rows = apply_changes(nothing(has_delays=False), [block, same], N_TARGET)
    assert rows.weights == 2.0
    other = apply_changes(rows, [Pairs(np.array([3]), np.array([0]), 5.0)], N_TARGET)
    assert other.weights.tolist() == [2, 2, 5]


@pytest.mark.parametrize("density", [0.0, 0.1, 1.0])
def test_places_are_found_in_all_rows_at_once(density):
    generator = np.random.default_rng(0)
    table = generator.random((30, 40)) < density
    starts = np.concatenate([[0], np.cumsum(table.sum(axis=1))])
    targets = np.nonzero(table)[1].astype(np.uint32)
    pre, post = np.mgrid[:30, :40].reshape(2, -1)
    places, found = find_places(starts, targets, pre, post)
    assert np.array_equal(found, table.ravel())
    assert np.array_equal(targets[places[found]], post[found])


def test_arrays_of_rows_and_targets_are_replaced_and_never_changed():
    state = SynapseState(np.array([0, 1, 2]), np.array([1, 0]), np.array([0.5, 0.7]), target_size=3)
    rows, targets, version = state.rows, state.targets.copy(), state.version
    kept = state.targets
    state.change(Pairs(np.array([0]), np.array([2]), 1.0))
    assert state.targets is kept and not state.is_settled
    state.settle()
    assert state.rows is not rows and np.array_equal(kept, targets)
    assert state.version > version and state.n_synapses == 3
