"""Crowded shapes as small pictures: one call to Qt in place of thousands."""

from __future__ import annotations

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
    return _image((np.cumsum((begin - end)[:-1]) > 0)[None], colour)


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
    first, last = np.full(wide, high), np.full(wide, -1)
    first[pixel[inside]] = np.floor(upper[inside])
    last[pixel[inside]] = np.floor(lower[inside])
    rows = np.arange(high)[:, None]
    return _image((rows >= first) & (rows <= last), colour)


def _image(mask: NDArray[np.bool_], colour: str) -> QImage:
    """Fill what is true with the colour; the rest stays clear."""
    pixels = np.where(mask, np.uint32(QColor(colour).rgba()), np.uint32(0))
    high, wide = pixels.shape
    wrapped = QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32_Premultiplied)
    return wrapped.copy()  # Qt does not keep the numbers alive
