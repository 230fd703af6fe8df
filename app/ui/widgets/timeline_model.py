"""What a timeline shows, worked out once from a report and its marks; knows no pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.coach.intervals import total, union
from app.coach.report import SILENCES
from app.coach.types import Sense
from app.coach.words import reason_text
from app.ui.texts import clock_text, told
from app.ui.widgets.curves import CurveRow, curve_rows
from app.ui.widgets.timeline_pins import Pin, PinRow, pin_rows
from app.ui.widgets.timeline_scale import length_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from app.coach.report_types import Checklist, Report
    from app.coach.types import CueRule, Gap, Mark

MEASURED_S: Final = 0.5
"""A cue that was measured for less than this was not measured."""
OWN_GAP_S: Final = 1.0
"""A cue whose own gaps are shorter than this together needs no line for their sake."""
SWITCHED_OFF: Final = "switched_off"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch with something to say about it."""

    start_s: float
    """Seconds."""
    end_s: float
    """Seconds."""
    text: str
    """What the pointer is told, in plain words."""


class Spans:
    """Spans by start, of which the visible ones are found without looking at the others."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.all = sorted(spans, key=lambda span: span.start_s)
        self._starts = np.array([span.start_s for span in self.all], np.float64)
        self._ends = np.array([span.end_s for span in self.all], np.float64)
        # Gaps may overlap, so the furthest end so far is what can be searched.
        self._reach = np.maximum.accumulate(self._ends)

    def __len__(self) -> int:
        return len(self.all)

    def _visible(self, start_s: float, end_s: float) -> slice:
        first = int(np.searchsorted(self._reach, start_s, "left"))
        return slice(first, int(np.searchsorted(self._starts, end_s, "right")))

    def arrays(
        self, start_s: float, end_s: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give starts and ends, seconds, of what touches this stretch, by start."""
        seen = self._visible(start_s, end_s)
        starts, ends = self._starts[seen], self._ends[seen]
        touch = ends >= start_s
        return starts[touch], ends[touch]

    def at(self, t: float, slack_s: float) -> Span | None:
        """Find the span at a time, or the nearest one within `slack_s`."""
        near = [
            span
            for span in self.all[self._visible(t - slack_s, t + slack_s)]
            if span.end_s >= t - slack_s
        ]
        return min(near, key=lambda s: max(s.start_s - t, t - s.end_s, 0.0), default=None)


@dataclass(frozen=True, slots=True)
class CueRow:
    """The line of one cue."""

    cue: str
    """Id of its rule."""
    label: str
    """Plain words, translated."""
    icon: str
    """Icon name."""
    lane: str
    """Colour token."""
    sense: Sense
    """The one sense it listens to."""
    spans: Spans
    """Its episodes."""
    gaps: Spans
    """Where it was not measured."""


@dataclass(frozen=True, slots=True)
class Badge:
    """The number of a finding on its cue's line."""

    number: int
    """From 1."""
    cue: str
    """Id of the rule."""
    start_s: float
    """Seconds."""
    end_s: float
    """Seconds."""


@dataclass(frozen=True, slots=True)
class TimelineModel:
    """Everything a timeline shows."""

    duration_s: float
    """Seconds, more than 0."""
    pins: tuple[PinRow, ...]
    """What hands and hints said."""
    cues: tuple[CueRow, ...]
    """Cues with episodes or with gaps of their own."""
    folded: tuple[CueRow, ...]
    """Cues with nothing to show; they unfold."""
    folded_text: str
    """Says what is folded away."""
    curves: tuple[CurveRow, ...]
    """Voice curves."""
    voice_gaps: Spans
    """Where the voice was not measured at all."""
    badges: tuple[Badge, ...]
    """Findings."""
    moments: tuple[Pin, ...]
    """Every episode and pin by time, for the keys that jump."""


