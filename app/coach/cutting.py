"""A span of a session as if it were a session of its own: its times begin at 0.

A span begins on a whole millisecond, so that the names of episodes, which carry their start in
milliseconds, can be told there and back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import isfinite
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.marks import effective
from app.coach.report import build_report
from app.coach.review import moment_of
from app.coach.types import Lane, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.coach.catalogue import Catalogue
    from app.coach.practice_types import Turn
    from app.coach.report_types import Curve, Report
    from app.coach.types import CueEvent, Gap, Mark
    from audio.types import PhraseHit, Word

TIMES_IN_DATA: Final = ("until", "start", "end")
"""Details of a mark that are seconds; "end" of a line is not."""
ABOUT_THE_WHOLE: Final = frozenset({MarkKind.RATING, MarkKind.SURVEY})
"""Kinds of marks that are about the session and no moment of it."""
STATES: Final = frozenset({MarkKind.SPEAKER, MarkKind.LINE})
"""Kinds that hold from their moment on: the one before the span still holds at its beginning."""
_NAME: Final = re.compile(r"(?P<what>.+)-(?P<ms>[0-9]{1,12})")
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a session."""

    start_s: float
    """Seconds on the session's clock, a whole number of milliseconds."""
    end_s: float
    """Seconds on the session's clock."""

    def __post_init__(self) -> None:
        if not 0.0 <= self.start_s < self.end_s:
            raise ValueError(f"no span: {self.start_s} to {self.end_s}")
        if abs(self.start_s * 1000 - round(self.start_s * 1000)) > 1e-6:
            raise ValueError("a span begins on a whole millisecond")

    @property
    def length_s(self) -> float:
        """How long it is, seconds."""
        return self.end_s - self.start_s

    def holds(self, t: float) -> bool:
        """Whether a moment lies in it."""
        return self.start_s <= t <= self.end_s

    def inside(self, t: float) -> float:
        """Tell a moment, seconds, on the span's own clock; what lies outside is at its edge."""
        return round(min(max(t, self.start_s), self.end_s) - self.start_s, _DIGITS)

    def outside(self, t: float) -> float:
        """Tell a moment of the span, seconds, on the session's clock."""
        return round(t + self.start_s, _DIGITS)


def span_of(start_s: float, end_s: float) -> Span:
    """Make a span of any two moments; its beginning goes to the millisecond before."""
    return Span(int(start_s * 1000 + 1e-6) / 1000, end_s)


def cut_report(
    report: Report, span: Span, marks: Sequence[Mark], catalogue: Catalogue, focus: str | None
) -> Report:
    """Give the report of a span; its findings are chosen anew among its own episodes."""
    built = build_report(
        duration_s=span.length_s,
        events=cut_events(report.events, span).values(),
        gaps=_gaps(report.gaps, span),
        curves=[_curve(curve, span) for curve in report.curves],
        marks=marks,
        catalogue=catalogue,
        focus=focus,
        baseline=report.baseline,
    )
    return replace(
        built,
        speakers_labelled=report.speakers_labelled,
        # Sentences that name a moment would name a wrong one.
        notes=tuple(note for note in report.notes if not note.startswith("At ")),
        reception=report.reception,
        words=cut_words(report.words, span),
        phrases=cut_phrases(report.phrases, span),
        typed=cut_turns(report.typed, span),
    )


def cut_events(events: Iterable[CueEvent], span: Span) -> dict[str, CueEvent]:
    """Give the episodes of a span by the names that they have in the whole session."""
    return {
        event.id: replace(
            event,
            start_s=span.inside(event.start_s),
            end_s=span.inside(event.end_s),
            lost=event.lost and event.end_s <= span.end_s,
        )
        for event in events
        if event.start_s < span.end_s and event.end_s > span.start_s
    }


def cut_words(words: tuple[Word, ...] | None, span: Span) -> tuple[Word, ...] | None:
    """Give the words that lie wholly in a span."""
    if words is None:
        return None
    return tuple(
        replace(word, start_s=span.inside(word.start_s), end_s=span.inside(word.end_s))
        for word in words
        if span.holds(word.start_s) and span.holds(word.end_s)
    )


def cut_turns(turns: tuple[Turn, ...] | None, span: Span) -> tuple[Turn, ...] | None:
    """Give the turns that lie wholly in a span; those without times lie in none."""
    if turns is None:
        return None
    return tuple(
        replace(turn, start_s=span.inside(turn.start_s), end_s=span.inside(turn.end_s), words=())
        for turn in turns
        if turn.start_s is not None
        and turn.end_s is not None
        and span.holds(turn.start_s)
        and span.holds(turn.end_s)
    )


