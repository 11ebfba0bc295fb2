"""The cache stays below its size, and what is used stays in it."""

import os
import time

import pytest

from brian_nb.kernels import cache, pruning
from brian_nb.kernels.cache import find_object, store_object

DAY = 86400.0
CODE = b"c" * 1000


@pytest.fixture
def small_cache(empty_cache, monkeypatch):
    """A cache with room for ten files, and nothing pruned yet."""
    monkeypatch.setattr(pruning, "MOST_BYTES", 10_400)
    cache._prune_once.cache_clear()
    return empty_cache


def fill(directory, n_files, days_ago):
    for number in range(n_files):
        path = directory / f"{number:064x}.o"
        path.write_bytes(cache._digest(CODE) + CODE)
        set_age(path, days_ago - 0.01 * number)


def set_age(path, days):
    moment = time.time() - days * DAY
    os.utime(path, (moment, moment))


def test_the_oldest_files_go_when_there_is_too_much(small_cache):
    fill(small_cache, 12, days_ago=5)
    store_object("f" * 64, CODE)
    names = sorted(path.name for path in small_cache.iterdir())
    assert names == [*(f"{number:064x}.o" for number in range(6, 12)), "f" * 64 + ".o"]


def test_below_the_size_nothing_goes(small_cache):
    fill(small_cache, 9, days_ago=1000)
    store_object("f" * 64, CODE)
    assert len(list(small_cache.iterdir())) == 10


def test_a_file_that_is_used_stays(small_cache):
    fill(small_cache, 12, days_ago=5)
    assert find_object(f"{0:064x}") == CODE
    store_object("f" * 64, CODE)
    assert (small_cache / f"{0:064x}.o").exists()
    assert not (small_cache / f"{1:064x}.o").exists()


def test_what_a_killed_process_left_goes(small_cache):
    old, new = small_cache / ".filling-old", small_cache / ".filling-new"
    for path in (old, new):
        path.write_bytes(b"x")
    set_age(old, 1)
    store_object("f" * 64, CODE)
    assert not old.exists() and new.exists()


def test_another_process_may_prune_at_the_same_time(small_cache, monkeypatch):
    fill(small_cache, 12, days_ago=5)

    def vanish(path):
        raise FileNotFoundError(path)

    monkeypatch.setattr(os, "unlink", vanish)
    store_object("f" * 64, CODE)
    assert find_object("f" * 64) == CODE


def test_other_files_in_the_directory_are_left_alone(small_cache):
    (small_cache / "notes.txt").write_bytes(b"n" * 50_000)
    fill(small_cache, 12, days_ago=5)
    store_object("f" * 64, CODE)
    assert (small_cache / "notes.txt").exists()
