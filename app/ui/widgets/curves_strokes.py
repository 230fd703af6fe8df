"""Curves as lines on the screen: what it costs depends on the screen, not on the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QLineF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from app.ui.widgets.timeline_scale import Scale

HOLE_S: Final = 1.0
"""Points further apart than this are not joined: nothing was measured between them."""
BLOCKS: Final = (8, 64)
"""How many points are one in the coarser levels."""


@dataclass(frozen=True, slots=True)
class Level:
    """A curve's known values at one fineness, as ranges of blocks of points."""

    t_s: NDArray[np.float64]
    """(n,) seconds of each block's first point, rising."""
    low: NDArray[np.float64]
    """(n,) lowest value of the block."""
    high: NDArray[np.float64]
    """(n,) highest value of the block; of single points the same."""
    run: NDArray[np.int64]
    """(n,) number of the unbroken run that the block belongs to, rising."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The range of a curve in each pixel column that it touches, each touching its neighbours."""

    x: NDArray[np.float64]
    """(n,) pixels, whole."""
    upper: NDArray[np.float64]
    """(n,) pixels; y grows downwards."""
    lower: NDArray[np.float64]
    """(n,) pixels, at least upper."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """A curve as it is drawn: joined points where they lie apart, columns where they crowd."""

    lines: list[QLineF]
    """From point to point; empty where the points crowd."""
    columns: Columns | None
    """None where the points lie apart."""


def levels_of(t_s: NDArray[np.float64], values: NDArray[np.float64]) -> tuple[Level, ...]:
    """Prepare the levels of a curve, finest first.

    Parameters
    ----------
    t_s, values
        (n,) seconds, rising, and values; NaN where nothing was measured.
    """
    known = np.flatnonzero(np.isfinite(values))
    t, v = t_s[known], values[known]
    broken = (np.diff(known) > 1) | (np.diff(t) > HOLE_S)
    run = np.concatenate(([0], np.cumsum(broken))).astype(np.int64)[: len(t)]
    levels = [Level(t, v, v, run)]
    for size in BLOCKS:
        first = np.flatnonzero(np.diff(run, prepend=-1))  # a block never spans two runs
        place = np.arange(len(t)) - np.repeat(first, np.diff(first, append=len(t)))
        starts = np.flatnonzero(place % size == 0)
        if len(starts):
            low, high = np.minimum.reduceat(v, starts), np.maximum.reduceat(v, starts)
            levels.append(Level(t[starts], low, high, run[starts]))
    return tuple(levels)


def strokes(
    levels: Sequence[Level], limits: tuple[float, float], scale: Scale, top: float, height: float
) -> Strokes:
    """Draw the visible part of a curve.

    Points that crowd are drawn as the range of each pixel column, which looks the same. (Qt takes
    300 ms to stroke one path of 2,000 crowded points.)

    Parameters
    ----------
    levels
        Of the curve, finest first.
    limits
        Values at the lower and at the upper edge.
    scale
        Which stretch lies where.
    top, height
        Of the curve's room, pixels.
    """
    level, seen = _coarsest(levels, scale)
    t, run = level.t_s[seen], level.run[seen]
    if not len(t):
        return Strokes([], None)
    x = scale.left_px + (t - scale.start_s) * scale.px_a_s
    low, high = (
        top + (1 - np.clip((v[seen] - limits[0]) / (limits[1] - limits[0]), 0, 1)) * height
        for v in (level.low, level.high)
    )
    if len(x) > 2 and len(x) > x[-1] - x[0]:
        return Strokes([], _columns(x, high, low, run))
    return Strokes(_joined(x, low, run), None)


def _coarsest(levels: Sequence[Level], scale: Scale) -> tuple[Level, slice]:
    """Choose the coarsest level that still has two points a pixel, or else the finest."""
    found = []
    for level in levels:
        first = max(0, int(np.searchsorted(level.t_s, scale.start_s)) - 1)
        last = min(len(level.t_s), int(np.searchsorted(level.t_s, scale.end_s)) + 1)
        found.append((level, slice(first, last)))
        if last - first < 2 * scale.width_px:
            break
    if len(found) > 1 and found[-1][1].stop - found[-1][1].start < 2 * scale.width_px:
        found.pop()
    return found[-1]


def _joined(x: NDArray[np.float64], y: NDArray[np.float64], run: NDArray[np.int64]) -> list[QLineF]:
    same = run[1:] == run[:-1]
    lines = _lines(x[:-1][same], y[:-1][same], x[1:][same], y[1:][same])
    alone = np.concatenate(([True], ~same)) & np.concatenate((~same, [True]))
    # A lone value is a dot, not nothing.
    return lines + _lines(x[alone] - 0.5, y[alone], x[alone] + 0.5, y[alone])


def _columns(
    x: NDArray[np.float64],
    upper: NDArray[np.float64],
    lower: NDArray[np.float64],
    run: NDArray[np.int64],
) -> Columns:
    pixel = np.floor(x)
    starts = np.flatnonzero(np.diff(pixel, prepend=pixel[0] - 1) + np.diff(run, prepend=run[0]))
    upper, lower = np.minimum.reduceat(upper, starts), np.maximum.reduceat(lower, starts)
    same = np.diff(run[starts]) == 0
    to_upper, to_lower = np.minimum(upper[1:], lower[:-1]), np.maximum(lower[1:], upper[:-1])
    upper[1:] = np.where(same, to_upper, upper[1:])
    lower[1:] = np.where(same, to_lower, lower[1:])
    return Columns(pixel[starts], upper, lower)


def _lines(*ends: NDArray[np.float64]) -> list[QLineF]:
    """Make lines of (x1, y1, x2, y2); plain floats, because Qt converts NumPy's slowly."""
    return list(map(QLineF, *(end.tolist() for end in ends)))
