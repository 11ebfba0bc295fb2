"""Random numbers without a state: a function of (seed, stream, step, index).

The same neuron gets the same number in whatever order, block or thread it is asked for; a run
continues or repeats from any step. Numbers come in blocks of 256 neurons: 64 counters with
4 lanes of 32 bits each, lane l of counter c belongs to neuron ``first + c + 64*l``. A uniform
is ``(lane + 1/2) / 2**32``, so never 0 or 1; a normal has at most 6.76 standard deviations.
Uniforms and normals of one stream and step come from the same bits: ask for one kind only.

Source
------
Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3, SC'11, section 3.3
(Philox4x32-10).
"""

from contextlib import contextmanager

from llvmlite import ir

from brian_nb.kernels.lanes import INTEGER, Lanes, broadcast, real_of, select
from brian_nb.kernels.philox import LOW_BITS, N_COUNTERS, philox

_WIDTH = 16
"""Counters per turn of a loop: two AVX-512 registers, whose long chains then overlap
(1.2 ns a normal, 0.5 ns a uniform, on a 2.3 GHz Emerald Rapids)."""


def uniform_of(lane):
    """``(lane + 1/2) / 2**32`` from a lane of 32 bits: exponent bits are pasted in front."""
    return (real_of(lane | 0x4330000000000000) - (2.0**52 - 0.5)) * 2.0**-32


def uniform_pair(lane, other):
    """Two uniforms from two lanes of 32 bits."""
    return uniform_of(lane), uniform_of(other)


def fine_uniform(high, low):
    """``(k + 1/2) / 2**52`` from the upper 52 bits of two lanes of 32 bits."""
    return real_of((high << 20) | (low >> 12) | 0x3FF0000000000000) - (1.0 - 2.0**-53)


def fraction(lanes):
    """A uniform from the first two of four lanes."""
    return fine_uniform(lanes[0], lanes[1])


def choice(lanes):
    """A uniform from the last two of four lanes."""
    return fine_uniform(lanes[2], lanes[3])


def emit_block(builder, arguments, pair):
    """Write loops that fill 256 numbers: with random words first, then with what these make.

    Vectors are spelled out, so that no optimiser has to find them. In one loop, its chain of
    operations would be too long for turns to overlap, and a normal take half as long again.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    arguments : sequence of 5 llvmlite.ir.Value
        Address of float64[256], then int64: seed, stream, step, first.
    pair : callable
        `uniform_pair` or `normals.normal_pair`.
    """
    buffer, *integers = arguments
    seed, stream, step, first = (_broadcast(builder, value) for value in integers)
    with _counter_loop(builder) as c:
        counter = _lane_numbers(builder, c) + ((first >> 8) << 6)
        lanes = philox(_words(counter, stream, step), _key(seed))
        for row, word in enumerate(lanes):
            _store(builder, buffer, builder.add(c, INTEGER(N_COUNTERS * row)), word)
    for rows in (0, 1), (2, 3):
        with _counter_loop(builder) as c:
            places = [builder.add(c, INTEGER(N_COUNTERS * row)) for row in rows]
            words = [_load(builder, buffer, place) for place in places]
            for place, value in zip(places, pair(*words), strict=True):
                _store(builder, buffer, place, value)


def emit_number(builder, arguments, pair):
    """Write the computation of one number, with the bits that the block function gives.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    arguments : sequence of 4 llvmlite.ir.Value
        int64: seed, stream, step, index.
    pair : callable
        `uniform_pair` or `normals.normal_pair`.

    Returns
    -------
    llvmlite.ir.Value
        double
    """
    seed, stream, step, index = (Lanes(builder, value) for value in arguments)
    counter = ((index >> 8) << 6) + (index & (N_COUNTERS - 1))
    lanes = philox(_words(counter, stream, step), _key(seed))
    lane = (index >> 6) & 3
    even, odd = (select(lane >= 2, lanes[k + 2], lanes[k]) for k in (0, 1))
    first, second = pair(even, odd)
    return select((lane & 1) == 1, second, first).value


def emit_event(builder, arguments, formula):
    """Write the computation of one fine number for a block of neurons.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    arguments : sequence of 4 llvmlite.ir.Value
        int64: seed, stream, step, first.
    formula : callable
        `fraction` or `choice`; the two are independent.

    Returns
    -------
    llvmlite.ir.Value
        double
    """
    seed, stream, step, first = (Lanes(builder, value) for value in arguments)
    return formula(philox(_words((first >> 8) << 6, stream, step), _key(seed))).value


def _words(counter, stream, step):
    return counter & LOW_BITS, stream & LOW_BITS, step & LOW_BITS, step >> 32


def _key(seed):
    return seed & LOW_BITS, seed >> 32


@contextmanager
def _counter_loop(builder):
    """Run what is written inside for c = 0, 16, ... below `N_COUNTERS`."""
    start, loop = builder.block, builder.append_basic_block("loop")
    leave = builder.append_basic_block("leave")
    builder.branch(loop)
    builder.position_at_end(loop)
    c = builder.phi(INTEGER)
    c.add_incoming(INTEGER(0), start)
    yield c
    following = builder.add(c, INTEGER(_WIDTH))
    c.add_incoming(following, builder.block)
    builder.cbranch(builder.icmp_signed("<", following, INTEGER(N_COUNTERS)), loop, leave)
    builder.position_at_end(leave)


def _broadcast(builder, value):
    return Lanes(builder, broadcast(builder, value, _WIDTH))


def _lane_numbers(builder, start):
    steps = ir.Constant(ir.VectorType(INTEGER, _WIDTH), list(range(_WIDTH)))
    return _broadcast(builder, start) + Lanes(builder, steps)


def _load(builder, buffer, offset):
    place = builder.gep(buffer, [offset], source_etype=ir.DoubleType())
    return Lanes(builder, builder.load(place, align=8, typ=ir.VectorType(INTEGER, _WIDTH)))


def _store(builder, buffer, offset, value):
    place = builder.gep(buffer, [offset], source_etype=ir.DoubleType())
    builder.store(value.value, place, align=8)
