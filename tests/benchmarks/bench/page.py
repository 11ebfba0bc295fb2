"""From measurements to the page `docs/performance.md`."""

from statistics import median

from bench.costs import COSTS
from bench.spelling import spell_number
from bench.summary import compare_engines, find_runs, read_figures

SCALES = {
    "s/s": (1.0, "s/s"),
    "s": (1.0, "s"),
    "ms": (1e3, "ms"),
    "x": (1.0, "times"),
    "MB": (1.0, "MB"),
}
RATIOS = (  # title, slower, faster: the ratio says how many times slower
    ("brian_nb / C++", "brian_nb", "cpp"),
    ("brian_nb / Numba", "brian_nb", "numba"),
    ("Brian 2 / brian_nb", "brian2", "brian_nb"),
    ("standalone / brian_nb", "standalone", "brian_nb"),
    ("NEST / brian_nb", "nest", "brian_nb"),
    ("Brian 2 / C++", "brian2", "cpp"),
    ("standalone / C++", "standalone", "cpp"),
)


def render_table(header, rows):
    """A Markdown table with padded cells, easy to read in a terminal too; "" without rows."""
    if not rows:
        return ""
    cells = [[str(cell) for cell in row] for row in [header, *rows]]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def render_figures(workloads, engines, groups):
    """Median and least figure per workload and engine."""
    rows = []
    for workload in workloads:
        row = [workload.title, SCALES[workload.unit][1]]
        for engine in engines:
            row.append(_render_runs(workload, find_runs(workload, engine.name, groups)))
        rows.append(row)
    return render_table(["", "unit", *(engine.title for engine in engines)], rows)


def render_ratios(workloads, groups):
    """Ratios between pairs of engines; pairs that nothing was measured for have no column."""
    columns = {}
    for title, slow, fast in RATIOS:
        column = [_render_ratio(workload, slow, fast, groups) for workload in workloads]
        if any(column):
            columns[title] = column
    titles = [workload.title for workload in workloads]
    rows = list(zip(titles, *columns.values(), strict=True)) if columns else []
    return render_table(["", *columns], rows)


def render_rates(workloads, engines, groups):
    """Least and greatest rate that each engine showed, beside the band that is asked for."""
    rows = []
    for workload in workloads:
        if workload.rate_hz is None or workload.runs_of:
            continue
        row = [workload.title, "{:g}-{:g}".format(*workload.rate_hz)]
        for engine in engines:
            rates = [run.rate_hz for run in find_runs(workload, engine.name, groups)]
            row.append(f"{min(rates):.2f}-{max(rates):.2f}" if rates else "")
        rows.append(row)
    return render_table(["Hz", "asked for", *(engine.title for engine in engines)], rows)


def render_costs(workloads, engines, groups):
    """Nanoseconds per neuron and step, and per synaptic event, by size of the network."""
    rows = []
    for workload in workloads:
        row = [spell_number(workload.n_neurons), spell_number(workload.n_synapses)]
        for cost in COSTS:
            row += [_render_costs(cost, workload, engine, groups) for engine in engines]
        rows.append(row)
    titles = [f"{engine.title}, {cost.short}" for cost in COSTS for engine in engines]
    return render_table(["neurons", "synapses of each", *titles], rows)


def render_page(template, values):
    """Fill the template's `{name}` places."""
    return template.format(**values)


def _render_ratio(workload, slow, fast, groups):
    runs = [find_runs(workload, name, groups) for name in (slow, fast)]
    ratio = compare_engines(workload, *runs)
    return "" if ratio is None else f"{ratio:.3g}"


def _render_costs(cost, workload, engine, groups):
    runs = find_runs(workload, engine.name, groups)
    return f"{median(cost.of(workload, run) for run in runs):.3g}" if runs else ""


def _render_runs(workload, runs):
    if not runs:
        return ""
    scale = SCALES[workload.unit][0]
    figures = [figure * scale for figure in read_figures(workload, runs)]
    return f"{median(figures):.3g} ({min(figures):.3g})"
