"""The panel that `live` makes, without a page."""

import time

import numpy as np
import pytest

from brian_nb import MultiStateMonitor, Network, NeuronGroup, PopulationRateMonitor, SpikeMonitor
from brian_nb.errors import ModelError, UnknownNameError
from brian_nb.units import ALL_UNITS
from brian_nb.widgets import handle, live
from brian_nb.widgets.gate import MAX_UNANSWERED, MIN_INTERVAL, PATIENCE, FrameGate

mV, ms, second = (ALL_UNITS[name] for name in ("mV", "ms", "second"))
TIMEOUT = 60.0


def test_a_panel_runs_and_its_sliders_act(net, keep):
    panel = keep(live(net.network, sliders=["El", "C"], speed="max"))
    assert panel.session.wait(20 * ms, timeout=TIMEOUT)
    assert list(panel.sliders) == ["El", "C"]
    panel.sliders["El"].value = -45.0
    panel.sliders["C"].value = 0.5
    panel.session.wait(20 * ms, timeout=TIMEOUT)
    panel.stop()
    assert float(net.G.El) == pytest.approx(-0.045)
    assert float(net.C.weight) == pytest.approx(5e-4)
    assert panel.n_frames > 1


def test_a_monitor_of_several_variables_has_nothing_to_turn(net, keep):
    several = MultiStateMonitor(net.G, record=0)
    panel = keep(live(Network(net.G, net.C, several), sliders=["El"], start=False))
    assert list(panel.sliders) == ["El"]


def test_everything_reachable_by_name_is_run_and_can_be_turned(keep):
    tau = 10 * ms  # noqa: F841
    here = NeuronGroup(5, "dV/dt = (20*mV-V)/tau : volt", threshold=10 * mV, reset=0 * mV)
    panel = keep(live(duration=50 * ms, speed="max"))
    panel.session.wait(timeout=TIMEOUT)
    assert here in panel.session.network.objects
    assert list(panel.sliders) == ["tau", "V_threshold", "V_reset"]
    assert "spikes/s" in panel._rate.value


def test_own_monitors_of_a_panel_do_not_enter_the_given_network(net, keep):
    bare = Network(net.G, net.C)
    panel = keep(live(bare, duration=20 * ms, speed="max"))
    panel.session.wait(timeout=TIMEOUT)
    assert bare.monitors == []
    assert len(panel.figures) == 2


@pytest.mark.parametrize("show", ["raster", "traces"])
def test_a_live_run_of_a_network_draws_the_noise_of_its_batch_run(make_net, keep, show):
    batch = make_net()
    batch.network.run(60 * ms)
    net = make_net()
    panel = keep(live(net.network, show=show, duration=60 * ms, speed="max"))
    panel.session.wait(timeout=TIMEOUT)
    assert net.M.nspikes > 50
    assert np.array_equal(net.spikes(), batch.spikes())


def test_a_live_run_keeps_the_order_of_the_works_of_a_step(net, keep):
    net.network.update_schedule_groups_resets_connections()
    panel = keep(live(net.network, start=False))
    assert len(panel.session.network.monitors) > len(net.network.monitors)
    assert panel.session.network._schedule == net.network._schedule


def test_a_rate_monitor_gets_a_figure(net, keep):
    network = Network(net.network.objects, PopulationRateMonitor(net.G))
    panel = keep(live(network, start=False))
    labels = [view.figure.axes[1].label for view in panel.figures]
    assert labels == ["neuron", "V (mV)", "rate (Hz)"]


def test_a_monitor_of_the_user_feeds_the_raster_and_stays_whole(net, keep):
    panel = keep(live(net.network, show="raster", duration=100 * ms, speed="max"))
    panel.session.wait(timeout=TIMEOUT)
    (raster,) = panel.figures
    assert raster.monitors == (net.M,)
    assert len(net.M.recording.times) == net.M.nspikes > 100


def test_a_name_of_a_weight_in_the_callers_cell_is_understood(net, keep):
    w_in = net.C.weight
    panel = keep(live(net.network, sliders=["w_in"], start=False, speed="max"))
    panel.sliders["w_in"].value = 0.7
    assert w_in != net.C.weight
    assert float(net.C.weight) == pytest.approx(7e-4)


def test_ranges_and_pairs_are_taken(net, keep):
    panel = keep(
        live(
            net.network,
            sliders={"El": (-60 * mV, -40 * mV), (net.C, "delay"): (0, 5)},
            start=False,
            speed="max",
        )
    )
    slider = panel.sliders["El"]
    assert (slider.min, slider.max) == (-60.0, -40.0)
    assert panel.sliders["C delay"].max == 5.0


def test_an_unknown_slider_is_refused_with_a_close_name(net, keep):
    with pytest.raises(UnknownNameError, match="did you mean tau"):
        keep(live(net.network, sliders=["tua"], speed="max"))


def test_an_unknown_figure_is_refused(net, keep):
    with pytest.raises(ModelError, match="no figure 'pie'"):
        keep(live(net.network, show="pie", speed="max"))


