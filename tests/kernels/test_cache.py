"""Object code on disk: found again, never trusted, never in the way."""

import errno
import json
import os
import subprocess
import sys

import pytest

from brian_nb.kernels import compile as compiler
from brian_nb.kernels import compile_kernel
from brian_nb.kernels.cache import find_directory, find_object, make_key, store_object
from brian_nb.kernels.naming import rename

SOURCE = """
def advance(A, thread, n_threads):
    v = f64(A, 0)
    for i in range(4):
        v[i] = exp(v[i]) + normal_at(1, 2, 3, i)
    wait_barrier(i64(A, 1), n_threads)
    return 17
"""

RUN = """
import json, sys
from brian_nb.kernels import allocate, compile_kernel
status = compile_kernel(sys.argv[1])([allocate(4), allocate(16, "i8")])()
print(json.dumps([status, "llvmlite" in sys.modules]))
"""


def start_process(directory, program=RUN):
    return subprocess.Popen(
        [sys.executable, "-c", program, SOURCE],
        stdout=subprocess.PIPE,
        env=os.environ
        | {"BRIAN_NB_CACHE": str(directory), "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def finish(process):
    output, _ = process.communicate(timeout=60)
    return json.loads(output)


def forbid_compiler(monkeypatch):
    def fail(source):
        raise AssertionError("compiled although the object code is on disk")

    monkeypatch.setattr(compiler, "emit_object", fail)


def test_two_processes_may_fill_one_entry_and_a_third_needs_no_compiler(tmp_path):
    racing = [start_process(tmp_path) for _ in range(2)]
    assert [finish(process)[0] for process in racing] == [17, 17]
    assert [path.suffix for path in tmp_path.iterdir()] == [".o"]
    assert finish(start_process(tmp_path)) == [17, False]


def test_another_process_would_load_what_this_one_compiled(empty_cache, monkeypatch):
    compile_kernel(SOURCE)
    forbid_compiler(monkeypatch)
    monkeypatch.setattr(compiler, "_loaded", {})
    assert compile_kernel(SOURCE) is not None


@pytest.mark.parametrize("damage", [lambda code: code[:40], lambda code: code[:-1] + b"x"])
def test_a_damaged_file_is_compiled_anew(empty_cache, monkeypatch, damage):
    key = make_key(rename(SOURCE))
    store_object(key, b"machine code")
    path = empty_cache / f"{key}.o"
    path.write_bytes(damage(path.read_bytes()))
    assert find_object(key) is None
    compile_kernel(SOURCE)
    assert find_object(key) is not None


def test_a_directory_that_cannot_be_written_is_no_failure(empty_cache, monkeypatch):
    blocked = empty_cache / "file"
    blocked.write_text("not a directory")
    monkeypatch.setenv("BRIAN_NB_CACHE", str(blocked))
    store_object("0" * 64, b"code")
    assert find_object("0" * 64) is None
    source = "def advance(A, thread, n_threads):\n    return 23"
    assert compile_kernel(source)([])() == 23


def test_a_full_disk_is_no_failure_and_leaves_nothing_behind(empty_cache, monkeypatch):
    def fill(source, target):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", fill)
    store_object("0" * 64, b"code")
    assert list(empty_cache.iterdir()) == []
    assert compile_kernel("def advance(A, thread, n_threads):\n    return 31")([])() == 31


NETWORK = """
import json
from brian_nb import NeuronGroup, Connection, SpikeMonitor, mV, ms, run, seed
seed(5)
equations = "dv/dt = (11*mV + 5*mV*xi*(10*ms)**0.5 - v)/(10*ms) : volt"
group = NeuronGroup(50, equations, threshold=10*mV, reset=0*mV)
connection = Connection(group, group, "v", weight=0.5*mV, sparseness=0.3)
monitor = SpikeMonitor(group)
run(100*ms)
print(json.dumps(monitor.spikes))
"""


def test_networks_that_begin_at_once_on_an_empty_cache_give_the_same_spikes(tmp_path):
    racing = [start_process(tmp_path, NETWORK) for _ in range(2)]
    first, second = (finish(process) for process in racing)
    assert first == second and len(first) > 50
    before = sorted(tmp_path.iterdir())
    assert finish(start_process(tmp_path, NETWORK)) == first
    assert sorted(tmp_path.iterdir()) == before
    assert all(path.suffix == ".o" for path in before)


def test_the_key_changes_with_the_source_and_with_the_machine(monkeypatch):
    from brian_nb.kernels import cache

    keys = {make_key("a"), make_key("b")}
    monkeypatch.setattr(cache, "_describe_compiler", lambda: "another machine")
    assert len(keys | {make_key("a")}) == 3


def test_the_directory_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("BRIAN_NB_CACHE", str(tmp_path))
    assert find_directory() == tmp_path
    monkeypatch.delenv("BRIAN_NB_CACHE")
    assert find_directory().name == "kernels"


def test_importing_the_package_does_not_import_llvm():
    program = "import sys, brian_nb.kernels; print({'llvmlite'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.strip() == "set()"
