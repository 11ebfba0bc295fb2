"""What `run` and the like find, and what they are told to pass over."""

import numpy as np
import pytest

from brian_nb import (
    Clock,
    MagicNetwork,
    Network,
    NetworkOperation,
    NeuronGroup,
    StateMonitor,
    clear,
    forget,
    magic_register,
    magic_return,
    recall,
    reinit,
    run,
    stop,
)
from brian_nb.errors import ModelError
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]


def make_group():
    return NeuronGroup(1, "dx/dt = 1/ms : 1")


def test_a_forgotten_group_stands_still_until_it_is_recalled():
    G, H = make_group(), make_group()
    forget(G)
    run(1 * ms)
    assert (G.x[0], H.x[0]) == (0, pytest.approx(1))
    recall([G])
    run(1 * ms)
    assert (G.x[0], H.x[0]) == (pytest.approx(1), pytest.approx(2))


def test_forgotten_objects_keep_their_data():
    G = make_group()
    M = StateMonitor(G, "x", record=True)
    run(1 * ms)
    forget(M)
    run(1 * ms)
    assert len(M.times) == 10
    assert G.x[0] == pytest.approx(2)


def test_clear_hides_what_there_is_and_nothing_that_is_made_later():
    G = make_group()
    M = StateMonitor(G, "x", record=True)
    run(1 * ms)
    clear(erase=False)
    assert len(M.times) == 10
    H = make_group()
    run(1 * ms)
    assert G.x[0] == pytest.approx(1)
    assert H.x[0] == pytest.approx(1)


def test_clear_gives_the_memory_of_data_back():
    G = make_group()
    M = StateMonitor(G, "x", record=True)
    run(1 * ms)
    clear(True)
    assert len(M.times) == 0
    with pytest.raises(ModelError, match="nothing to run"):
        run(1 * ms)
    with pytest.raises(ModelError, match=r"erased by clear\(\)"):
        Network(G).run(1 * ms)


def test_what_a_function_gives_back_is_found_by_its_name():
    G = make_group()
    run(1 * ms)
    assert G.x[0] == pytest.approx(1)


kept = []


def make_hidden():
    group = make_group()
    kept.append(lambda: group)  # alive, but under no name
    return group


def test_registered_objects_count_without_a_name():
    def make():
        magic_register(make_hidden())

    make()
    G = make_group()
    run(1 * ms)
    assert kept.pop()().x[0] == pytest.approx(1)
    clear()


def test_results_of_a_magic_function_count_without_a_name():
    @magic_return
    def make():
        return [make_hidden()]

    make()
    G = make_group()
    run(1 * ms)
    assert kept.pop()().x[0] == pytest.approx(1)
    clear()


def test_objects_of_functions_that_are_not_registered_do_not_count():
    make_hidden()
    G = make_group()
    run(1 * ms)
    assert kept.pop()().x[0] == 0


def test_stop_ends_the_magic_run():
    clock = Clock(dt=1 * ms)
    G = make_group()
    operation = NetworkOperation(lambda: stop() if clock.t > 4.5 * ms else None)
    run(100 * ms)
    assert G.x[0] == pytest.approx(5.1)  # its own clock is faster


def test_contained_objects_are_taken_along():
    class Pair:
        def __init__(self):
            self.contained_objects = [make_group(), make_group()]

    pair = Pair()
    run(1 * ms)
    assert [group.x[0] for group in pair.contained_objects] == pytest.approx([1, 1])
    network = Network(pair)
    assert len(network) == 2


def test_a_subclass_brings_its_own_objects_along():
    class Recorded(NeuronGroup):
        def __init__(self):
            super().__init__(1, "dx/dt = 1/ms : 1")
            self.trace = StateMonitor(self, "x", record=True)
            self.contained_objects = [self.trace]

    G = Recorded()
    Network(G).run(1 * ms)
    assert np.allclose(G.trace[0], 0.1 * np.arange(1, 11))


def test_reinit_sets_all_clocks_back():
    clock = Clock(dt=0.5 * ms)
    G = make_group()
    run(2 * ms)
    reinit()
    assert float(clock.t) == 0
    assert G.x[0] == pytest.approx(2)


def test_a_magic_network_can_be_kept():
    G = make_group()
    network = MagicNetwork()
    network.run(1 * ms)
    run(1 * ms)
    assert G.x[0] == pytest.approx(2)
