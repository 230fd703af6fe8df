"""Cue lanes and voice curves as inline SVG that stretches with the page and follows its colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from markupsafe import Markup, escape

from app.coach.intervals import total, union
from app.coach.report import SILENCES
from app.coach.types import Sense
from app.coach.words import format_duration, format_time, format_value, reason_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from app.coach.catalogue import Catalogue
    from app.coach.types import CueEvent, CueRule, Curve, Gap, Report

COLUMNS: Final = 1000
"""Points a curve is drawn with; a page is not wider."""

HEIGHT: Final = 100
"""Height of a curve in its own units."""

MOST_TICKS: Final = 8
"""Time labels that fit beside each other on a phone."""

STEPS_S: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
"""Distances between time labels that people count in."""

OWN_GAP_S: Final = 1.0
"""A cue without episodes gets a lane where its own gaps are at least this long together."""


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


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the timeline."""

    label: str
    """Plain words at its left."""
    lane: str
    """Colour token."""
    svg: Markup
    """The drawing."""
    low: str = ""
    """Number at the lower end of a curve."""
    high: str = ""
    """Number at the upper end of a curve."""
    unit: str = ""
    """Unit of a curve."""


def axis(report: Report) -> Markup:
    """Draw the time labels, and the numbers of the findings above them."""
    length = _length(report)
    step = next((one for one in STEPS_S if length / one <= MOST_TICKS), 7200)
    parts = []
    for at in np.arange(0, length + 1e-6, step):
        share = 100 * float(at) / length
        anchor = "start" if share < 3 else "end" if share > 97 else "middle"
        parts.append(
            f'<text x="{share:.2f}%" y="36" text-anchor="{anchor}">{format_time(at)}</text>'
        )
    for number, finding in enumerate(report.findings, 1):
        share = min(max(100 * finding.start_s / length, 1.2), 98.8)
        parts.append(
            f'<g class="pin"><circle cx="{share:.2f}%" cy="11" r="9"/>'
            f'<text x="{share:.2f}%" y="15" text-anchor="middle">{number}</text></g>'
        )
    return Markup(f'<svg class="axis" width="100%" height="42">{"".join(parts)}</svg>')  # noqa: S704 - numbers only


def lanes(report: Report, catalogue: Catalogue) -> list[Row]:
    """Draw a lane for each cue with episodes, or with long gaps of its own."""
    rows = []
    for rule in catalogue.rules:
        events = [event for event in report.events if event.cue == rule.id]
        gaps = [
            gap for gap in report.gaps if gap.sense is rule.sense and gap.cue in {None, rule.id}
        ]
        own_s = sum(
            gap.end_s - gap.start_s
            for gap in gaps
            if gap.cue == rule.id and gap.reason not in SILENCES
        )
        if events or (own_s >= OWN_GAP_S and _was_measured(report, rule)):
            name = rule.name[:1].upper() + rule.name[1:]
            rows.append(Row(name, rule.lane, _lane(rule, events, gaps, _length(report))))
    return rows


def nothing_noted(report: Report, catalogue: Catalogue) -> list[str]:
    """Names of the cues that were measured and never came."""
    came = {event.cue for event in report.events}
    return [
        rule.name for rule in catalogue.rules if rule.id not in came and _was_measured(report, rule)
    ]


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


def _lane(rule: CueRule, events: Sequence[CueEvent], gaps: Sequence[Gap], length: float) -> Markup:
    parts = ['<rect class="ground" width="100%" height="100%" rx="4"/>']
    for gap in gaps:
        title = (
            f"Not measured, {format_time(gap.start_s)} to {format_time(gap.end_s)}: "
            f"{reason_text(gap.reason, rule.sense)}"
        )
        parts.append(_bar(gap.start_s, gap.end_s, length, "gap", title))
    for event in events:
        lasted = format_duration(event.end_s - event.start_s)
        title = f"{rule.name}, {format_time(event.start_s)}, {lasted}"
        parts.append(_bar(event.start_s, event.end_s, length, "bar", title))
    return Markup(f'<svg class="lane" width="100%" height="18">{"".join(parts)}</svg>')  # noqa: S704 - escaped in _bar


def _bar(start_s: float, end_s: float, length: float, kind: str, title: str) -> str:
    left = 100 * max(start_s, 0.0) / length
    width = max(100 * (min(end_s, length) - max(start_s, 0.0)) / length, 0.15)
    return (
        f'<rect class="{kind}" x="{left:.3f}%" width="{width:.3f}%" height="100%" rx="2">'
        f"<title>{escape(title)}</title></rect>"
    )


def _curve_row(report: Report, curve: Curve, style: CurveStyle) -> Row:
    length = _length(report)
    times, values = _columns(curve, length)
    low, high = _scale(values[~np.isnan(values)], style.span, style.trim)
    parts = ['<rect class="ground" width="100%" height="100%" rx="4"/>']
    parts += [
        _bar(gap.start_s, gap.end_s, length, "gap", reason_text(gap.reason))
        for gap in report.gaps
        if gap.sense is Sense.VOICE and gap.cue is None
    ]
    parts += [
        _bar(event.start_s, event.end_s, length, "tint", event.cue)
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
    svg = Markup(f'<svg class="graph" width="100%" height="72">{"".join(parts)}</svg>')  # noqa: S704 - escaped in _bar
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


def _was_measured(report: Report, rule: CueRule) -> bool:
    """Tell whether a cue was measured for more than a moment."""
    missed = union(
        (gap.start_s, gap.end_s)
        for gap in report.gaps
        if gap.sense is rule.sense and gap.cue in {None, rule.id}
    )
    return report.duration_s - total(missed) >= 0.02 * report.duration_s


def _length(report: Report) -> float:
    return max(report.duration_s, 0.1)
