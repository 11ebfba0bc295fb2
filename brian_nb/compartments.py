"""Neurons of several compartments, under the name that the manual has for the module."""

from brian_nb.library.compartments import Compartments

__all__ = ["Compartments"]
