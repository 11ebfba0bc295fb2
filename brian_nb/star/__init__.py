"""What ``from brian_nb import *`` brings beside our own classes."""

from brian_nb.star.names import find_name, forward_call, names

__all__ = ["find_name", "forward_call", "names"]
