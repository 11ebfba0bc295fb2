"""Integers that compiled code may know beforehand, at the price of compiling anew for others."""

_ROLES = ("size", "first", "width")


def find_fixed_integers(program, storage):
    """Sizes and first neurons, in a network of single neurons.

    There, what the loops over one neuron cost is more than what is computed in them. In larger
    networks nothing is fixed, so that another number of neurons needs no other code.

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
    return {
        place: getattr(storage.part(slot.part, slot.index), slot.role)
        for place, slot in enumerate(program.integers)
        if slot.role in _ROLES and slot.part in ("population", "probe") and not slot.saved
    }
