"""A picture of a few colours as PNG, with nothing but the standard library.

Source: PNG specification, third edition, W3C 2025, sections 5.6 and 11 (indexed colour).
"""

import struct
import zlib

import numpy as np

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INDEXED = 3
_FASTEST = 1
"""Compression level: a frame of a raster is sparse, more effort saves little."""


def encode_png(pixels, palette):
    """Encode a picture whose pixels are numbers of colours.

    Parameters
    ----------
    pixels : uint8[height, width]
        0 is transparent, ``k`` the colour ``palette[k - 1]``.
    palette : sequence of str
        Colours as ``#rrggbb``.

    Returns
    -------
    bytes
    """
    height, width = pixels.shape
    header = struct.pack(">IIBBBBB", width, height, 8, _INDEXED, 0, 0, 0)
    colours = bytes(3) + b"".join(bytes.fromhex(colour[1:]) for colour in palette)
    rows = np.zeros((height, width + 1), np.uint8)
    rows[:, 1:] = pixels
    chunks = (
        (b"IHDR", header),
        (b"PLTE", colours),
        (b"tRNS", b"\x00"),
        (b"IDAT", zlib.compress(rows.tobytes(), _FASTEST)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(_encode_chunk(kind, data) for kind, data in chunks)


def _encode_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
