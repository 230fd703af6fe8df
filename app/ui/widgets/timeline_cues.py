"""The machine's lines of a timeline: a cue each, with what people said of its episodes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.coach.intervals import total, union
from app.coach.report import SILENCES
from app.coach.verdicts import AGREE, CORRECT, DISAGREE, put_right, verdict_marks
from app.coach.words import missing_text
from app.ui.texts import told
from app.ui.widgets.timeline_pins import not_so
from app.ui.widgets.timeline_spans import Span, Spans, stretch_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.coach.report_types import Report
    from app.coach.types import CueEvent, CueRule, Gap, Mark, Sense

MEASURED_S: Final = 0.5
"""A cue that was measured for less than this was not measured."""
OWN_GAP_S: Final = 1.0
"""A cue whose own gaps are shorter than this together needs no line for their sake."""
SWITCHED_OFF: Final = "switched_off"


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
    """Its episodes, as they hold."""
    gaps: Spans
    """Where it was not measured."""
    rejected: Spans = field(default_factory=lambda: Spans(()))
    """Episodes that a person said were not so, or lay elsewhere."""
    by_hand: Spans = field(default_factory=lambda: Spans(()))
    """Of the episodes that hold, those that a person confirmed or put right."""


@dataclass(frozen=True, slots=True)
class CueRows:
    """The lines of all cues, by how much there is to see on them."""

    shown: tuple[CueRow, ...]
    """With episodes, or with gaps of their own."""
    quiet: tuple[CueRow, ...]
    """Measured, and nothing noted."""
    unmeasured: tuple[CueRow, ...]
    """Never measured."""


def cue_rows(report: Report, marks: Sequence[Mark], rules: Sequence[CueRule]) -> CueRows:
    """Make a line of each cue that was not switched off."""
    shown: list[CueRow] = []
    quiet: list[CueRow] = []
    unmeasured: list[CueRow] = []
    held = _Held(report, marks)
    known: dict[tuple[Gap, ...], Spans] = {}
    for rule in rules:
        gaps = [gap for gap in report.gaps if _concerns(gap, rule)]
        if any(gap.reason == SWITCHED_OFF for gap in gaps):
            continue
        measured = report.duration_s - _covered(gaps) >= MEASURED_S
        if measured:  # a pause in the talk is no failure to measure
            gaps = [gap for gap in gaps if gap.reason not in SILENCES]
        # Gaps of a whole sense are one thing on all its lines: it is made, and drawn, once.
        hatched = known.setdefault(tuple(gaps), Spans(gap_span(gap, rule) for gap in gaps))
        row = _cue_row(rule, held, hatched)
        own_gap_s = _covered([gap for gap in gaps if gap.cue is not None])
        if len(row.spans) or len(row.rejected) or (measured and own_gap_s >= OWN_GAP_S):
            shown.append(row)
        else:
            (quiet if measured else unmeasured).append(row)
    return CueRows(tuple(shown), tuple(quiet), tuple(unmeasured))


def gap_span(gap: Gap, rule: CueRule | None = None) -> Span:
    """Say where something was not measured, and why."""
    text = QCoreApplication.translate("Timeline", "Not measured, {stretch}: {reason}")
    why = told(missing_text(gap.reason, rule, gap.sense))
    stretch = stretch_text(gap.start_s, gap.end_s)
    return Span(gap.start_s, gap.end_s, text.format(stretch=stretch, reason=why))


def whole(gap: Gap, sense: Sense) -> bool:
    """Tell whether nothing of a sense was measured in a gap."""
    return gap.cue is None and gap.sense == sense


class _Held:
    """The episodes of each cue: as they hold, rejected, and touched by hand."""

    def __init__(self, report: Report, marks: Sequence[Mark]) -> None:
        self.spans: dict[str, list[Span]] = {}
        self.rejected: dict[str, list[Span]] = {}
        self.by_hand: dict[str, list[Span]] = {}
        said = verdict_marks(marks)
        for event in report.events:
            self._take(event, said)

    def _take(self, event: CueEvent, said: Mapping[str, tuple[Mark, ...]]) -> None:
        key = event.id
        verdict = said[key][-1] if key in said else None
        word = verdict.data.get("verdict", "") if verdict is not None else ""
        if word == DISAGREE:
            _add(self.rejected, event, not_so(_stretch(event)), key)
            return
        text = _stretch(event)
        if verdict is not None and word == CORRECT:
            right = put_right(event, verdict)
            if right != event:
                moved = QCoreApplication.translate("Timeline", "{what} · put right by a person")
                _add(self.rejected, event, moved.format(what=text), key)
                event, text = right, _stretch(right)
        if event.by_hand:
            word = CORRECT
            corrected = QCoreApplication.translate("Timeline", "{what} · as a person says")
            text = corrected.format(what=text)
        elif word == AGREE:
            confirmed = QCoreApplication.translate("Timeline", "{what} · confirmed by a person")
            text = confirmed.format(what=text)
        _add(self.spans, event, text, key)
        if word:
            _add(self.by_hand, event, text, key)


def _add(to: dict[str, list[Span]], event: CueEvent, text: str, key: str) -> None:
    to.setdefault(event.cue, []).append(Span(event.start_s, event.end_s, text, key))


def _stretch(event: CueEvent) -> str:
    return stretch_text(event.start_s, event.end_s)


def _cue_row(rule: CueRule, held: _Held, gaps: Spans) -> CueRow:
    name = told(rule.name)
    return CueRow(
        cue=rule.id,
        label=name[:1].upper() + name[1:],
        icon=rule.icon,
        lane=rule.lane,
        sense=rule.sense,
        spans=Spans(held.spans.get(rule.id, ())),
        gaps=gaps,
        rejected=Spans(held.rejected.get(rule.id, ())),
        by_hand=Spans(held.by_hand.get(rule.id, ())),
    )


def _concerns(gap: Gap, rule: CueRule) -> bool:
    return gap.cue == rule.id or whole(gap, rule.sense)


def _covered(gaps: Iterable[Gap]) -> float:
    """Seconds covered by gaps that may overlap."""
    return total(union((gap.start_s, gap.end_s) for gap in gaps))
