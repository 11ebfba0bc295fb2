"""What the figures draw."""

import io

import numpy as np
import pytest

from brian_nb.widgets.figures import find_bands
from brian_nb.widgets.views import Raster, Traces
from brian_nb.widgets.views.frame import TIME_FORMAT, Frame, choose_ticks
from brian_nb.widgets.views.palette import LIVE_COLOURS
from brian_nb.widgets.views.png import encode_png
from brian_nb.widgets.views.raster import HEIGHT, WIDTH, align_window, paint_spikes
from brian_nb.widgets.views.traces import MAX_POINTS, decimate


def decode(png):
    from matplotlib.image import imread

    return np.rint(imread(io.BytesIO(png), "png") * 255).astype(int)


def paint(rows, times, n_rows, dot=1):
    colours = np.ones(len(rows), np.int64)
    return paint_spikes(np.asarray(rows), np.asarray(times), colours, 0.0, 1.0, n_rows, dot)


@pytest.mark.parametrize("width", [6, 7])
def test_a_png_shows_the_colours_of_its_palette_and_is_clear_elsewhere(width):
    pixels = np.zeros((3, width), np.uint8)
    pixels[0, 0], pixels[2, width - 1] = 1, 2
    image = decode(encode_png(pixels, ["#0072b2", "#D55E00"]))
    assert image.shape == (3, width, 4)
    assert tuple(image[0, 0]) == (0x00, 0x72, 0xB2, 255)
    assert tuple(image[2, width - 1]) == (0xD5, 0x5E, 0x00, 255)
    assert np.count_nonzero(image[..., 3]) == 2


def test_neuron_0_is_at_the_bottom_and_time_goes_to_the_right():
    pixels = paint([0, HEIGHT - 1], [0.0, 0.9999], HEIGHT)
    assert pixels[-1, 0] == 1
    assert pixels[0, WIDTH - 1] == 1
    assert np.count_nonzero(pixels) == 2


def test_spikes_outside_the_window_are_not_drawn():
    assert not paint([0, 0], [-0.1, 1.2], 10).any()


def test_a_single_spike_among_many_neurons_is_one_full_dot():
    assert np.count_nonzero(paint([2000], [0.5], 4000, dot=2)) == 4


def test_few_neurons_get_ticks_that_do_not_touch():
    pixels = paint([3, 4], [0.5, 0.5], 10)
    column = pixels[:, WIDTH // 2]
    assert np.count_nonzero(column) > HEIGHT / 10
    assert np.count_nonzero(np.diff(column.astype(int)) > 0) == 2


def test_a_spike_keeps_its_column_relative_to_time_while_the_window_moves():
    spike, window = 0.4, 0.5
    places = set()
    for now in np.arange(0.5, 0.6, 0.0007):
        begin, end = align_window(now, window, WIDTH)
        assert end >= now - 1e-12
        places.add(round((spike - begin) / (window / WIDTH) % 1, 6) % 1)
    assert len(places) == 1


def test_decimation_keeps_every_peak():
    times = np.linspace(0, 1, 20_000)
    values = np.zeros((2, 20_000))
    values[0, 12_345], values[1, 77] = 5.0, -3.0
    shown_times, shown = decimate(times, values)
    assert shown.shape[1] <= MAX_POINTS
    assert shown[0].max() == 5.0
    assert shown[1].min() == -3.0
    assert abs(shown_times[shown[0].argmax()] - times[12_345]) < 2 * 20_000 / MAX_POINTS / 10_000


def test_short_lines_are_not_decimated():
    times, values = np.arange(10.0), np.ones((1, 10))
    assert decimate(times, values)[1] is values


@pytest.mark.parametrize(("low", "high"), [(-63.2, -49.1), (-0.5, 3999.5), (0.0, 1e-3)])
def test_ticks_are_few_round_and_inside(low, high):
    ticks = choose_ticks(low, high)
    assert 2 <= len(ticks) <= 6
    assert ticks[0] >= low
    assert ticks[-1] <= high


def test_a_raster_shows_a_picture_of_the_last_spikes(net):
    net.network.run(net.window)
    raster = Raster([net.M])
    before = raster.figure.marks[0].image.value
    raster.draw(0.1, 0.05)
    assert raster.figure.marks[0].image.value != before
    assert raster.figure.marks[0].x[1] == pytest.approx(100.0)
    assert decode(raster.figure.marks[0].image.value)[..., 3].any()


def test_each_subgroup_that_connections_come_from_is_a_band(net):
    from brian_nb import Connection, Network

    first, second = net.G[:150], net.G[150:]
    network = Network(net.M, Connection(first, net.G), Connection(second, net.G))
    assert find_bands(net.M, network) == [150]


def test_traces_are_in_the_unit_of_their_axis(net):
    from brian_nb import Network, StateMonitor

    monitor = StateMonitor(net.G, "V", record=[0, 1])
    Network(net.network.objects, monitor).run(net.window)
    traces = Traces([monitor])
    traces.draw(0.1, 0.05)
    (line,) = traces.figure.marks
    assert traces.figure.axes[1].label == "V (mV)"
    assert line.y.dtype == np.float32
    assert line.y.shape[0] == 2
    assert line.y.max() == pytest.approx(monitor.values[:, -500:].max() * 1e3)


@pytest.mark.parametrize("page", [1.0, 0.0])
def test_colours_can_be_read_on_light_and_dark_pages(page):
    for colour in LIVE_COLOURS[:4]:
        shares = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8) / 255
        linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
        luminance = linear @ [0.2126, 0.7152, 0.0722]
        lighter, darker = max(luminance, page), min(luminance, page)
        assert (lighter + 0.05) / (darker + 0.05) > 3.0


def test_times_of_a_long_run_have_few_round_ticks_without_powers_of_ten():
    frame = Frame("v (mV)", 100)
    frame.show_window(1195.1617, 1195.6617)
    time = frame.figure.axes[0]
    assert time.tick_values.tolist() == [1195200, 1195300, 1195400, 1195500, 1195600]
    assert time.tick_format == TIME_FORMAT
