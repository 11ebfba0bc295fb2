"""How well a colour can be read on what is painted behind it."""

import re

READABLE = 4.5
"""Contrast of text that WCAG 2.1 asks for, criterion 1.4.3."""


def measure_contrast(colour, *backgrounds):
    """Contrast by WCAG 2.1 of a colour with the backgrounds behind it, the nearest first.

    Colours are written as browsers do: ``rgb(r, g, b)``, ``rgba(r, g, b, a)`` or
    ``color(srgb r g b)``; the last one is taken as opaque.
    """
    behind = (0.0, 0.0, 0.0)
    for layer in reversed(backgrounds):
        behind = _paint(_read(layer), behind)
    luminances = _luminance(_paint(_read(colour), behind)), _luminance(behind)
    return (max(luminances) + 0.05) / (min(luminances) + 0.05)


def _read(colour):
    """Red, green, blue and opacity, each from 0 to 1."""
    scale = 1 if colour.startswith("color(") else 255
    parts = [float(part) for part in re.findall(r"[\d.]+(?:e-?\d+)?", colour)]
    return *(part / scale for part in parts[:3]), *(parts[3:] or [1.0])


def _paint(colour, behind):
    *parts, opacity = colour
    return tuple(
        opacity * part + (1 - opacity) * other for part, other in zip(parts, behind, strict=True)
    )


def _luminance(colour):
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
