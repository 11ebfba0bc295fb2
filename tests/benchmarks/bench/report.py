"""The whole page: its tables by their names in the template, its figures, its file."""

from bench.drawing import draw_ratios, draw_sizes, draw_synapses
from bench.page import render_costs, render_figures, render_page, render_rates, render_ratios
from bench.places import HERE
from bench.workloads import BY_SIZE, BY_SYNAPSES, LOOPS, MEMORY, SCALED, WAITING

TEMPLATE = HERE / "performance_template.md"
FOLDER = "figures"  # beside the page
PICTURES = {  # place in the template: how it is drawn, of which workloads, what it shows
    "ratios_picture": (draw_ratios, LOOPS, "Wall time of each engine as a multiple of brian_nb's"),
    "sizes_picture": (draw_sizes, BY_SIZE, "Cost per neuron and step by number of neurons"),
    "synapses_picture": (draw_synapses, BY_SYNAPSES, "Cost per synaptic event by their number"),
}
TABLES = (
    "running", "running_ratios", "sizes", "synapses", "waiting", "waiting_ratios", "memory", "rates"
)  # fmt: skip


def render_values(workloads, engines, groups):
    """The tables of the page, by their names in the template."""
    loops, waiting, memory, sizes, synapses = (
        [item for item in chosen if item in workloads]
        for chosen in (LOOPS, WAITING, MEMORY, BY_SIZE, BY_SYNAPSES)
    )
    scaled = [item for item in engines if item.name in SCALED]
    return {
        "running": render_figures(loops, _doing(engines, loops), groups),
        "running_ratios": render_ratios(loops, groups),
        "sizes": render_costs(sizes, scaled, groups),
        "synapses": render_costs(synapses, scaled, groups),
        "waiting": render_figures(waiting, _doing(engines, waiting), groups),
        "waiting_ratios": render_ratios(waiting, groups),
        "memory": render_figures(memory, _doing(engines, memory), groups),
        "rates": render_rates(workloads, _doing(engines, workloads), groups),
    }


def print_tables(values):
    for name in (*TABLES, "notes"):
        if values[name]:
            print(f"\n{values[name]}")


def write_page(page, values, workloads, engines, groups):
    """Write the page, and its figures into a folder beside it."""
    pictures = {}
    scaled = [item for item in engines if item.name in SCALED]
    for name, (draw, chosen, title) in PICTURES.items():
        file = f"performance-{name.removesuffix('_picture')}.svg"
        drawn = [item for item in chosen if item in workloads]
        shown = engines if chosen is LOOPS else scaled
        is_there = draw(drawn, shown, groups, page.parent / FOLDER / file)
        pictures[name] = f"![{title}]({FOLDER}/{file})" if is_there else ""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(render_page(TEMPLATE.read_text(), values | pictures))


def _doing(engines, workloads):
    return [item for item in engines if any(work.is_done_by(item) for work in workloads)]
