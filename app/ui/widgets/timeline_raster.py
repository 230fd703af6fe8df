"""Crowded shapes as small pictures: one call to Qt in place of thousands."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QImage

if TYPE_CHECKING:
    from numpy.typing import NDArray


def bars_image(
    left: NDArray[np.float64], right: NDArray[np.float64], width: float, ratio: float, colour: str
) -> QImage:
    """Draw stretches along a line, one device pixel high.

    Parameters
    ----------
    left, right
        (n,) edges of the stretches, pixels from the image's left edge.
    width
        Of the image, pixels.
    ratio
        Device pixels a pixel.
    colour
        "#RRGGBB".
    """
    wide = max(1, round(width * ratio))
    begin, end = (
        np.bincount(np.clip(np.round(edge * ratio), 0, wide).astype(np.intp), minlength=wide + 1)
        for edge in (left, right)
    )
    return _image((np.cumsum((begin - end)[:-1]) > 0)[None].astype(np.float32), colour)


def columns_image(
    pixel: NDArray[np.intp],
    upper: NDArray[np.float64],
    lower: NDArray[np.float64],
    size: tuple[int, int],
    colour: str,
) -> QImage:
    """Draw one upright line a column.

    Parameters
    ----------
    pixel
        (n,) column of each line, device pixels from the image's left edge.
    upper, lower
        (n,) its ends, device pixels from the image's top; lower is the larger.
    size
        (width, height) of the image, device pixels.
    colour
        "#RRGGBB".
    """
    wide, high = size
    inside = (pixel >= 0) & (pixel < wide)
    first, last = np.full(wide, high, np.float32), np.full(wide, -1, np.float32)
    first[pixel[inside]], last[pixel[inside]] = upper[inside], lower[inside]
    rows = np.arange(high, dtype=np.float32)[:, None]
    covered = np.minimum(last, rows + 1) - np.maximum(first, rows)
    return _image(np.clip(covered, 0.0, 1.0), colour)


def _image(cover: NDArray[np.float32], colour: str) -> QImage:
    """Lay the colour where it covers, 0..1; the rest stays clear."""
    pixels = _shades(colour)[(cover * 255).astype(np.uint8)]
    high, wide = cover.shape
    wrapped = QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32_Premultiplied)
    return wrapped.copy()  # Qt does not keep the numbers alive


@lru_cache(maxsize=32)
def _shades(colour: str) -> NDArray[np.uint32]:
    """(256,) the colour at each alpha, premultiplied, as Qt keeps it."""
    ink = QColor(colour)
    alpha = np.arange(256, dtype=np.int64)
    shades = alpha << 24
    for place, part in ((16, ink.red()), (8, ink.green()), (0, ink.blue())):
        shades |= (alpha * part // 255) << place
    return shades.astype(np.uint32)
