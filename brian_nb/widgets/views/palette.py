"""Colours that can be read on a light and on a dark page, and told apart by the colour-blind.

Source: Okabe & Ito 2008, Color Universal Design; its blue is lightened, being too dark for thin
marks on black. Contrast of the first four with white and with black is at least 3 to 1. Changing
colours in the page instead, by a CSS filter, halves the number of pictures a second.
"""

LIVE_COLOURS = ["#1F88CC", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
