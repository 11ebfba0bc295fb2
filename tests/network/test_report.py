"""What a long task says of its progress, and when."""

import io
import sys
import types

import pytest

from brian_nb import Network, NeuronGroup
from brian_nb.errors import ModelError
from brian_nb.network import report as module
from brian_nb.network.progress_window import open_window
from brian_nb.units import ms, second
from brian_nb.utils.progressreporting import ProgressReporter, make_text_report


@pytest.fixture
def clock(monkeypatch):
    """Wall time that the test moves on."""
    now = [100.0]
    monkeypatch.setattr(module, "perf_counter", lambda: now[0])
    return now


@pytest.fixture
def network():
    return Network(NeuronGroup(2, "dv/dt = -v/(10*ms) : 1"))


class Heard(list):
    def __call__(self, elapsed, complete):
        self.append((elapsed, complete))


def test_reports_come_once_in_a_period(clock):
    heard = Heard()
    reporter = ProgressReporter(heard, period=10.0)
    reporter.start()
    for second_ in range(1, 31):
        clock[0] += 1
        reporter.update(second_ / 40)
    assert heard == [(10.0, 0.25), (20.0, 0.5), (30.0, 0.75)]
    clock[0] += 1
    reporter.finish()
    assert heard[-1] == (31.0, 1.0)


def test_a_period_may_have_a_unit(clock):
    heard = Heard()
    reporter = ProgressReporter(heard, period=500 * ms)
    clock[0] += 0.5
    reporter.update(0.1)
    assert heard == [(0.5, 0.1)]


def test_start_begins_again(clock):
    heard = Heard()
    reporter = ProgressReporter(heard, period=0)
    reporter.subtask(0.5, 0.5)
    clock[0] += 5
    reporter.start()
    clock[0] += 1
    reporter.update(0.5)
    assert heard == [(1.0, 0.5)]


def test_parts_of_a_task_share_its_progress():
    heard = Heard()
    reporter = ProgressReporter(heard, period=0)
    reporter.subtask(0.2, 0.4)
    reporter.update(0.0)
    reporter.update(0.5)
    reporter.equal_subtask(3, 4)
    reporter.update(0.5)
    assert [complete for _, complete in heard] == [0.2, 0.4, 0.875]


@pytest.mark.parametrize(
    ("elapsed", "complete", "text"),
    [
        (0.0, 0.0, "0% complete, 0.0 s elapsed"),
        (3.0, 0.75, "75% complete, 3.0 s elapsed, about 1.0 s left"),
        (90, 0.5, "50% complete, 1 min 30 s elapsed, about 1 min 30 s left"),
        (7200, 0.9, "90% complete, 2 h 00 min elapsed, about 13 min 20 s left"),
        (61, 1.0, "100% complete, 1 min 01 s elapsed"),
    ],
)
def test_text(elapsed, complete, text):
    assert make_text_report(elapsed, complete) == text


@pytest.mark.parametrize("form", ["text", "print", "stdout", "stderr"])
def test_text_goes_to_a_console(form, capsys):
    ProgressReporter(form).finish()
    captured = capsys.readouterr()
    told, silent = (captured.err, captured.out) if form == "stderr" else captured[:2]
    assert told.startswith("100% complete") and told.endswith("\n")
    assert silent == ""


def test_text_goes_to_a_stream():
    stream = io.StringIO()
    reporter = ProgressReporter(stream, period=0)
    reporter.update(0.5)
    reporter.finish()
    assert [line.split()[0] for line in stream.getvalue().splitlines()] == ["50%", "100%"]


def test_another_report_is_refused(network):
    with pytest.raises(ModelError, match="there is no report 'loud'"):
        network.run(1 * ms, report="loud")


def test_a_run_reports_its_end_once_and_last(network):
    heard = Heard()
    network.run(50 * second, report=heard, report_period=0 * second)
    shares = [complete for _, complete in heard]
    assert shares == sorted(shares)
    assert shares[-1] == 1 and shares.count(1.0) == 1
    assert len(shares) > 2
    heard.clear()
    network.run(1 * ms, report=heard)
    assert [complete for _, complete in heard] == [1.0]
    heard.clear()
    network.run(0 * ms, report=heard)
    assert [complete for _, complete in heard] == [1.0]


def test_a_run_that_is_stopped_has_ended(network):
    def stop_soon(elapsed, complete):
        heard.append(complete)
        network.stop()

    heard = []
    network.run(1000 * second, report=stop_soon, report_period=0 * second)
    assert heard[0] < 1 and heard[-1] == 1


def test_a_run_is_a_part_of_a_longer_task(network):
    heard = Heard()
    reporter = ProgressReporter(heard, period=0)
    for k in range(2):
        reporter.equal_subtask(k, 2)
        network.run(1 * ms, report=reporter)
    assert [complete for _, complete in heard][-1] == 1.0
    assert 0.5 in [complete for _, complete in heard]


def test_a_failed_run_reports_no_end():
    group = NeuronGroup(1, "dv/dt = v**3/ms : 1")
    group.v = 1e10
    heard = Heard()
    with pytest.raises(ArithmeticError):
        Network(group).run(1 * second, report=heard, report_period=0 * ms)
    assert not heard or heard[-1][1] < 1


class FakeCanvas:
    """A Tkinter canvas that remembers what was drawn."""

    drawn = []

    def __init__(self, *args, **keywords):
        self.drawn.clear()

    def __getattr__(self, name):
        return lambda *args, **keywords: self.drawn.append((name, args, keywords))


class FakeRoot:
    def __init__(self):
        self.is_open = True

    def title(self, text):
        pass

    def update(self):
        if not self.is_open:
            raise fake_tkinter.TclError("application has been destroyed")

    def destroy(self):
        self.is_open = False


fake_tkinter = types.SimpleNamespace(
    Tk=FakeRoot, Canvas=FakeCanvas, TclError=type("TclError", (Exception,), {})
)


def test_a_window_shows_bar_and_text(monkeypatch):
    monkeypatch.setitem(sys.modules, "tkinter", fake_tkinter)
    window = open_window()
    root = window._root
    window.show(0.5, "half")
    coords = [args for name, args, _ in FakeCanvas.drawn if name == "coords"]
    texts = [keywords for name, _, keywords in FakeCanvas.drawn if name == "itemconfigure"]
    assert coords[0][3] == 210 and texts == [{"text": "half"}]
    window.close()
    assert not root.is_open


def test_a_window_that_the_user_has_closed_is_no_error(monkeypatch):
    monkeypatch.setitem(sys.modules, "tkinter", fake_tkinter)
    window = open_window()
    window._root.is_open = False
    window.show(0.5, "half")
    window.show(0.7, "more")
    window.close()


@pytest.mark.parametrize("form", ["graphical", "tkinter"])
def test_without_a_display_a_bar_becomes_text(monkeypatch, network, capsys, caplog, form):
    def refuse():
        raise fake_tkinter.TclError("no display")

    broken = types.SimpleNamespace(Tk=refuse, TclError=fake_tkinter.TclError)
    monkeypatch.setitem(sys.modules, "tkinter", broken)
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    network.run(1 * ms, report=form)
    assert capsys.readouterr().err.startswith("100% complete")
    assert "no display" in caplog.text
