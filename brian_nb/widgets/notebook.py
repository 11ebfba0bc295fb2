"""What can be known about the notebook that this kernel serves."""

import sys


def find_cell():
    """Identity of the cell that is being run, or None outside a notebook that tells it."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module else None
    get_parent = getattr(getattr(shell, "kernel", None), "get_parent", None)
    if get_parent is None:
        return None
    return get_parent().get("metadata", {}).get("cellId")


def user_names():
    """The names of the notebook, or an empty dictionary outside one."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module else None
    return getattr(shell, "user_ns", {})
