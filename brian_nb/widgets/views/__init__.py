"""Live figures.

Takes: monitors, the present time and the length of a window.
Gives: bqplot figures with labelled axes, cheap enough to be redrawn a dozen times a second.
Must not know: who runs the network, when to draw.
"""

from brian_nb.widgets.views.raster import Raster
from brian_nb.widgets.views.rates import Rates
from brian_nb.widgets.views.traces import Traces

__all__ = ["Raster", "Rates", "Traces"]
