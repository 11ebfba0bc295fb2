"""Which random numbers belong to which object of a network."""

from itertools import count


def number_streams(owners, known):
    """Number the objects that draw random numbers, by which their draws are told apart.

    An object keeps its number for as long as it takes part. Others get the lowest numbers that are
    free, in the order given. So what draws nothing changes nobody's numbers, and what is added
    between two runs changes no number of those that go on.

    Parameters
    ----------
    owners : list of NetworkObject
        All that draw.
    known : dict of NetworkObject to int
        What an earlier call gave.

    Returns
    -------
    dict of NetworkObject to int
    """
    kept = {owner: known[owner] for owner in owners if owner in known}
    taken = set(kept.values())
    free = (number for number in count() if number not in taken)
    return kept | {owner: next(free) for owner in owners if owner not in kept}
