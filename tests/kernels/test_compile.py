"""From source text to running code: both modes, threads."""

import ctypes
import threading
import time

import numpy as np

from brian_nb.kernels import allocate, compile_kernel, compile_reference
from brian_nb.kernels import compile as compiler
from brian_nb.kernels.library import FUNCTIONS
from brian_nb.kernels.reference import VOCABULARY

SOURCE = """
def advance(A, thread, n_threads):
    v = f64(A, 0)
    spikes = i32(A, 1)
    table = u32(A, 2)
    flag = u8(A, 3)
    n = i64(A, 4)
    count = 0
    for i in range(n[0]):
        v[i] = v[i] * exp(-0.1) + 1.0 / n[0]
        if v[i] > 0.5 and flag[table[i]]:
            spikes[count] = i
            count += 1
    return count
"""


def make_arrays(n=300):
    arrays = [allocate(n), *(allocate(n, d) for d in ("i4", "u4", "u1")), allocate(1, "i8")]
    arrays[0][:] = np.linspace(0, 1, n)
    arrays[2][:] = np.arange(n)[::-1]
    arrays[3][::3] = 1
    arrays[4][0] = n
    return arrays


def test_both_modes_do_the_same():
    compiled, plain = make_arrays(), make_arrays()
    status = compile_kernel(SOURCE)(compiled)()
    assert status == compile_reference(SOURCE)(plain)() > 10
    np.testing.assert_allclose(compiled[0], plain[0], rtol=1e-15)
    np.testing.assert_array_equal(compiled[1], plain[1])


def test_both_modes_know_the_same_names():
    from brian_nb.kernels.frontend.calls import NAMES

    builtin = {"range", "min", "max", "abs", "int", "float"}
    assert NAMES - builtin == set(VOCABULARY) > set(FUNCTIONS)


def test_one_kernel_serves_many_tables():
    kernel = compile_kernel(SOURCE)
    assert kernel(make_arrays(300))() != kernel(make_arrays(90))()


def test_unsigned_integers_come_out_as_signed_64_bits():
    source = """
def advance(A, thread, n_threads):
    narrow = u32(A, 0)
    return narrow[0] - narrow[1]
"""
    array = allocate(2, np.uint32)
    array[:] = 1, 2**32 - 1
    for compile_source in (compile_kernel, compile_reference):
        assert compile_source(source)([array])() == 2 - 2**32


def test_an_unsigned_index_is_widened_with_zeros():
    # element 2**31 of an array of bytes: as a signed index it would lie before the array
    source = """
def advance(A, thread, n_threads):
    place = u32(A, 0)
    value = u8(A, 1)
    return value[place[0]]
"""
    place, value = allocate(1, np.uint32), allocate(2**31 + 1, np.uint8)
    place[0], value[2**31] = 2**31, 7
    assert compile_kernel(source)([place, value])() == 7


def test_division_by_zero_gives_infinity_in_both_modes():
    source = """
def advance(A, thread, n_threads):
    v = f64(A, 0)
    v[0] = 1.0 / v[1]
    return 0
"""
    for compile_source in (compile_kernel, compile_reference):
        array = allocate(2)
        compile_source(source)([array])()
        assert array[0] == np.inf


def test_thread_and_number_of_threads_reach_the_kernel():
    source = "def advance(A, thread, n_threads):\n    return 100 * thread + n_threads"
    for compile_source in (compile_kernel, compile_reference):
        assert compile_source(source)([])(3, 4) == 304


def test_c_functions_are_called_by_their_addresses():
    source = """
def advance(A, thread, n_threads):
    x = f64(A, 0)
    places = i64(A, 1)
    for i in range(3):
        x[i] = call_native(places[0], x[i], i) + call_native(places[1])
    return 0
"""

    @ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_double, ctypes.c_double)
    def add(left, right):
        return left + 10 * right

    @ctypes.CFUNCTYPE(ctypes.c_double)
    def give():
        return 0.5

    for compile_source in (compile_kernel, compile_reference):
        x, places = allocate(3), allocate(2, np.int64)
        x[:] = 1, 2, 3
        places[:] = [ctypes.cast(item, ctypes.c_void_p).value for item in (add, give)]
        compile_source(source)([x, places])()
        assert x.tolist() == [1.5, 12.5, 23.5]


def test_builtin_functions_with_bodies_of_their_own_are_linked_in():
    source = "def advance(A, thread, n_threads):\n    return min(thread, n_threads)"
    assert compile_kernel(source)([])(3, 4) == 3


def test_the_same_text_is_compiled_once(empty_cache, monkeypatch):
    calls = []
    emit = compiler.emit_object
    monkeypatch.setattr(compiler, "emit_object", lambda text: calls.append(text) or emit(text))
    compile_kernel(SOURCE)
    compile_kernel(SOURCE)
    assert len(calls) == 1


def test_threads_may_compile_at_once(empty_cache):
    template = "def advance(A, thread, n_threads):\n    return thread + {}"
    results = [None] * 6

    def work(k):
        results[k] = compile_kernel(template.format(k // 2))([])(10)

    workers = [threading.Thread(target=work, args=(k,)) for k in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert results == [10, 10, 11, 11, 12, 12]


def test_the_interpreter_runs_while_a_kernel_does():
    source = """
def advance(A, thread, n_threads):
    v = f64(A, 0)
    for k in range(300_000_000):
        v[0] = v[0] * 0.5 + 1.0
    return 0
"""
    bound = compile_kernel(source)([allocate(1)])
    worker = threading.Thread(target=bound)
    worker.start()
    n_turns = 0
    while worker.is_alive():
        time.sleep(0.001)
        n_turns += 1
    assert n_turns > 20


def test_single_precision_is_read_as_double_and_rounded_when_written():
    source = """
def advance(A, thread, n_threads):
    narrow = f32(A, 0)
    wide = f64(A, 1)
    wide[0] = narrow[0] + wide[1]
    narrow[1] = wide[1]
    return 0
"""
    for compile_source in (compile_kernel, compile_reference):
        narrow, wide = allocate(2, np.float32), allocate(2)
        narrow[0], wide[1] = 0.1, 0.2
        compile_source(source)([narrow, wide])()
        assert wide[0] == float(np.float32(0.1)) + 0.2
        assert narrow[1] == np.float32(0.2)


def test_any_place_may_be_fetched_ahead():
    source = """
def advance(A, thread, n_threads):
    v = f64(A, 0)
    n = u32(A, 1)
    prefetch(v, n[0] * 1000000)
    prefetch(n, -5)
    return 7
"""
    for compile_source in (compile_kernel, compile_reference):
        assert compile_source(source)([allocate(2), allocate(2, np.uint32)])() == 7
