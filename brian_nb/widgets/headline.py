"""From an object to the text at the top of its handle: what it is, and what it holds now."""

import html
import re

from brian_nb.network import Connection, PopulationRateMonitor, SpikeMonitor, StateMonitor
from brian_nb.network.monitors import Monitor, MultiStateMonitor


def write_headline(item):
    """Describe an object as HTML.

    Parameters
    ----------
    item : NetworkObject

    Returns
    -------
    str
    """
    if isinstance(item, Connection):
        return _write(item, _describe_connection(item))
    if isinstance(item, (Monitor, MultiStateMonitor)):
        return _write(item, _describe_monitor(item))
    return item.to_html()


def _write(item, text):
    """A paragraph that begins with the object's name; names between backticks become code."""
    title = html.escape(item.label or type(item).__name__)
    body = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))
    return f"<p><b>{title}</b>: {body}</p>"


def _describe_connection(item):
    count = f"{item.n_synapses} synapse{'s' if item.n_synapses != 1 else ''}"
    source, target = item.source.describe(), item.target.describe()
    return f"{count} from {source} to `{item.variable}` of {target}"


def _describe_monitor(monitor):
    text = repr(monitor).strip("<>")
    if isinstance(monitor, SpikeMonitor):
        return f"{text}, {monitor.nspikes / monitor.source.size:.1f} per neuron"
    if isinstance(monitor, StateMonitor) and hasattr(monitor.recording, "tail"):
        n_neurons = len(monitor.neurons)
        neurons = "1 neuron" if n_neurons == 1 else f"{n_neurons} neurons"
        return f"{text}, {neurons} at {len(monitor.recording)} times"
    if isinstance(monitor, PopulationRateMonitor):
        return f"{text}, {len(monitor.recording)} times"
    return text
