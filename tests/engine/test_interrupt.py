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
    (thread,) = [item for item in threading.enumerate() if item.name == "brian_nb aside"]
    threading.Timer(0.1, is_free.set).start()
    if hasattr(os, "fork"):
        child = os.fork()  # waits for the work
        if child == 0:
            os._exit(0 if done.is_set() else 1)
        assert os.waitpid(child, 0)[1] == 0
    assert done.wait(20)
    thread.join(20)
    assert not thread.is_alive()


def test_other_threads_do_the_work_themselves():
    found = []

    def ask():
        found.append(do_aside(threading.current_thread) is threading.current_thread())

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [True]
    assert do_aside(threading.current_thread) is not threading.current_thread()


def test_work_is_done_here_where_no_thread_can_start(monkeypatch):
    def fail(self):
        raise RuntimeError("can't create new thread at interpreter shutdown")

    monkeypatch.setattr(threading.Thread, "start", fail)
    assert do_aside(threading.current_thread) is threading.current_thread()


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
