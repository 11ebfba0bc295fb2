"""Work that interrupts do not reach, and interrupts that wait."""

import os
import signal
import threading
import time

import pytest

from brian_nb.engine.interrupt import HeldInterrupts, do_aside


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)


def test_work_done_aside_gives_its_result_and_its_error():
    assert do_aside(lambda: 6 * 7) == 42
    with pytest.raises(ZeroDivisionError):
        do_aside(lambda: 1 / 0)
    with pytest.raises(KeyboardInterrupt):
        do_aside(lambda: signal.default_int_handler(signal.SIGINT, None))


def test_an_interrupt_ends_the_waiting_and_not_the_work():
    started, done = threading.Event(), threading.Event()
    is_free = threading.Event()

    def work():
        started.set()
        is_free.wait(20)
        done.set()

    threading.Thread(target=lambda: started.wait(20) and interrupt()).start()
    begin = time.perf_counter()
    with pytest.raises(KeyboardInterrupt):
        do_aside(work)
    assert time.perf_counter() - begin < 10
    assert not done.is_set()
    is_free.set()
    assert done.wait(20)


def test_other_threads_do_the_work_themselves():
    found = []

    def ask():
        found.append(do_aside(threading.current_thread) is threading.current_thread())

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [True]
    assert do_aside(threading.current_thread) is not threading.current_thread()


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
