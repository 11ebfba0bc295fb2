"""The figures of the page, as SVG on a white ground, so that they read the same in a dark theme.

Of this package's modules the one that needs Matplotlib. Colours: Okabe and Ito's eight, which
people with any kind of colour blindness can tell apart; each engine has its own marker as well.
"""

from statistics import median

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

from bench.costs import PER_EVENT, PER_UPDATE
from bench.spelling import spell_number
from bench.summary import compare_engines, find_runs

OURS = "brian_nb"
STYLES = {  # of an engine: colour, marker
    "cpp": ("#000000", "D"),
    "brian_nb": ("#D55E00", "o"),
    "brian2": ("#0072B2", "s"),
    "standalone": ("#56B4E9", "^"),
    "nest": ("#009E73", "v"),
}
SETTINGS = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "savefig.facecolor": "white",
    "svg.hashsalt": "performance",
}


def draw_ratios(workloads, engines, groups, path):
    """How many times longer than ours the others take: one line per workload, log axis.

    Returns
    -------
    bool
        Whether there was anything to draw.
    """
    others = [item for item in engines if item.name in STYLES and item.name != OURS]
    ratios = {
        (workload.title, other.name): compare_engines(
            workload,
            *(find_runs(workload, name, groups) for name in (other.name, OURS)),
        )
        for workload in workloads
        for other in others
    }
    found = {key: ratio for key, ratio in ratios.items() if ratio is not None}
    if not found:
        return False
    titles = [item.title for item in workloads if any(key[0] == item.title for key in found)]
    with rc_context(SETTINGS):
        figure, axes = _make_axes(7.2, 1.2 + 0.33 * len(titles))
        _draw_lines_of_titles(axes, titles)
        axes.axvline(1, color=STYLES[OURS][0], linewidth=2, label="brian_nb = 1", zorder=1)
        for other in others:
            points = [(r, titles.index(t)) for (t, name), r in found.items() if name == other.name]
            _draw_points(axes, points, other)
        axes.set_xscale("log")
        _write_plain_numbers(axes.xaxis)
        axes.set_xlabel("wall time, as a multiple of brian_nb's (log scale; left of 1 is faster)")
        figure.legend(loc="outside upper center", ncols=len(others) + 1)
        _save(figure, path)
    return True


def draw_sizes(workloads, engines, groups, path):
    """Cost per neuron and step against the number of neurons; as `draw_ratios`."""
    curves = _find_curves(PER_UPDATE, lambda item: item.n_neurons, workloads, engines, groups)
    if not curves:
        return False
    with rc_context(SETTINGS):
        figure, axes = _draw_curves(curves, "neurons")
        axes.set_ylim(bottom=0)
        axes.set_ylabel(PER_UPDATE.title)
        _save(figure, path)
    return True


def draw_synapses(workloads, engines, groups, path):
    """Cost per synaptic event against the number of synapses; as `draw_ratios`."""
    curves = _find_curves(PER_EVENT, lambda item: item.n_synapses, workloads, engines, groups)
    if not curves:
        return False
    with rc_context(SETTINGS):
        figure, axes = _draw_curves(curves, "synapses of each neuron")
        axes.set_yscale("log")
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_minor_locator(NullLocator())
        _write_plain_numbers(axes.yaxis)
        axes.set_ylabel(f"{PER_EVENT.title} (log scale)")
        _save(figure, path)
    return True


def _find_curves(cost, size, workloads, engines, groups):
    """Pairs of an engine and its (size, median cost), of those measured at two sizes at least."""
    curves = []
    for engine in (item for item in engines if item.name in STYLES):
        points = [
            (size(workload), median(cost.of(workload, run) for run in runs))
            for workload in sorted(workloads, key=size)
            if (runs := find_runs(workload, engine.name, groups))
        ]
        if len(points) > 1:
            curves.append((engine, points))
    return curves


def _draw_curves(curves, label):
    """Curves over sizes on a log axis with a tick at each size."""
    figure, axes = _make_axes(6.0, 3.6)
    for engine, points in curves:
        _draw_points(axes, points, engine, linestyle="-")
    axes.set_xscale("log")
    axes.set_xticks(sorted({x for _, points in curves for x, _ in points}))
    axes.xaxis.set_minor_locator(NullLocator())
    _write_plain_numbers(axes.xaxis)
    axes.set_xlabel(f"{label} (log scale)")
    axes.grid(color="#dddddd", linewidth=0.6)
    figure.legend(loc="outside upper center", ncols=len(curves))
    return figure, axes


def _make_axes(width_in, height_in):
    figure = Figure(figsize=(width_in, height_in), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.12, h_pad=0.1)
    return figure, figure.subplots()


def _draw_points(axes, points, engine, linestyle=""):
    colour, marker = STYLES[engine.name]
    x, y = zip(*points, strict=True) if points else ((), ())
    style = {"markersize": 8, "markeredgecolor": "white", "linestyle": linestyle}
    axes.plot(x, y, marker, color=colour, label=engine.title, zorder=2, **style)


def _draw_lines_of_titles(axes, titles):
    axes.set_yticks(range(len(titles)), titles)
    axes.set_ylim(len(titles) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(color="#dddddd", linewidth=0.6)


def _write_plain_numbers(axis):
    """1000 and 0.1 in place of powers of ten."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: spell_number(value)))
    axis.set_minor_formatter(NullFormatter())


def _save(figure, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
