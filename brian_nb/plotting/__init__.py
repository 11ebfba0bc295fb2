"""Figures in Matplotlib.

Takes: monitors.
Gives: figures with labelled axes and units, which may follow a run.
Must not know: widgets, how anything was computed.
"""

from brian_nb.plotting.histogram import hist_plot
from brian_nb.plotting.raster import raster_plot

__all__ = ["hist_plot", "raster_plot"]
