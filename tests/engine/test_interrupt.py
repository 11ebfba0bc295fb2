"""Interrupts that wait."""

import os
import signal

import pytest

from brian_nb.engine.interrupt import HeldInterrupts


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)


def test_a_held_interrupt_is_raised_afterwards():
    with HeldInterrupts() as interrupts:
        interrupt()
        deed = "done"
    assert deed == "done"
    with pytest.raises(KeyboardInterrupt):
        interrupts.raise_held()


def test_a_second_interrupt_is_not_held():
    with pytest.raises(KeyboardInterrupt), HeldInterrupts():
        interrupt()
        interrupt()
        pytest.fail("not reached")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
