"""Code laid out once runs without LLVM, gives the bits of LLVM's linker, or is left to it."""

import os
import platform
import struct
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from brian_nb.kernels import allocate
from brian_nb.kernels.compile import emit_object
from brian_nb.kernels.elf import link_object
from brian_nb.kernels.image import is_image, load_image, read_image
from brian_nb.kernels.load import ENTRY, LoadedCode, link_kernel, load_kernel, load_object
from brian_nb.kernels.processor import describe_processor, pick_fields

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64",
    reason="elsewhere LLVM loads the code",
)

SOURCE = """
def advance(A, thread, n_threads):
    v = f64(A, 0)
    normal_block(v, 3, 4, 5, 0)
    for i in range(256):
        v[i] = exp(v[i]) + arcsin(0.001 * i) + tanh(v[i])
    wait_barrier(i64(A, 1), n_threads)
    return 29 + thread
"""

CONTENT, RELOCATIONS = 1, 4
WRITABLE, LOADED = 1, 2
ABSOLUTE_ADDRESS = 1


@pytest.fixture(scope="module")
def code():
    return emit_object(SOURCE)


def run(loaded):
    arrays = [allocate(256), allocate(16, np.int64)]
    table = np.array([array.ctypes.data for array in arrays], np.uintp)
    status = loaded.call(table.ctypes.data, 0, 1)
    return status, arrays[0]


def find_section(code, kind):
    """Where the header of the first section of a kind begins."""
    begin, n_sections = struct.unpack_from("<Q", code, 40)[0], struct.unpack_from("<H", code, 60)[0]
    places = [begin + 64 * number for number in range(n_sections)]
    return next(place for place in places if struct.unpack_from("<I", code, place + 4)[0] == kind)


def put(code, place, word):
    return code[:place] + word + code[place + len(word) :]


def test_an_image_gives_the_bits_that_llvm_gives(code):
    kept = link_kernel(code)
    assert is_image(kept)
    status, values = run(load_kernel(kept))
    owner = load_object(code, [ENTRY])
    assert status == 29
    np.testing.assert_array_equal(values, run(LoadedCode(owner[ENTRY], owner))[1])


def test_an_image_says_what_it_calls(code):
    image = link_object(code, ENTRY)
    assert set(image.imports) == {"brian_nb_yield", "asin"}
    assert read_image(image.to_bytes()) == image


def test_an_image_may_lie_anywhere(code):
    kept = link_kernel(code)
    first, second = load_kernel(kept), load_kernel(kept)
    np.testing.assert_array_equal(run(first)[1], run(second)[1])
    image = replace(read_image(kept), imports={})
    assert load_image(image, {}) != load_image(image, {})


def test_a_kernel_from_the_disk_needs_no_llvm(tmp_path):
    program = (
        "import sys; from brian_nb.kernels import compile_kernel; compile_kernel(sys.argv[1])\n"
        "print('llvmlite' in sys.modules)"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", program, SOURCE],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ
            | {"BRIAN_NB_CACHE": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout.strip()
        for _ in range(2)
    ]
    assert answers == ["True", "False"]


def test_what_is_not_known_is_left_to_llvm(code):
    assert link_object(code, "another_entry") is None
    assert link_object(code[:64], ENTRY) is None
    assert link_object(b"\xcf\xfa\xed\xfe" + code[4:], ENTRY) is None
    assert link_kernel(code[:64]) == code[:64]


def test_data_to_write_to_is_left_to_llvm(code):
    flags = struct.pack("<Q", LOADED | WRITABLE)
    assert link_object(put(code, find_section(code, CONTENT) + 8, flags), ENTRY) is None


def test_absolute_addresses_are_left_to_llvm(code):
    (first,) = struct.unpack_from("<Q", code, find_section(code, RELOCATIONS) + 24)
    damaged = put(code, first + 8, struct.pack("<I", ABSOLUTE_ADDRESS))
    assert link_object(damaged, ENTRY) is None


def test_a_function_that_is_not_expected_is_left_to_llvm(code, monkeypatch):
    from brian_nb.kernels import load

    monkeypatch.setattr(load, "OUTSIDE", ())
    assert link_kernel(code) == code


PROCESSOR = """processor\t: 0
vendor_id\t: GenuineIntel
cpu family\t: 6
model\t\t: 207
model name\t: A processor
stepping\t: 2
cpu MHz\t\t: {mhz}
flags\t\t: fpu {flags}
bugs\t\t: some
{end}"""


def test_a_processor_is_described_by_what_stays():
    first, second = (
        pick_fields(PROCESSOR.format(mhz=mhz, flags="avx2", end="\nprocessor\t: 1"))
        for mhz in (2300, 3100)
    )
    assert first == second
    assert first != pick_fields(PROCESSOR.format(mhz=2300, flags="avx512f", end="\n"))


def test_a_list_of_processors_that_is_cut_off_says_nothing():
    with pytest.raises(ValueError, match="form"):
        pick_fields(PROCESSOR.format(mhz=1, flags="avx2", end=""))
    with pytest.raises(ValueError, match="form"):
        pick_fields("processor : 0\n\n")


def test_without_a_list_llvm_describes_the_processor(monkeypatch, tmp_path):
    from brian_nb.kernels import processor

    monkeypatch.setattr(processor, "_LIST", tmp_path / "missing")
    assert "\n" in describe_processor()
