"""The values that a text of equations found around it when it was written."""

from collections import ChainMap
from dataclasses import replace

from brian_nb.equations.namespace import find_value, is_number


def capture_values(namespace, names):
    """Keep the values that names have now.

    A name that has no value yet is looked up again when it is needed: in a notebook it may be
    defined in a later cell.

    Parameters
    ----------
    namespace : mapping of str to object
        A `ChainMap` of local and global names, as the caller has them, or any mapping.
    names : collection of str
        Names that the equations use.

    Returns
    -------
    mapping of str to object
        Holds no local value of the caller but numbers, so that no array is kept alive.
    """
    holders = {name.partition(".")[0] for name in names if "." in name}
    values = {name: find_value(namespace, name) for name in {*names, *holders}}
    kept = {name: value for name, value in values.items() if value is not None}
    if not isinstance(namespace, ChainMap):
        return ChainMap(kept, namespace)
    *inner, outermost = namespace.maps
    local = {
        name: value
        for layer in inner
        if len(layer) != len(outermost)  # a module's local names are its global ones
        for name, value in layer.items()
        if is_number(value)
    }
    return ChainMap(kept, local, outermost)


def capture_around(assembly, namespace):
    """Keep of the values around texts what these need.

    Parameters
    ----------
    assembly : Assembly
    namespace : mapping of str to object
        Parts that look their names up elsewhere stay as they are.

    Returns
    -------
    Assembly
    """
    parts = tuple(
        replace(part, around=capture_values(namespace, part.used | part.called))
        if part.around is namespace
        else part
        for part in assembly.parts
    )
    return replace(assembly, parts=parts)


def keep_numbers(namespace, names):
    """The numbers that names stand for, by these names: what a copy of a text needs."""
    values = {name: find_value(namespace, name) for name in names}
    return {name: value for name, value in values.items() if is_number(value)}
