"""The Philox 4x32-10 generator on anything with the operators of 64-bit integers.

Source
------
Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3, SC'11, section 3.3.
"""

BLOCK = 256
"""Neurons that share one call; the first of them is a multiple of it."""
N_COUNTERS = 64
"""Philox counters per block, each giving four lanes."""

MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)
N_ROUNDS = 10
LOW_BITS = 0xFFFFFFFF

ANGLE_BITS = 30
"""Bits of a word that give the angle of a pair of normals within a quadrant, which the two bits
above give."""


def philox(counter, key):
    """Scramble four 32-bit words with a key of two.

    Parameters
    ----------
    counter : sequence of 4 integers below 2**32
        `int`, uint64 arrays or `lanes.Lanes`.
    key : sequence of 2 integers below 2**32

    Returns
    -------
    tuple of 4 integers below 2**32
    """
    a, b, c, d = counter
    low, high = key
    for _ in range(N_ROUNDS):
        # cut off where they are multiplied: compilers know an instruction that does both
        first, second = (a & LOW_BITS) * MULTIPLIERS[0], (c & LOW_BITS) * MULTIPLIERS[1]
        a, b = (second >> 32) ^ b ^ low, second
        c, d = (first >> 32) ^ d ^ high, first
        low, high = (low + WEYL[0]) & LOW_BITS, (high + WEYL[1]) & LOW_BITS
    return tuple(word & LOW_BITS for word in (a, b, c, d))
