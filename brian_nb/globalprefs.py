"""Preferences, in the place where the manual has them (6.8.2); see `brian_nb.preferences`."""

import brian_nb.network  # noqa: F401 - it declares what it obeys
from brian_nb.preferences import get_global_preference, set_global_preferences

__all__ = ["get_global_preference", "set_global_preferences"]
