"""From an object to the text at the top of its handle: what it is, and what it holds now."""

import html
import re

from brian_nb.network import Connection, PopulationRateMonitor, SpikeMonitor, StateMonitor
from brian_nb.network.monitors import Monitor


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
    if isinstance(item, Monitor):
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
    source = monitor.source.describe()
    if isinstance(monitor, SpikeMonitor):
        per_neuron = monitor.nspikes / monitor.source.size
        return f"{monitor.nspikes} spikes of {source}, {per_neuron:.1f} per neuron"
    if isinstance(monitor, StateMonitor):
        n_neurons = len(monitor.neurons)
        neurons = "1 neuron" if n_neurons == 1 else f"{n_neurons} neurons"
        return f"`{monitor.variable}` of {neurons} of {source}, {_count_records(monitor)}"
    if isinstance(monitor, PopulationRateMonitor):
        return f"firing rate of {source}, {_count_records(monitor)}"
    return repr(monitor).strip("<>")


def _count_records(monitor):
    recording = monitor.recording
    if not recording.record_bytes:
        return "mean and variance only"
    return f"recorded at {len(recording)} times"
