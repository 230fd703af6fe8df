"""Voice curves under the player: what is drawn, in which unit, and against which own normal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QPolygonF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from app.coach.types import Curve
    from app.ui.widgets.timeline_scale import Scale

HOLE_S: Final = 1.0
"""Points further apart than this are not joined: nothing was measured between them."""
PACE: Final = "pace_syl_s"


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one measure of the voice is shown."""

    lane: str
    icon: str
    label: str
    unit: str
    low: float
    high: float
    normal: float | None
    above: str
    below: str


def _kinds() -> dict[str, _Kind]:
    tr = QCoreApplication.translate
    return {
        "pitch_st": _Kind(
            lane="pitch",
            icon="music-note",
            label=tr("Curves", "Pitch"),
            unit=tr("Curves", "semitones"),
            low=-6.0,
            high=6.0,
            normal=0.0,
            above=tr("Curves", "{n} semitones above your normal"),
            below=tr("Curves", "{n} semitones below your normal"),
        ),
        "level_over_db": _Kind(
            lane="loudness",
            icon="loudness",
            label=tr("Curves", "Loudness"),
            unit=tr("Curves", "dB from your normal"),
            low=-9.0,
            high=9.0,
            normal=0.0,
            above=tr("Curves", "{n} dB louder than your normal"),
            below=tr("Curves", "{n} dB softer than your normal"),
        ),
        PACE: _Kind(
            lane="pace",
            icon="pace",
            label=tr("Curves", "Pace"),
            unit=tr("Curves", "syllables a second"),
            low=2.0,
            high=7.0,
            normal=None,
            above=tr("Curves", "{n} syllables a second"),
            below="",
        ),
    }


@dataclass(frozen=True, slots=True)
class CurveRow:
    """One curve, ready to be drawn."""

    name: str
    """Field of the reading."""
    lane: str
    """Colour token."""
    icon: str
    """Icon name."""
    label: str
    """Plain words, translated."""
    unit: str
    """Plain words, translated."""
    t_s: NDArray[np.float64]
    """(n,) seconds, rising."""
    values: NDArray[np.float64]
    """(n,) in the unit; NaN where it was not measured."""
    low: float
    """Value at the lower edge."""
    high: float
    """Value at the upper edge."""
    normal: float | None
    """Own normal, drawn as a line; None where there is none."""
    above: str
    """Sentence for a value, with {n} to fill in."""
    below: str
    """Sentence for a value below own normal; empty where the unit is not relative to it."""

    def at(self, t: float) -> float | None:
        """Value nearest to `t`, or None where nothing was measured within half a second."""
        near = int(np.searchsorted(self.t_s, t))
        best = min(
            (i for i in (near - 1, near) if 0 <= i < len(self.t_s)),
            key=lambda i: abs(self.t_s[i] - t),
            default=None,
        )
        if best is None or abs(self.t_s[best] - t) > 0.5 or np.isnan(self.values[best]):
            return None
        return float(self.values[best])

    def words(self, value: float) -> str:
        """Say a value in plain words, against own normal where that is its unit."""
        if self.below and value < 0:
            return self.below.format(n=f"{-value:.1f}")
        return self.above.format(n=f"{value:.1f}")


def curve_rows(curves: Iterable[Curve], pace_normal: float | None) -> tuple[CurveRow, ...]:
    """Choose and prepare what is drawn; a curve without a single value is left out.

    Parameters
    ----------
    curves
        Of a report.
    pace_normal
        Own pace, syllables a second; None where there is none.
    """
    by_name = {curve.name: curve for curve in curves}
    rows = []
    for name, kind in _kinds().items():
        curve = by_name.get(name)
        if curve is None:
            continue
        values = np.array([np.nan if v is None else v for v in curve.values], np.float64)
        known = values[np.isfinite(values)]
        if not known.size:
            continue
        rows.append(
            CurveRow(
                name=name,
                lane=kind.lane,
                icon=kind.icon,
                label=kind.label,
                unit=kind.unit,
                t_s=np.asarray(curve.t_s, np.float64),
                values=values,
                low=min(kind.low, float(np.percentile(known, 1))),
                high=max(kind.high, float(np.percentile(known, 99))),
                normal=pace_normal if name == PACE else kind.normal,
                above=kind.above,
                below=kind.below,
            )
        )
    return tuple(rows)


def polylines(row: CurveRow, scale: Scale, top: float, height: float) -> list[QPolygonF]:
    """Lines through the visible points, broken where nothing was measured.

    More than two points a pixel are drawn as their lowest and highest, which looks the same and
    costs what the screen is wide, not what the session is long.
    """
    first = max(0, int(np.searchsorted(row.t_s, scale.start_s)) - 1)
    last = min(len(row.t_s), int(np.searchsorted(row.t_s, scale.end_s)) + 1)
    t, v = row.t_s[first:last], row.values[first:last]
    x = scale.left_px + (t - scale.start_s) / scale.visible_s * scale.width_px
    y = top + (1 - np.clip((v - row.low) / (row.high - row.low), 0, 1)) * height
    known = np.isfinite(v)
    x, y, t = x[known], y[known], t[known]
    # A run ends where values were left out between two points, or where the points lie far apart.
    index = np.flatnonzero(known)
    breaks = np.flatnonzero((np.diff(index) > 1) | (np.diff(t) > HOLE_S)) + 1
    lines = []
    for xs, ys in zip(np.split(x, breaks), np.split(y, breaks), strict=True):
        if len(xs):
            lines.append(_polygon(*_thinned(xs, ys)))
    return lines


def _thinned(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    columns = np.floor(x)
    starts = np.flatnonzero(np.diff(columns, prepend=columns[0] - 1))
    if len(x) <= 2 * len(starts):
        return x, y
    low, high = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    return np.repeat(columns[starts] + 0.5, 2), np.stack([low, high], axis=1).ravel()


def _polygon(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
    if len(x) == 1:  # a lone value is a dot, not nothing
        return QPolygonF([QPointF(x[0] - 0.5, y[0]), QPointF(x[0] + 0.5, y[0])])
    return QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
