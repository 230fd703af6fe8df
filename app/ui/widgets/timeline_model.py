"""What a timeline shows, worked out once from a report and its marks; knows no pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.coach.marks import effective
from app.coach.practice_verdicts import judged_evidence
from app.coach.report import SILENCES
from app.coach.session_turns import CustomerStretch, customer_stretches
from app.coach.types import Sense
from app.ui.widgets.curves import BROW, VOICE_CURVES, CurveRow, curve_rows
from app.ui.widgets.timeline_cues import CueRow, cue_rows, gap_span, whole
from app.ui.widgets.timeline_pins import (
    Known,
    Names,
    Pin,
    PinRow,
    pin_rows,
    practice_row,
    practices_label,
)
from app.ui.widgets.timeline_spans import Span, Spans, StretchRow, TimelineLane, stretch_text
from app.ui.widgets.timeline_words import WordsRow, words_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.coach.practice_types import Evidence
    from app.coach.report_types import Checklist, Report
    from app.coach.types import CueRule, Mark
    from audio.types import Word

NAMELESS: Final[dict[str, str]] = {}
BROW_CUE: Final = "brow_drawn"


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
    """Voice curves, and the brow's where it was asked for."""
    voice_gaps: Spans
    """Where the voice was not measured at all."""
    badges: tuple[Badge, ...]
    """Findings."""
    moments: tuple[Pin, ...]
    """Every episode and pin by time, for the keys that jump."""
    customer: StretchRow | None = None
    """When the customer spoke; None where nobody said so."""
    words: WordsRow | None = None
    """The words; None where they have no line."""
    brow_gaps: Spans | None = None
    """Where the brow was not measured; None without its curve."""


def build_model(
    report: Report,
    marks: Sequence[Mark],
    rules: Sequence[CueRule],
    *,
    checklist: Checklist | None = None,
    pace_normal: float | None = None,
    practices: Sequence[Evidence] = (),
    practice_names: Mapping[str, str] = NAMELESS,
    speakers: Sequence[CustomerStretch] | None = None,
    words: Sequence[Word] = (),
    curves: Sequence[str] = VOICE_CURVES,
    names: Names | None = None,
    known: Known | None = None,
) -> TimelineModel:
    """Work out the lines of a timeline.

    Parameters
    ----------
    report
        As the machine made it: what people said of its episodes is taken from the marks.
    marks
        The session's log; what was revised or taken back is left out.
    rules
        The cues, in the order of their lines.
    checklist
        What was ticked and rated.
    pace_normal
        Own pace, syllables a second; None where there is none.
    practices
        What was found in the words, also what a person rejected.
    practice_names
        Names of the practices by their ids.
    speakers
        When the customer spoke; by default what the marks say, without the scenario's text.
    words
        Of the measured voice; empty for no line of words.
    curves
        Names of the curves to show, in their order: VOICE_CURVES, or ALL_CURVES with the brow.
    names
        Who is who among the authors of marks.
    known
        Keeps pins from one time to the next, as `renew_pins` does.
    """
    marks = effective(marks)
    rows = cue_rows(report, marks, rules)
    found = practice_row(judged_evidence(practices, marks), practice_names)
    pins = pin_rows(marks, rules, checklist, names, known)
    if found.pins:
        pins = (*pins, found)
    if speakers is None:
        speakers = customer_stretches(marks, None, report.duration_s)
    return TimelineModel(
        duration_s=max(report.duration_s, 0.1),
        pins=pins,
        cues=rows.shown,
        folded=(*rows.quiet, *rows.unmeasured),
        folded_text=_folded_text(len(rows.quiet), len(rows.unmeasured)),
        curves=curve_rows(report.curves, pace_normal, curves),
        voice_gaps=_voice_gaps(report),
        badges=_badges(report, rules),
        moments=_moments(rows.shown, pins),
        customer=_customer(speakers),
        words=words_row(words),
        brow_gaps=_brow_gaps(report) if BROW in curves else None,
    )


def _voice_gaps(report: Report) -> Spans:
    """Where the voice was not measured though somebody may have spoken."""
    gaps = (g for g in report.gaps if whole(g, Sense.VOICE) and g.reason not in SILENCES)
    return Spans(map(gap_span, gaps))


def _brow_gaps(report: Report) -> Spans:
    gaps = (g for g in report.gaps if whole(g, Sense.VISION) or g.cue == BROW_CUE)
    return Spans(map(gap_span, gaps))


def renew_pins(
    model: TimelineModel,
    marks: Sequence[Mark],
    rules: Sequence[CueRule],
    *,
    checklist: Checklist | None = None,
    names: Names | None = None,
    known: Known | None = None,
) -> TimelineModel:
    """Give a model after a comment or a marker: what the machine marked stays as it was made.

    It does not suit a verdict, which changes the machine's lines.
    """
    label = practices_label()
    practices = (
        row for row in model.pins if row.lane is TimelineLane.MACHINE and row.label == label
    )
    pins = (*pin_rows(effective(marks), rules, checklist, names, known), *practices)
    episodes = [pin for pin in model.moments if pin.lane is TimelineLane.MACHINE and pin.end_s]
    said = [pin for line in pins for pin in line.pins]
    moments = tuple(sorted((*said, *episodes), key=lambda pin: pin.t))
    return replace(model, pins=pins, moments=moments)


def _moments(cues: Iterable[CueRow], pins: Iterable[PinRow]) -> tuple[Pin, ...]:
    found = [pin for line in pins for pin in line.pins]
    for row in cues:
        for spans, rejected in ((row.spans, False), (row.rejected, True)):
            found += [_episode(row, span, rejected=rejected) for span in spans.all]
    return tuple(sorted(found, key=lambda pin: pin.t))


def _episode(row: CueRow, span: Span, *, rejected: bool) -> Pin:
    return Pin(
        span.start_s,
        row.icon,
        f"{row.label}: {span.text}",
        span.end_s,
        row.lane,
        span.id,
        TimelineLane.MACHINE,
        rejected=rejected,
    )


def _customer(said: Sequence[CustomerStretch]) -> StretchRow | None:
    if not said:
        return None
    return StretchRow(
        label=QCoreApplication.translate("Timeline", "Customer speaks"),
        icon="customer",
        spans=Spans(Span(one.start_s, one.end_s, _customer_text(one)) for one in said),
        lane=TimelineLane.CUSTOMER,
    )


def _customer_text(one: CustomerStretch) -> str:
    when = stretch_text(one.start_s, one.end_s)
    if not one.text:
        return QCoreApplication.translate("Timeline", "The customer speaks, {when}").format(
            when=when
        )
    text = QCoreApplication.translate("Timeline", "The customer: “{words}”, {when}")
    return text.format(words=one.text, when=when)


def _badges(report: Report, rules: Sequence[CueRule]) -> tuple[Badge, ...]:
    """Give the findings the numbers that their cards have: only known cues have cards."""
    known = {rule.id for rule in rules}
    found = [finding for finding in report.findings if finding.cue in known]
    return tuple(Badge(n, f.cue, f.start_s, f.end_s) for n, f in enumerate(found, 1))


def _folded_text(quiet: int, unmeasured: int) -> str:
    parts = []
    if quiet:
        text = QCoreApplication.translate("Timeline", "{n} measured, nothing noted")
        parts.append(text.format(n=quiet))
    if unmeasured:
        text = QCoreApplication.translate("Timeline", "{n} not measured")
        parts.append(text.format(n=unmeasured))
    return " · ".join(parts)