def cut_phrases(phrases: tuple[PhraseHit, ...] | None, span: Span) -> tuple[PhraseHit, ...] | None:
    """Give the phrases that lie wholly in a span."""
    if phrases is None:
        return None
    return tuple(
        replace(one, start_s=span.inside(one.start_s), end_s=span.inside(one.end_s))
        for one in phrases
        if span.holds(one.start_s) and span.holds(one.end_s)
    )


def cut_marks(marks: Iterable[Mark], span: Span, events: Iterable[CueEvent]) -> list[Mark]:
    """Give what the owner and the program said in a span, by time; nothing of a trainer's.

    What holds from its moment on (who speaks, a line) is there at the beginning; the self-rating
    is about the whole and always there.
    """
    names = {whole: cut.id for whole, cut in cut_events(events, span).items()}
    before: dict[MarkKind, Mark] = {}
    kept: list[Mark] = []
    for mark in effective(marks):
        if mark.lane is Lane.TRAINER:
            continue
        if mark.kind in STATES and mark.t < span.start_s:
            before[mark.kind] = mark
        elif mark.kind in ABOUT_THE_WHOLE:
            kept.append(mark)
        elif mark.kind is MarkKind.VERDICT:
            if (name := _name_inside(mark.data.get("finding", ""), span, names)) is not None:
                kept.append(replace(mark, data=MappingProxyType({**mark.data, "finding": name})))
        elif span.holds(mark.t):
            kept.append(mark)
    line = before.get(MarkKind.LINE)
    if line is not None and line.data.get("end") == "true":
        del before[MarkKind.LINE]
    moved = [_moved(mark, span) for mark in (*before.values(), *kept)]
    return sorted(moved, key=lambda mark: mark.t)


def restored(mark: Mark, span: Span, events: Iterable[CueEvent]) -> Mark:
    """Give a mark that was made on a span as it stands in the whole session.

    What a review says of the whole talk stays without a moment.
    """
    data = dict(mark.data)
    for key in TIMES_IN_DATA:
        if key in data and (value := _seconds(data[key])) is not None:
            data[key] = str(span.outside(value))
    if mark.kind is MarkKind.VERDICT:
        names = {cut.id: whole for whole, cut in cut_events(events, span).items()}
        data["finding"] = _name_outside(data.get("finding", ""), span, names)
    of_all = mark.kind is MarkKind.REVIEW and moment_of(mark) is None
    t = mark.t if of_all else span.outside(mark.t)
    return replace(mark, t=t, data=MappingProxyType(data))


def _moved(mark: Mark, span: Span) -> Mark:
    data = dict(mark.data)
    for key in TIMES_IN_DATA:
        if key in data and (value := _seconds(data[key])) is not None:
            data[key] = str(span.inside(value))
    return replace(mark, t=span.inside(mark.t), data=MappingProxyType(data))


def _seconds(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None  # the end of a line says "true"
    return value if isfinite(value) else None


def _name_inside(name: str, span: Span, names: Mapping[str, str]) -> str | None:
    """Give the name that an episode or a place in the words has in the span; None outside it."""
    if name in names:
        return names[name]
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    ms = int(found["ms"]) - round(span.start_s * 1000)
    return f"{found['what']}-{ms}" if 0 <= ms <= span.length_s * 1000 else None


def _name_outside(name: str, span: Span, names: Mapping[str, str]) -> str:
    if name in names:
        return names[name]
    found = _NAME.fullmatch(name)
    if found is None:
        return name
    return f"{found['what']}-{int(found['ms']) + round(span.start_s * 1000)}"


def _gaps(gaps: Iterable[Gap], span: Span) -> list[Gap]:
    return [
        replace(gap, start_s=span.inside(gap.start_s), end_s=span.inside(gap.end_s))
        for gap in gaps
        if gap.start_s < span.end_s and gap.end_s > span.start_s
    ]


def _curve(curve: Curve, span: Span) -> Curve:
    pairs = [
        (span.inside(t), value)
        for t, value in zip(curve.t_s, curve.values, strict=True)
        if span.holds(t)
    ]
    return replace(curve, t_s=tuple(t for t, _ in pairs), values=tuple(value for _, value in pairs))
