"""Random numbers: the published vectors, the same bits everywhere, and their distribution."""

import numpy as np
import pytest
from scipy import stats

from brian_nb.kernels import allocate, compile_kernel, compile_reference
from brian_nb.kernels.philox import philox
from brian_nb.kernels.reference import random_words, uniform_numbers

# Salmon et al. 2011, known-answer file of Random123, philox4x32 with 10 rounds
KNOWN_ANSWERS = [
    ((0,) * 4, (0,) * 2, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]

SOURCE = """
def advance(A, thread, n_threads):
    uniform = f64(A, 0)
    normal = f64(A, 1)
    one_uniform = f64(A, 2)
    one_normal = f64(A, 3)
    p = i64(A, 4)
    uniform_block(uniform, p[0], p[1], p[2], p[3])
    normal_block(normal, p[0], p[1], p[2], p[3])
    for i in range(256):
        one_uniform[i] = uniform_at(p[0], p[1], p[2], p[3] + i)
        one_normal[i] = normal_at(p[0], p[1], p[2], p[3] + i)
    return 0
"""

NORMAL_DIFFERENCE = 1e-13
"""What `normals` promises."""

PLACES = [
    (0, 0, 0, 0),
    (1, 2, 3, 256),
    (-5, 7, 2**40 + 3, 256 * 12345),
    (2**62 + 1, 2**32 - 1, -1, 2**31 - 256),
]

SAMPLE_SOURCE = """
def advance(A, thread, n_threads):
    buffer = f64(A, 0)
    sample = f64(A, 1)
    n = i64(A, 2)
    for step in range(n[0]):
        KIND_block(buffer, 42, 1, step, 0)
        for i in range(256):
            sample[step * 256 + i] = buffer[i]
    return 0
"""


def draw(compiler, place):
    arrays = [allocate(256) for _ in range(4)] + [allocate(4, np.int64)]
    arrays[4][:] = place
    compiler(SOURCE)(arrays)()
    return arrays[:4]


def draw_sample(kind, n_steps):
    arrays = [allocate(256), allocate(256 * n_steps), allocate(1, np.int64)]
    arrays[2][0] = n_steps
    compile_kernel(SAMPLE_SOURCE.replace("KIND", kind))(arrays)()
    return arrays[1].reshape(n_steps, 256)


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN_ANSWERS)
def test_philox_gives_the_published_vectors(counter, key, expected):
    assert philox(counter, key) == expected


@pytest.mark.parametrize("place", PLACES)
def test_compiled_uniforms_are_the_bits_of_the_reference(place):
    compiled, plain = draw(compile_kernel, place), draw(compile_reference, place)
    np.testing.assert_array_equal(compiled[0], plain[0])
    np.testing.assert_allclose(compiled[1], plain[1], rtol=0, atol=NORMAL_DIFFERENCE)


@pytest.mark.parametrize("compiler", [compile_kernel, compile_reference])
def test_one_number_is_the_number_of_its_block(compiler):
    for place in PLACES:
        uniform, normal, one_uniform, one_normal = draw(compiler, place)
        np.testing.assert_array_equal(uniform, one_uniform)
        np.testing.assert_array_equal(normal, one_normal)


def test_lanes_stand_64_neurons_apart():
    words = random_words(seed=9, stream=4, step=5, first=512)
    expected = philox((2 * 64 + 17, 4, 5, 0), (9, 0))
    assert tuple(words[:, 17]) == expected
    assert uniform_numbers(9, 4, 5, 512)[17 + 64 * 3] == (expected[3] + 0.5) / 2**32


def test_seed_stream_step_and_block_each_change_all_numbers():
    base = draw(compile_kernel, (1, 1, 1, 256))[0]
    for place in [(2, 1, 1, 256), (1, 2, 1, 256), (1, 1, 2, 256), (1, 1, 1, 512)]:
        assert not (draw(compile_kernel, place)[0] == base).any()


def test_the_ends_of_the_range_stay_open():
    lanes = np.array([0, 2**32 - 1])
    low, high = (lanes + 0.5) * 2.0**-32
    assert 0 < low and high < 1


def test_uniforms_are_uniform():
    sample = draw_sample("uniform", 400)
    assert stats.kstest(sample.ravel(), "uniform").pvalue > 1e-3


def test_normals_have_the_moments_of_a_normal():
    n = 400 * 256
    sample = draw_sample("normal", 400).ravel()
    assert stats.kstest(sample, "norm").pvalue > 1e-3
    # four standard errors of each estimate
    assert abs(sample.mean()) < 4 / np.sqrt(n)
    assert abs(sample.var() - 1) < 4 * np.sqrt(2 / n)
    assert abs(stats.kurtosis(sample)) < 4 * np.sqrt(24 / n)


def test_neurons_and_steps_are_not_correlated():
    sample = draw_sample("normal", 400)
    bound = 5 / np.sqrt(400)
    across = np.corrcoef(sample, rowvar=False) - np.eye(256)
    assert abs(across).max() < 1.3 * bound
    assert abs(np.corrcoef(sample[:-1].ravel(), sample[1:].ravel())[0, 1]) < 5 / np.sqrt(1e5)
