"""Every monitor has a handle; those of values and spikes have figures."""

import numpy as np
import pytest

from brian_nb import (
    CoincidenceCounter,
    FileSpikeMonitor,
    ISIHistogramMonitor,
    MultiStateMonitor,
    Network,
    NeuronGroup,
    PopulationRateMonitor,
    PopulationSpikeCounter,
    RecentStateMonitor,
    SpikeCounter,
    SpikeMonitor,
    StateMonitor,
    StateSpikeMonitor,
)
from brian_nb.units import ALL_UNITS
from brian_nb.widgets import handle
from brian_nb.widgets.memory import bound_recording
from brian_nb.widgets.views import Raster, Rates, Traces

ms = ALL_UNITS["ms"]

MAKERS = {
    "counts": (lambda G, _: SpikeCounter(G), None),
    "total": (lambda G, _: PopulationSpikeCounter(G), None),
    "intervals": (lambda G, _: ISIHistogramMonitor(G, [0 * ms, 5 * ms]), None),
    "coincidences": (lambda G, _: CoincidenceCounter(G, [(0, 1 * ms)]), None),
    "file": (lambda G, path: FileSpikeMonitor(G, path / "spikes.txt"), None),
    "function": (lambda G, _: SpikeMonitor(G, function=len), None),
    "statistics": (lambda G, _: StateMonitor(G, "V"), None),
    "several statistics": (lambda G, _: MultiStateMonitor(G), None),
    "spikes with states": (lambda G, _: StateSpikeMonitor(G, "V"), Raster),
    "rates": (lambda G, _: PopulationRateMonitor(G), Rates),
    "recent": (lambda G, _: RecentStateMonitor(G, "V", record=[0, 1]), Traces),
    "several": (lambda G, _: MultiStateMonitor(G, record=0), Traces),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_monitor_shows_what_it_has(net, tmp_path, kind):
    make, view = MAKERS[kind]
    monitor = make(net.G, tmp_path)
    Network(net.network.objects, monitor).run(20 * ms)
    shown = handle(monitor)
    assert type(monitor).__name__ in shown._text.value
    assert type(shown.view) is (view or type(None))
    shown.refresh()


def test_only_variables_of_one_unit_share_a_figure():
    G = NeuronGroup(1, "dV/dt = -V/(5*ms) : volt\nu = V/2 : volt\nn = t/ms : 1")
    monitor = MultiStateMonitor(G, ("V", "n", "u"), record=0)
    Network(monitor).run(2 * ms)
    assert [item.variable for item in handle(monitor).view.monitors] == ["V", "u"]


def test_trimmed_spikes_keep_their_values(net):
    monitor = StateSpikeMonitor(net.G, "V")
    Network(net.network.objects, monitor).run(100 * ms)
    spikes = monitor.spikes
    bound_recording(monitor.recording, 20 * 50)
    assert monitor.spikes == spikes[-50:]
    assert monitor.nspikes == len(spikes) > 100


def test_sums_are_never_trimmed(net):
    monitors = [SpikeCounter(net.G), RecentStateMonitor(net.G, "V"), StateMonitor(net.G, "V")]
    Network(net.network.objects, *monitors).run(20 * ms)
    before = monitors[1].values
    for monitor in monitors:
        bound_recording(monitor.recording, 1)
    assert np.array_equal(monitors[1].values, before)
