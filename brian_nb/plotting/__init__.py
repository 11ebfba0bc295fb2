"""Figures in Matplotlib.

Takes: monitors.
Gives: figures with labelled axes and units.
Must not know: widgets, how anything was computed.
"""

from brian_nb.plotting.raster import raster_plot

__all__ = ["raster_plot"]
