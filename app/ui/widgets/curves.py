"""Curves under the player: what is drawn, in which unit, and against which own normal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.ui.widgets.curves_strokes import levels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from app.coach.report_types import Curve
    from app.ui.widgets.curves_strokes import Level

PACE: Final = "pace_syl_s"
BROW: Final = "brow"
VOICE_CURVES: Final = ("pitch_st", "level_over_db", PACE)
ALL_CURVES: Final = (*VOICE_CURVES, BROW)
DECIDED: Final = 0.5
"""Score of the brow from which it counts as drawn together (assets/cues.toml)."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one measure is shown."""

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
        BROW: _Kind(
            lane="brow",
            icon="brow",
            label=tr("Curves", "Brow"),
            unit=tr("Curves", "low calm, high drawn"),
            low=0.0,
            high=1.0,
            normal=DECIDED,
            above=tr("Curves", "{n} of 1, drawn together from 0.5 on"),
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
    levels: tuple[Level, ...]
    """What is drawn from far and from near, finest first."""

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


def curve_rows(
    curves: Iterable[Curve], pace_normal: float | None, wanted: Sequence[str] = VOICE_CURVES
) -> tuple[CurveRow, ...]:
    """Choose and prepare what is drawn; a curve without a single value is left out.

    Parameters
    ----------
    curves
        Of a report.
    pace_normal
        Own pace, syllables a second; None where there is none.
    wanted
        Names of the measures, in the order in which they are drawn.
    """
    kinds = _kinds()
    by_name = {curve.name: curve for curve in curves}
    rows = []
    for name in wanted:
        curve, kind = by_name.get(name), kinds.get(name)
        if curve is None or kind is None:
            continue
        times = np.asarray(curve.t_s, np.float64)
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
                t_s=times,
                values=values,
                low=min(kind.low, float(np.percentile(known, 1))),
                high=max(kind.high, float(np.percentile(known, 99))),
                normal=pace_normal if name == PACE else kind.normal,
                above=kind.above,
                below=kind.below,
                levels=levels_of(times, values),
            )
        )
    return tuple(rows)
