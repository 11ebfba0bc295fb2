"""Runs the network of the quickstart without a browser: prints what it did, draws its spikes.

The cells come from the notebook itself, those that it tags `network`.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

import matplotlib
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

HERE = Path(__file__).resolve().parent
NOTEBOOK = HERE / "00-quickstart.ipynb"
PICTURE = HERE.parent / "artifacts" / "quickstart.png"


def read_cells(path, tag):
    """Source of the cells of a notebook that bear a tag."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if tag in cell["metadata"].get("tags", ())]


def run_cells(cells):
    """Run cells as a notebook does, and give the names that they define."""
    shell = InteractiveShell.instance(colors="nocolor")
    for cell in cells:
        with capture_output() as shown:
            result = shell.run_cell(cell)
        if not result.success:
            sys.exit(shown.stdout + shown.stderr)
    return shell.user_ns


def draw_spikes(monitor, path):
    """Save the raster plot of a spike monitor."""
    from brian_nb.plotting import raster_plot

    path.parent.mkdir(exist_ok=True)
    axes = raster_plot(monitor, title="The CUBA network", markersize=2)
    axes.figure.savefig(path, dpi=150)


def main():
    """Run the quickstart, then once more from its start, now that the code is compiled."""
    matplotlib.use("Agg")
    begin = perf_counter()
    names = run_cells(read_cells(NOTEBOOK, "network"))
    first = perf_counter() - begin
    network, spikes, duration = names["network"], names["spikes"], names["network"].clock.t
    n_spikes, rate = spikes.nspikes, spikes.nspikes / (len(names["P"]) * duration)
    draw_spikes(spikes, PICTURE)
    network.restore(names["start"])
    begin = perf_counter()
    network.run(duration)
    again = perf_counter() - begin
    print(f"{n_spikes} spikes of {len(names['P'])} neurons in {duration}, {rate} each")
    print(f"from an empty notebook to the end of the run: {first:.2f} s; again: {again:.3f} s")
    print(f"picture: {PICTURE.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