def build_model(
    report: Report,
    marks: Sequence[Mark],
    rules: Sequence[CueRule],
    *,
    checklist: Checklist | None = None,
    pace_normal: float | None = None,
) -> TimelineModel:
    """Work out the lines of a timeline."""
    shown: list[CueRow] = []
    quiet: list[CueRow] = []
    unmeasured: list[CueRow] = []
    for rule in rules:
        gaps = [g for g in report.gaps if _concerns(g, rule)]
        if any(g.reason == SWITCHED_OFF for g in gaps):
            continue
        measured = report.duration_s - _covered(gaps) >= MEASURED_S
        if measured:  # a pause in the talk is no failure to measure
            gaps = [g for g in gaps if g.reason not in SILENCES]
        row = _cue_row(report, rule, gaps)
        own_gap_s = _covered([g for g in gaps if g.cue is not None])
        if len(row.spans) or (measured and own_gap_s >= OWN_GAP_S):
            shown.append(row)
        else:
            (quiet if measured else unmeasured).append(row)
    pins = pin_rows(marks, rules, checklist)
    moments = [
        Pin(s.start_s, row.icon, f"{row.label}: {s.text}") for row in shown for s in row.spans.all
    ]
    moments += [pin for line in pins for pin in line.pins]
    return TimelineModel(
        duration_s=max(report.duration_s, 0.1),
        pins=pins,
        cues=tuple(shown),
        folded=(*quiet, *unmeasured),
        folded_text=_folded_text(len(quiet), len(unmeasured)),
        curves=curve_rows(report.curves, pace_normal),
        voice_gaps=Spans(
            _gap_span(g) for g in report.gaps if _whole(g, Sense.VOICE) and g.reason not in SILENCES
        ),
        badges=_badges(report, rules),
        moments=tuple(sorted(moments, key=lambda pin: pin.t)),
    )


def _badges(report: Report, rules: Sequence[CueRule]) -> tuple[Badge, ...]:
    """Give the findings the numbers that their cards have: only known cues have cards."""
    known = {rule.id for rule in rules}
    found = [finding for finding in report.findings if finding.cue in known]
    return tuple(Badge(n, f.cue, f.start_s, f.end_s) for n, f in enumerate(found, 1))


def _whole(gap: Gap, sense: Sense) -> bool:
    return gap.cue is None and gap.sense == sense


def _concerns(gap: Gap, rule: CueRule) -> bool:
    return gap.cue == rule.id or _whole(gap, rule.sense)


def _covered(gaps: Sequence[Gap]) -> float:
    """Seconds covered by gaps that may overlap."""
    return total(union((gap.start_s, gap.end_s) for gap in gaps))


def _cue_row(report: Report, rule: CueRule, gaps: Sequence[Gap]) -> CueRow:
    name = told(rule.name)
    return CueRow(
        cue=rule.id,
        label=name[:1].upper() + name[1:],
        icon=rule.icon,
        lane=rule.lane,
        sense=rule.sense,
        spans=Spans(
            Span(e.start_s, e.end_s, _stretch(e.start_s, e.end_s))
            for e in report.events
            if e.cue == rule.id
        ),
        gaps=Spans(_gap_span(g) for g in gaps),
    )


def _stretch(start_s: float, end_s: float) -> str:
    return QCoreApplication.translate("Timeline", "{start} to {end}, {length}").format(
        start=clock_text(start_s), end=clock_text(end_s), length=length_text(end_s - start_s)
    )


def _gap_span(gap: Gap) -> Span:
    text = QCoreApplication.translate("Timeline", "Not measured, {stretch}: {reason}")
    why = told(reason_text(gap.reason, gap.sense))
    stretch = _stretch(gap.start_s, gap.end_s)
    return Span(gap.start_s, gap.end_s, text.format(stretch=stretch, reason=why))


def _folded_text(quiet: int, unmeasured: int) -> str:
    parts = []
    if quiet:
        text = QCoreApplication.translate("Timeline", "{n} more measured, nothing noted")
        parts.append(text.format(n=quiet))
    if unmeasured:
        text = QCoreApplication.translate("Timeline", "{n} not measured")
        parts.append(text.format(n=unmeasured))
    return " · ".join(parts)
