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


def rounded_bands(
    line: NDArray[np.intp],
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    inks: NDArray[np.uint32],
    size: tuple[int, int],
    *,
    radius: int,
    round_from: float,
) -> NDArray[np.uint32]:
    """Draw the bands of many lines, one picture a line.

    Parameters
    ----------
    line
        (n,) number of each band's line.
    left, right
        (n,) edges of the bands, device pixels from the picture's left edge.
    inks
        (m,) colour of each line, premultiplied, as Qt keeps it.
    size
        (width, height) of a line, device pixels.
    radius
        Of the bands' corners, device pixels.
    round_from
        Narrower bands have square corners, device pixels.

    Returns
    -------
    ndarray
        (m, height, width) premultiplied, as Qt keeps it; clear where there is no band.
    """
    wide, high = size
    change = np.zeros((len(inks), wide + 1), np.int16)
    first, last = (np.round(edge).astype(np.intp) for edge in (left, right))
    for edges, step in ((first, 1), (last, -1)):
        np.add.at(change, (line, np.clip(edges, 0, wide)), step)
    covered = np.cumsum(change[:, :wide], axis=1) > 0
    rows = np.where(covered, inks[:, None], np.uint32(0))
    image = np.repeat(rows[:, None, :], high, axis=1)
    broad = np.flatnonzero(right - left >= round_from)
    corner, columns = _corners(high, radius), np.arange(radius)
    for starts, shades in ((first[broad], corner), (last[broad] - radius, corner[:, ::-1])):
        band, column = np.divmod(np.arange(len(broad) * radius), max(1, radius))
        x = starts[band] + columns[column]
        seen = (x >= 0) & (x < wide)
        where, x, column = line[broad][band][seen], x[seen], column[seen]
        part = image[where, :, x].view(np.uint8).reshape(len(x), high, 4)
        shaded = part.astype(np.uint16) * shades.T[column][:, :, None] // 255
        image[where, :, x] = shaded.astype(np.uint8).reshape(len(x), 4 * high).view(np.uint32)
    return image


@lru_cache(maxsize=8)
def _corners(high: int, radius: int) -> NDArray[np.uint16]:
    """(high, radius) how much of each pixel at a band's left end lies inside it, 0..255."""
    across = radius - np.arange(radius) - 0.5
    from_edge = np.minimum(np.arange(high), np.arange(high)[::-1])
    down = np.maximum(0.0, radius - from_edge - 0.5)
    away = np.hypot(across[None], down[:, None])
    return (np.clip(radius + 0.5 - away, 0.0, 1.0) * 255).astype(np.uint16)


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
