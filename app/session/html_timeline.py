"""Time labels and cue lanes as inline SVG that stretches with the page and follows its colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from markupsafe import Markup, escape

from app.coach.intervals import total, union
from app.coach.report import SILENCES
from app.coach.words import format_duration, format_time, missing_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.catalogue import Catalogue
    from app.coach.report_types import Report
    from app.coach.types import CueEvent, CueRule, Gap

MOST_TICKS: Final = 8
"""Time labels that fit beside each other on a phone."""

STEPS_S: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
"""Distances between time labels that people count in."""

OWN_GAP_S: Final = 1.0
"""A cue without episodes gets a lane where its own gaps are at least this long together."""


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
    length = length_of(report)
    top = 24 if report.findings else 0
    step = next((one for one in STEPS_S if length / one <= MOST_TICKS), 7200)
    parts = []
    for at in np.arange(0, length + 1e-6, step):
        share = 100 * float(at) / length
        anchor = "start" if share < 3 else "end" if share > 97 else "middle"
        parts.append(
            f'<text x="{share:.2f}%" y="{top + 12}" text-anchor="{anchor}">{format_time(at)}</text>'
        )
    for number, finding in enumerate(report.findings, 1):
        share = min(max(100 * finding.start_s / length, 1.2), 98.8)
        parts.append(
            f'<g class="pin"><circle cx="{share:.2f}%" cy="11" r="9"/>'
            f'<text x="{share:.2f}%" y="15" text-anchor="middle">{number}</text></g>'
        )
    return Markup(f'<svg class="axis" width="100%" height="{top + 18}">{"".join(parts)}</svg>')  # noqa: S704 - numbers only


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
            rows.append(Row(name, rule.lane, _lane(rule, events, gaps, length_of(report))))
    return rows


def nothing_noted(report: Report, catalogue: Catalogue) -> list[str]:
    """Names of the cues that were measured and never came."""
    came = {event.cue for event in report.events}
    return [
        rule.name for rule in catalogue.rules if rule.id not in came and _was_measured(report, rule)
    ]


def _lane(rule: CueRule, events: Sequence[CueEvent], gaps: Sequence[Gap], length: float) -> Markup:
    parts = ['<rect class="ground" width="100%" height="100%" rx="4"/>']
    for gap in gaps:
        title = (
            f"Not measured, {format_time(gap.start_s)} to {format_time(gap.end_s)}: "
            f"{missing_text(gap.reason, rule, rule.sense)}"
        )
        parts.append(bar(gap.start_s, gap.end_s, length, "gap", title))
    for event in events:
        lasted = format_duration(event.lasted_s)
        title = f"{rule.name}, {format_time(event.start_s)}, {lasted}"
        parts.append(bar(event.start_s, event.end_s, length, "bar", title))
    return Markup(f'<svg class="lane" width="100%" height="18">{"".join(parts)}</svg>')  # noqa: S704 - escaped in bar


def bar(start_s: float, end_s: float, length: float, kind: str, title: str) -> str:
    """Draw a stretch of time as a rectangle; `length` is that of the time line, seconds."""
    left = 100 * max(start_s, 0.0) / length
    width = max(100 * (min(end_s, length) - max(start_s, 0.0)) / length, 0.15)
    return (
        f'<rect class="{kind}" x="{left:.3f}%" width="{width:.3f}%" height="100%" rx="2">'
        f"<title>{escape(title)}</title></rect>"
    )


def _was_measured(report: Report, rule: CueRule) -> bool:
    """Tell whether a cue was measured for more than a moment."""
    missed = union(
        (gap.start_s, gap.end_s)
        for gap in report.gaps
        if gap.sense is rule.sense and gap.cue in {None, rule.id}
    )
    return report.duration_s - total(missed) >= 0.02 * report.duration_s


def length_of(report: Report) -> float:
    """Length of the time line, seconds, never 0."""
    return max(report.duration_s, 0.1)
