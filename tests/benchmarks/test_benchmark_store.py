"""The file of measurements, and which rows and engines a command measures."""

import pytest
import run as command
from bench.engines import ENVIRONMENTS
from bench.measurement import Measurement, read_lines
from bench.store import Store, describe_origins
from bench.workloads import WORKLOADS


def make_run(workload):
    return Measurement(workload, "cpp", 1, 1.0, 10, 1.0, 0.1, 0.5, 100, 50.0)


@pytest.fixture
def path(tmp_path):
    """A file with a measurement of `cuba` and one of `lif`."""
    store = Store(tmp_path / "new" / "lines.jsonl", "first")
    for name in ("cuba", "lif"):
        store.add(make_run(name))
    return tmp_path / "new" / "lines.jsonl"


def test_each_measurement_is_on_the_disk_with_the_command_that_made_it(path):
    assert [(run.workload, run.began) for run in read_lines(path.read_text())] == [
        ("cuba", "first"), ("lif", "first"),
    ]  # fmt: skip


def test_only_rows_measured_anew_lose_what_was_stored(path):
    store = Store(path, "second", replaced={"lif"})
    store.add(make_run("lif"))
    assert [(run.workload, run.began) for run in store.measurements] == [
        ("cuba", "first"), ("lif", "second"),
    ]  # fmt: skip
    assert read_lines(path.read_text()) == store.measurements


def test_a_whole_measurement_begins_with_nothing(path):
    assert Store(path, "second").measurements == [] and path.read_text() == ""


def test_rows_of_another_command_are_named(path):
    store = Store(path, "second", replaced={"lif", "noise", "delays"})
    for name in ("lif", "noise"):
        store.add(make_run(name))
    assert describe_origins(store.measurements, WORKLOADS) == [
        "Measured by a command of its own, begun first: CUBA, 4000 neurons."
    ]
    assert describe_origins([], WORKLOADS) == []


def test_rows_are_chosen_with_the_one_whose_runs_they_read():
    workloads, engines = command.select(command.parse_options(["--only", "build", "--keep"]))
    assert [item.name for item in workloads] == ["cuba_64000", "build", "memory"]
    assert engines == command.ENGINES


def test_engines_are_chosen_or_left_out():
    _, engines = command.select(command.parse_options(["--only", "cpp", "brian_nb"]))
    assert [item.name for item in engines] == ["cpp", "brian_nb"]
    workloads, engines = command.select(command.parse_options(["--without", "brian2", "nest"]))
    assert workloads == WORKLOADS and not {"brian2", "nest"} & {item.name for item in engines}


@pytest.mark.parametrize("words", [["--only", "cuba", "cpp"], ["--without", "nest"]])
def test_rows_are_kept_whole(words, capsys):
    with pytest.raises(SystemExit):
        command.parse_options([*words, "--keep"])
    assert "whole rows" in capsys.readouterr().err


def test_the_command_on_the_page_measures_the_same():
    def render(words):
        options = command.parse_options([*words.split(), "--page", "elsewhere.md"])
        return command.render_command(options)

    words = "--only lif --without nest --repeats 3"
    assert render(words) == f"python tests/benchmarks/run.py {words}"
    # the other rows are on the page as well
    assert render("--only lif --keep --repeats 3") == "python tests/benchmarks/run.py --repeats 3"


def test_environments_know_the_version_they_pin():
    assert {item.title: item.version for item in ENVIRONMENTS} == {
        "Brian 2": "2.9.0",
        "NEST": "3.10.0",
    }
