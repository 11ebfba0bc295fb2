"""Integers that compiled code may know beforehand, at the price of compiling anew for others."""

_SIZES = ("size", "first", "width")


def find_fixed_integers(program, storage):
    """Sizes, first neurons, and delays of 0, in a network of single neurons.

    There, what the loops over one neuron cost is more than what is computed in them. In larger
    networks nothing is fixed, so that another number of neurons needs no other code. Other delays
    are not fixed either, so that they can be changed while a network runs.

    Parameters
    ----------
    program : Program
    storage : Storage

    Returns
    -------
    dict of int to int
        Place in the table of integers -> value.
    """
    if any(item.size != 1 for item in storage.populations):
        return {}
    found = {}
    for place, slot in enumerate(program.integers):
        if slot.part in ("population", "probe") and slot.role in _SIZES and not slot.saved:
            found[place] = getattr(storage.part(slot.part, slot.index), slot.role)
        elif slot.role == "delay_steps" and storage.part(slot.part, slot.index).delay == 0:
            found[place] = 0
    return found
