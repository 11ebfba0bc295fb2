"""Standard models, built from equations: neurons, currents, synapses, noise, electrodes.

Takes: values or names of parameters. Gives: `Equations` to be put together, and objects that work
with the groups made of them. Must not know: how anything is computed, notebooks.

Each module is imported by its name, such as ``from brian_nb.library.IF import *``.
"""
