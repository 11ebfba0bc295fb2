"""Importing this before anything else of the package switches units off.

::

    import brian_nb_no_units
    from brian_nb import *

Then ``mV`` is the number 0.001, and neither values nor equations are checked. The import system is
the switch: `brian_nb.units` looks once, when it is loaded, whether this module is there.
"""

import sys
import warnings

if "brian_nb.units" in sys.modules:
    warnings.warn(
        "units stay on, because brian_nb was in use before brian_nb_no_units was imported; "
        "make it the first import of the script, or restart the kernel",
        stacklevel=2,
    )
