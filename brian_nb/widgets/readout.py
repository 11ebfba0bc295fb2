"""Numbers of a live run as short lines of text."""


def write_time(seconds):
    """Biological time as people write it: '850.0 ms', '12.345 s'."""
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.3f} s"


def write_rate(n_spikes, seconds, n_neurons):
    """Spikes per second of a network, and of one neuron."""
    if not seconds > 0 or not n_neurons:
        return ""
    rate = n_spikes / seconds
    return f"{_group_digits(rate)} spikes/s ({rate / n_neurons:.1f} Hz per neuron)"


def write_speed(factor):
    """How fast biological time goes: '0.2× real time'."""
    return f"{factor:.2g}× real time"


def _group_digits(number):
    return f"{number:,.0f}".replace(",", "\u202f")
