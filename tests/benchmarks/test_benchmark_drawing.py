"""The figures of the page, on figures made up for the purpose."""

from xml.etree import ElementTree

import pytest
from bench.drawing import draw_ratios, draw_sizes, draw_synapses
from bench.engines import ENGINES
from bench.measurement import Measurement
from bench.report import render_values, write_page
from bench.summary import group_measurements
from bench.workloads import BY_SIZE, BY_SYNAPSES, LOOPS, WORKLOADS

SPEED = {"cpp": 1.0, "brian_nb": 1.25, "standalone": 3.0, "brian2": 40.0, "nest": 90.0}


@pytest.fixture(scope="module")
def groups():
    """Every workload on five engines, whose speeds differ by constant factors."""
    return group_measurements(
        Measurement(
            item.name, engine, 1, 1.0, item.n_neurons, item.duration_s, 0.1,
            item.duration_s * item.n_neurons * 1e-5 * factor, 100 * item.n_neurons, 50.0,
            {row.figure: factor for row in WORKLOADS if row.source == item.name},
        )
        for item in WORKLOADS
        for engine, factor in SPEED.items()
    )  # fmt: skip


def read_comments(path):
    """What the figure writes: Matplotlib keeps the text beside the outlines it draws."""
    text = path.read_text()
    ElementTree.fromstring(text)
    return text


def test_ratios_have_a_line_per_row_and_a_mark_per_engine(groups, tmp_path):
    assert draw_ratios(LOOPS, ENGINES, groups, tmp_path / "ratios.svg")
    drawn = read_comments(tmp_path / "ratios.svg")
    for text in (*(item.title for item in LOOPS), "brian_nb = 1", "C++ by hand", "NEST"):
        assert f"<!-- {text} -->" in drawn
    assert "Numba" not in drawn and "wall time, as a multiple of brian_nb" in drawn


@pytest.mark.parametrize(
    ("draw", "workloads", "labels"),
    [
        (draw_sizes, BY_SIZE, ("neurons (log scale)", "ns per neuron and step")),
        (draw_synapses, BY_SYNAPSES, ("synapses of each neuron", "ns per synaptic event")),
    ],
)
def test_scaling_has_a_curve_per_engine_and_axes_with_units(
    draw, workloads, labels, groups, tmp_path
):
    assert draw(workloads, ENGINES, groups, tmp_path / "scaling.svg")
    drawn = read_comments(tmp_path / "scaling.svg")
    assert all(label in drawn for label in labels)
    assert all(f"<!-- {title} -->" in drawn for title in ("C++ by hand", "brian_nb"))


def test_nothing_is_drawn_of_nothing(tmp_path):
    for draw in (draw_ratios, draw_sizes, draw_synapses):
        assert not draw(BY_SIZE, ENGINES, {}, tmp_path / "nothing.svg")
    assert not list(tmp_path.iterdir())


def test_the_same_measurements_give_the_same_file(groups, tmp_path):
    for name in ("a", "b"):
        draw_ratios(LOOPS, ENGINES, groups, tmp_path / name / "ratios.svg")
    assert (tmp_path / "a/ratios.svg").read_bytes() == (tmp_path / "b/ratios.svg").read_bytes()


def test_the_ground_is_white_and_opaque(groups, tmp_path):
    draw_ratios(LOOPS, ENGINES, groups, tmp_path / "ratios.svg")
    first = read_comments(tmp_path / "ratios.svg").partition('id="patch_1"')[2][:400]
    assert "fill: #ffffff" in first


def test_the_page_shows_the_figures_that_lie_beside_it(groups, tmp_path):
    rest = dict.fromkeys(("date", "command", "rounds", "machine", "notes"), "x")
    values = render_values(WORKLOADS, ENGINES, groups) | rest
    write_page(tmp_path / "page.md", values, WORKLOADS, ENGINES, groups)
    page, files = (tmp_path / "page.md").read_text(), sorted((tmp_path / "figures").iterdir())
    assert [file.name for file in files] == [
        "performance-ratios.svg", "performance-sizes.svg", "performance-synapses.svg",
    ]  # fmt: skip
    assert all(f"(figures/{file.name})" in page for file in files)


def test_series_go_from_small_to_large(groups):
    values = render_values(WORKLOADS, ENGINES, groups)
    first, second = (
        [line.split("|")[column].strip() for line in values[name].splitlines()[2:]]
        for name, column in (("sizes", 1), ("synapses", 2))
    )
    assert first == ["1000", "4000", "16 000", "64 000", "256 000"]
    assert second == ["20", "80", "320", "1280"]
