"""Constants that several functions share."""

import math

ROUNDER = 1.5 * 2.0**52
"""Added to a float64 below 2**51 it leaves the nearest integer in the low bits."""
LN2_HIGH = float.fromhex("0x1.62e42fefa2p-1")
"""ln 2 to 40 bits: its product with an exponent is exact."""
LN2_LOW = 7.371002565167799e-13
INFINITY = math.inf
NAN = math.nan
