"""How well a colour can be read on another."""

import re

READABLE = 4.5
"""Contrast of text that WCAG 2.1 asks for, criterion 1.4.3."""


def measure_luminance(colour):
    """Relative luminance by WCAG 2.1, of ``rgb(r, g, b)`` or ``color(srgb r g b)``."""
    scale = 1 if colour.startswith("color(") else 255
    parts = [float(part) / scale for part in re.findall(r"[\d.]+(?:e-?\d+)?", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_contrast(colour, background):
    dark, light = sorted(map(measure_luminance, (colour, background)))
    return (light + 0.05) / (dark + 0.05)
