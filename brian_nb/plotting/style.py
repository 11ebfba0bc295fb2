"""Colours of figures: the Okabe-Ito palette, which colour-blind readers can tell apart.

Source: Okabe & Ito 2008, Color Universal Design.
"""

NEURON_COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
