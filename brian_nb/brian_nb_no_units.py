"""The manual's name for `brian_nb.no_units`: an installation has this file at the top level."""

import brian_nb.no_units  # noqa: F401