def test_one_slider_turns_a_constant_that_groups_share(keep):
    tau = 10 * ms  # noqa: F841
    first = NeuronGroup(2, "dV/dt = -V/tau : volt")
    second = NeuronGroup(2, "dV/dt = -V/tau : volt")
    panel = keep(live(first, second, start=False, speed="max"))
    assert list(panel.sliders) == ["tau"]
    panel.sliders["tau"].value = 5.0
    assert float(first.tau) == float(second.tau) == pytest.approx(0.005)


def test_the_error_of_a_run_is_shown_and_the_panel_lives_on(keep):
    group = NeuronGroup(2, "dx/dt = 1000*x*x/second : 1")
    group.x = 1.0
    panel = keep(live(group, duration=1 * second, speed="max"))
    panel.session.wait(timeout=TIMEOUT)
    assert panel.session.state == "failed"
    assert "SimulationError" in panel._message.value
    assert "became" in panel._message.value
    panel.reset()
    assert panel.session.state == "idle"
    assert panel._message.value == ""


def test_a_click_that_cannot_be_done_shows_why(net, keep):
    panel = keep(live(net.network, start=False, speed="max"))
    other = keep(live(Network(net.G), speed="max"))
    panel.toolbar.buttons["play"].click()
    assert "is going on already" in panel._message.value
    assert panel.session.state == "idle"
    other.stop()


def test_a_new_panel_takes_the_objects_over(net, keep):
    first = keep(live(net.network, speed="max"))
    second = keep(live(net.network, speed="max"))
    assert first.session.state == "stopped"
    assert second.session.state == "running"


def test_buttons_follow_the_state(net, keep):
    panel = keep(live(net.network, start=False, speed="max"))

    def enabled():
        return {name for name, button in panel.toolbar.buttons.items() if not button.disabled}

    assert enabled() == {"play", "step"}
    panel.toolbar.buttons["play"].click()
    assert enabled() == {"pause", "stop", "reset"}
    panel.toolbar.buttons["pause"].click()
    panel.session.wait(timeout=TIMEOUT)
    assert enabled() == {"play", "step", "stop", "reset"}


def test_buttons_say_what_they_do(net, keep):
    panel = keep(live(net.network, start=False, speed="max"))
    assert all(button.tooltip and button.description for button in panel.toolbar.buttons.values())


def test_speed_and_segment_are_set_by_the_panel(net, keep):
    panel = keep(live(net.network, speed=0.2, start=False))
    panel.toolbar.speed.value = "max"
    assert panel.session.speed == "max"
    panel.toolbar.segment.value = 5e-3
    assert float(panel.session.segment) == pytest.approx(5e-3)
    panel.toolbar.segment.value = 0.0
    assert panel.session.segment is None


def test_the_readout_tells_the_rate_of_a_poisson_group(keep):
    from brian_nb import PoissonGroup

    group = PoissonGroup(1000, rates=100 * ALL_UNITS["Hz"])
    monitor = SpikeMonitor(group)
    panel = keep(live(group, monitor, duration=500 * ms, speed="max"))
    panel.session.wait(timeout=TIMEOUT)
    rate = float(panel._rate.value.split("(")[1].split(" Hz")[0])
    n = 100 * 1000 * 0.1
    assert abs(rate - 100) < 100 * 5 / np.sqrt(n)


def test_progress_reaches_the_end(net, keep):
    panel = keep(live(net.network, duration=20 * ms, speed="max"))
    panel.session.wait(timeout=TIMEOUT)
    assert panel._progress.value == 1.0


def test_reset_moves_the_sliders_back(net, keep):
    panel = keep(live(net.network, sliders=["El"], speed="max"))
    panel.session.wait(10 * ms, timeout=TIMEOUT)
    panel.sliders["El"].value = -45.0
    panel.session.wait(10 * ms, timeout=TIMEOUT)
    panel.reset()
    assert panel.sliders["El"].value == -49.0
    assert handle(net.G).El == -49.0


# -- frames --------------------------------------------------------------------------------


def test_frames_are_limited_in_rate_and_in_number_on_their_way():
    gate = FrameGate()
    now = 100.0
    for _ in range(MAX_UNANSWERED):
        assert gate.is_open(now)
        gate.mark_sent(now)
        assert not gate.is_open(now + MIN_INTERVAL / 2)
        now += 1.01 * MIN_INTERVAL
    assert not gate.is_open(now)
    gate.answered.value = gate.sent.value
    assert gate.is_open(now)


def test_a_page_that_does_not_answer_gets_a_frame_a_second():
    gate = FrameGate()
    for _ in range(5):
        gate.mark_sent(100.0)
    assert not gate.is_open(100.0 + 0.9 * PATIENCE)
    assert gate.is_open(100.0 + PATIENCE)


def test_without_a_page_the_run_is_not_held_up(net, keep):
    panel = keep(live(net.network, duration=300 * ms, speed="max"))
    begin = time.perf_counter()
    assert panel.session.wait(timeout=TIMEOUT)
    assert time.perf_counter() - begin < 20
    assert panel.n_frames < 3 + MAX_UNANSWERED + (time.perf_counter() - begin) / PATIENCE
