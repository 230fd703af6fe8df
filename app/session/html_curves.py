"""Voice curves as inline SVG, drawn on the same time line as the cue lanes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from markupsafe import Markup

from app.coach.types import Sense
from app.coach.words import format_value, reason_text
from app.session.html_timeline import Row, bar, length_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from app.coach.report_types import Curve, Report

COLUMNS: Final = 1000
"""Points a curve is drawn with; a page is not wider."""

HEIGHT: Final = 100
"""Height of a curve in its own units."""


@dataclass(frozen=True, slots=True)
class CurveStyle:
    """How one curve is shown."""

    measure: str
    """Name of the curve."""
    label: str
    """Plain words."""
    unit: str
    """Plain words behind the numbers at its side."""
    lane: str
    """Colour token."""
    cues: tuple[str, ...]
    """Episodes of these cues are tinted behind it."""
    span: float
    """Smallest height of the scale, in the measure's unit: noise must not fill the picture."""
    trim: float = 0.0
    """Share of values in percent that may lie beyond either end: pitch has octave errors."""


STYLES: Final = (
    CurveStyle("level_over_db", "Loudness", "dB from usual", "loudness", ("loud", "soft"), 12.0),
    CurveStyle("level_dbfs", "Loudness", "dB", "loudness", (), 24.0),
    CurveStyle("pitch_st", "Pitch", "semitones", "pitch", ("flat_voice",), 12.0, trim=2.0),
    CurveStyle("pace_syl_s", "Pace", "syllables a second", "pace", ("pace_fast", "pace_slow"), 2.0),
)


def curves(report: Report) -> list[Row]:
    """Draw loudness, pitch and pace, as far as they were measured."""
    by_name = {curve.name: curve for curve in report.curves}
    if _measured(by_name.get("level_over_db")):
        by_name.pop("level_dbfs", None)
    rows = []
    for style in STYLES:
        curve = by_name.get(style.measure)
        if curve is not None and _measured(curve):
            rows.append(_curve_row(report, curve, style))
    return rows


def _curve_row(report: Report, curve: Curve, style: CurveStyle) -> Row:
    length = length_of(report)
    times, values = _columns(curve, length)
    low, high = _scale(values[~np.isnan(values)], style.span, style.trim)
    parts = ['<rect class="ground" width="100%" height="100%" rx="4"/>']
    parts += [
        bar(gap.start_s, gap.end_s, length, "gap", reason_text(gap.reason, gap.sense))
        for gap in report.gaps
        if gap.sense is Sense.VOICE and gap.cue is None
    ]
    parts += [
        bar(event.start_s, event.end_s, length, "tint", event.cue)
        for event in report.events
        if event.cue in style.cues
    ]
    normal = _normal(report, curve.name)
    parts.append(
        f'<svg viewBox="0 0 {COLUMNS} {HEIGHT}" preserveAspectRatio="none" '
        'width="100%" height="100%">'
    )
    if normal is not None and low < normal < high:
        y = HEIGHT * (high - normal) / (high - low)
        parts.append(f'<path class="normal" d="M0 {y:.1f}H{COLUMNS}"/>')
    parts.append(f'<path class="curve" d="{_path(times, values, low, high)}"/></svg>')
    svg = Markup(f'<svg class="graph" width="100%" height="72">{"".join(parts)}</svg>')  # noqa: S704 - escaped in bar
    return Row(style.label, style.lane, svg, format_value(low), format_value(high), style.unit)


def _columns(
    curve: Curve, length: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Average a curve in at most `COLUMNS` columns: (x, value), NaN where it was not measured."""
    t = np.asarray(curve.t_s, dtype=np.float64)
    values = np.array([np.nan if one is None else one for one in curve.values], dtype=np.float64)
    slots = np.clip((t / length * COLUMNS).astype(int), 0, COLUMNS - 1)
    seen = ~np.isnan(values)
    count = np.bincount(slots[seen], minlength=COLUMNS)
    sums = np.bincount(slots[seen], weights=values[seen], minlength=COLUMNS)
    looked = np.flatnonzero(np.bincount(slots, minlength=COLUMNS))
    means = np.full(looked.size, np.nan)
    filled = count[looked] > 0
    means[filled] = sums[looked][filled] / count[looked][filled]
    return looked + 0.5, means


def _path(
    times: npt.NDArray[np.float64], values: npt.NDArray[np.float64], low: float, high: float
) -> str:
    """SVG path with a break wherever it was not measured."""
    pieces = []
    drawing = False
    heights = HEIGHT * (high - np.clip(values, low, high)) / (high - low)
    for x, y in zip(times, heights, strict=True):
        if np.isnan(y):
            drawing = False
            continue
        # A lone point needs a length of its own to show.
        pieces.append(f"L{x:.1f} {y:.1f}" if drawing else f"M{x:.1f} {y:.1f}h.1")
        drawing = True
    return "".join(pieces)


def _scale(values: npt.NDArray[np.float64], span: float, trim: float) -> tuple[float, float]:
    """Find a scale that nearly everything fits, and that noise does not fill."""
    low, high = (float(one) for one in np.percentile(values, (trim, 100.0 - trim)))
    missing = max(0.0, span - (high - low)) / 2
    margin = 0.05 * max(high - low, span)
    return low - missing - margin, high + missing + margin


def _normal(report: Report, measure: str) -> float | None:
    if measure in {"level_over_db", "pitch_st"}:
        return 0.0
    voice = report.baseline.voice if report.baseline is not None else None
    return voice.pace_syl_s if voice is not None and measure == "pace_syl_s" else None


def _measured(curve: Curve | None) -> bool:
    return curve is not None and any(value is not None for value in curve.values)
