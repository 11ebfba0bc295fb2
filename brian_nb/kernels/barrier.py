"""A barrier for threads inside a kernel: all wait until the last one has come.

The counter area is an int64 array of at least `N_COUNTERS` zeros. Element 0 counts the threads
that have come, element 8 (another cache line) the times the barrier has opened; a waiting
thread watches the second one change. Reading it *before* announcing oneself makes the barrier
safe to use again at once: it cannot open while this thread has not come.

Source
------
Mellor-Crummey and Scott 1991, ACM Trans. Comput. Syst. 9:21, section 3.1 (centralised barrier).
"""

from llvmlite import ir

from brian_nb.kernels.load import YIELD

N_COUNTERS = 16
OPENED = 8
N_SPINS = 2000
"""Tries before the processor is given to another thread: about 30 us, several time steps. With
more threads than processors the one waited for may not be running at all."""

_INT = ir.IntType(64)
_PAUSE = {"x86_64": "pause", "amd64": "pause", "aarch64": "yield", "arm64": "yield"}


def emit_barrier(builder, counters, n_threads):
    """Write the barrier at the place of `builder`; one thread alone passes.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    counters : llvmlite.ir.Value
        Typed pointer to int64[N_COUNTERS].
    n_threads : llvmlite.ir.Value
        int64, how many threads meet.
    """
    with builder.if_then(builder.icmp_signed(">", n_threads, _INT(1))):
        opened = builder.gep(counters, [_INT(OPENED)])
        before = builder.load_atomic(opened, "acquire", 8)
        earlier = builder.atomic_rmw("add", counters, _INT(1), "acq_rel")
        is_last = builder.icmp_signed("==", earlier, builder.sub(n_threads, _INT(1)))
        with builder.if_else(is_last) as (last, others):
            with last:
                builder.store_atomic(_INT(0), counters, "monotonic", 8)
                builder.store_atomic(builder.add(before, _INT(1)), opened, "release", 8)
            with others:
                _emit_wait(builder, opened, before)


def _emit_wait(builder, opened, before):
    start = builder.block
    loop, leave = (builder.append_basic_block(name) for name in ("barrier.wait", "barrier.open"))
    builder.branch(loop)
    builder.position_at_end(loop)
    spins = builder.phi(_INT)
    spins.add_incoming(_INT(0), start)
    _emit_pause(builder)
    with builder.if_then(builder.icmp_signed(">=", spins, _INT(N_SPINS))):
        builder.call(_declare_yield(builder.module), [])
    more = builder.add(spins, _INT(1))
    spins.add_incoming(more, builder.block)
    now = builder.load_atomic(opened, "acquire", 8)
    builder.cbranch(builder.icmp_signed("==", now, before), loop, leave)
    builder.position_at_end(leave)


def _emit_pause(builder):
    import platform

    instruction = _PAUSE.get(platform.machine().lower())
    if instruction:
        kind = ir.FunctionType(ir.VoidType(), [])
        builder.call(ir.InlineAsm(kind, instruction, "~{memory}", side_effect=True), [])


def _declare_yield(module):
    from brian_nb.kernels.lanes import declare

    return declare(module, YIELD, ir.FunctionType(ir.IntType(32), []))
