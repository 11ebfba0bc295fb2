"""Objects shown as the last line of a cell become their live handles."""

from brian_nb.network.base import NetworkObject
from brian_nb.network.display import set_display_hook
from brian_nb.network.scope import reachable_in
from brian_nb.widgets.handle import handle
from brian_nb.widgets.notebook import user_names

VIEW = "application/vnd.jupyter.widget-view+json"


def register_display():
    """Let groups, connections and monitors show their handles.

    Called by the IPython extension.
    """
    set_display_hook(_show_handle)


def unregister_display():
    """Let objects show only text and HTML again."""
    set_display_hook(None)


def _show_handle(item):
    if not item.label:
        item.label = reachable_in(user_names(), NetworkObject).get(item, "")
    bundle = handle(item)._repr_mimebundle_()
    return {VIEW: bundle[VIEW]} if bundle and VIEW in bundle else None
