"""Measurements, their summary and the page, on figures made up for the purpose."""

import json
import socket
from dataclasses import replace

import pytest
from bench.costs import PER_EVENT, PER_UPDATE
from bench.machine import describe_machine
from bench.measurement import Measurement, parse_output, read_lines
from bench.page import render_costs, render_figures, render_page, render_ratios, render_table
from bench.protocol import Run
from bench.report import PICTURES, TABLES, TEMPLATE
from bench.spelling import spell_number
from bench.summary import (
    check_compiling,
    check_rates,
    check_sizes,
    compare_engines,
    find_runs,
    group_measurements,
    read_figures,
)
from bench.workloads import Workload

WORK = Workload("w", "w", "some work", n_neurons=10, duration_s=2.0, rate_hz=(4.0, 6.0))


class CPP:
    name, title = "cpp", "C++"


def make_run(engine, round_number, run_s, spikes=100):
    return Measurement("w", engine, round_number, run_s + 1, 10, 2.0, 0.1, run_s, spikes, 50.0)


def test_a_measurement_survives_its_line():
    run = make_run("cpp", 3, 0.25)
    assert read_lines(run.to_line() + "\n\n") == [run]


def test_the_line_that_a_program_prints_is_understood(capsys):
    watch = Run(["program", "0.5", "4", "80"])
    watch.built()
    watch.finish(4, 8, ratio=1.5)
    run = parse_output("chatter\n" + capsys.readouterr().out, "w", "cpp", 1, 2.0)
    assert (run.duration_s, run.rate_hz, run.value("ratio")) == (0.5, 4.0, 1.5)
    assert run.run_s >= 0 and run.build_s >= 0 and run.peak_mb > 0


def test_a_figure_of_the_program_replaces_the_stopwatch(capsys):
    Run(["program", "1"]).finish(1, 0, run_s=7.0)
    assert json.loads(capsys.readouterr().out)["run_s"] == 7.0


def test_more_synapses_are_weaker():
    scales = [Run(["program", "1", "4000", number]).weight_scale for number in ("20", "80", "320")]
    assert scales == [1, 1, pytest.approx(4**-1.6)]


@pytest.mark.parametrize("output", ["", "warning", "{}", '{"spikes": 3}', "3"])
def test_output_without_a_measurement_is_refused(output):
    with pytest.raises(ValueError, match="no measurement"):
        parse_output(output, "w", "cpp", 1, 1.0)


def test_loops_are_compared_per_simulated_second():
    assert read_figures(WORK, [make_run("cpp", 1, 3.0)]) == [1.5]


def test_a_slow_minute_does_not_change_a_ratio():
    slow = [make_run("a", 1, 2.0), make_run("a", 2, 20.0), make_run("a", 3, 2.0)]
    fast = [make_run("b", 1, 1.0), make_run("b", 2, 10.0), make_run("b", 3, 1.0)]
    assert compare_engines(WORK, slow, fast) == 2.0


def test_engines_without_a_common_round_have_no_ratio():
    assert compare_engines(WORK, [make_run("a", 1, 1.0)], [make_run("b", 2, 1.0)]) is None


def test_only_rates_outside_the_band_are_reported():
    runs = [make_run("good", 1, 1.0, spikes=100), make_run("bad", 1, 1.0, spikes=121)]
    (problem,) = check_rates([WORK], group_measurements(runs))
    assert "bad on w" in problem and "6.05 Hz" in problem


def test_a_network_of_another_size_is_reported():
    small = make_run("small", 1, 1.0)
    large = replace(small, engine="large", n_neurons=40)
    (problem,) = check_sizes([WORK], group_measurements([small, large]))
    assert problem == "large on w: 40 neurons instead of 10"


def test_a_compilation_for_a_mere_value_is_reported():
    quiet = replace(make_run("quiet", 1, 1.0), extra={"compiled": 0})
    busy = replace(make_run("busy", 1, 1.0), extra={"compiled": 2})
    assert check_compiling(group_measurements([quiet, busy, make_run("other", 1, 1.0)])) == [
        "busy on w, round 1: 2 kernels compiled anew"
    ]


def test_a_row_may_read_another_figure_of_the_runs_of_another_row():
    build = replace(WORK, name="b", title="building", figure="build_s", unit="ms", runs_of="w")
    groups = group_measurements([make_run("cpp", 1, 4.0)])
    assert "| building | ms   | 100 (100) |" in render_figures([build], [CPP], groups)
    assert not check_rates([WORK, build], groups) and not check_sizes([WORK, build], groups)


def test_a_row_of_some_engines_leaves_the_others_out():
    row = replace(WORK, runs_of="w", engines=("brian_nb",))
    groups = group_measurements([make_run("cpp", 1, 4.0), make_run("brian_nb", 1, 2.0)])
    assert find_runs(row, "cpp", groups) == []
    assert [run.run_s for run in find_runs(row, "brian_nb", groups)] == [2.0]


def test_costs_are_per_neuron_and_step_and_per_synaptic_event():
    dense = replace(WORK, n_synapses=50)
    run = make_run("cpp", 1, 2e-3, spikes=100)  # 10 neurons, 20 000 steps, 5000 events
    assert PER_UPDATE.of(dense, run) == pytest.approx(10)
    assert PER_EVENT.of(dense, run) == pytest.approx(400)
    table = render_costs([dense], [CPP], group_measurements([run]))
    assert "C++, per update | C++, per event" in table
    assert table.splitlines()[2].split() == ["|", "10", "|", "50", "|", "10", "|", "400", "|"]


def test_a_table_row_holds_median_and_least():
    groups = group_measurements([make_run("cpp", k, s) for k, s in enumerate((8.0, 2.0, 4.0))])
    assert "| some work | s/s  | 2 (1) |" in render_figures([WORK], [CPP], groups)


def test_ratios_show_only_the_pairs_that_were_measured():
    groups = group_measurements([make_run("brian_nb", 1, 3.0), make_run("cpp", 1, 2.0)])
    table = render_ratios([WORK], groups)
    assert "brian_nb / C++" in table and "1.5" in table and "Brian 2" not in table


def test_numbers_have_groups_from_five_digits_on():
    assert [spell_number(n) for n in (0.05, 4000, 64_000)] == ["0.05", "4000", "64 000"]


def test_a_table_without_rows_is_empty():
    assert render_table(["a"], []) == ""


def test_the_template_has_a_place_for_every_table():
    names = ("date", "command", "rounds", *TABLES, *PICTURES, "machine", "notes")
    page = render_page(TEMPLATE.read_text(), {n: f"<{n}>" for n in names})
    assert all(f"<{name}>" in page for name in names)


def test_the_description_of_the_machine_names_no_host():
    text = " ".join(value for _, value in describe_machine(()))
    assert text.strip() and socket.gethostname() not in text
