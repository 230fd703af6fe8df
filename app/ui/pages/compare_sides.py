"""What can lie on one side: an own session, a released clip, or a written answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.coach.review_align import line_starts
from app.coach.types import Lane, MarkKind
from app.store.types import SessionStatus
from app.ui.consenting import current_id
from app.ui.own_sessions import own_sessions
from app.ui.pages.report_session import load_session
from app.ui.texts import clock_text, day_text, time_text, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from app.coach.report_types import Report
    from app.coach.scenario_types import BenchmarkTurn, Scenario
    from app.coach.types import CueRule, Mark
    from app.store.clips import Clip
    from app.store.types import SessionRecord
    from app.ui.pages.report_session import ShownSession
    from app.ui.services import Services

CONTEXT: Final = "Compare"
CUT: Final = 48
"""Of a longer sentence so many signs name a moment."""


class Kind(StrEnum):
    """What a side is."""

    SESSION = "session"
    CLIP = "clip"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be laid beside the first recording."""

    kind: Kind
    """What it is."""
    id: str
    """Of the session or the clip; empty for a written answer."""
    title: str
    """Plain words, translated."""
    about: str
    """Day and length, or whose it is; plain words, translated."""


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Choices under one heading."""

    heading: str
    """Plain words, translated."""
    choices: tuple[Choice, ...]
    """What is nearest first."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment at which a side can be laid against the other."""

    t: float
    """Seconds on its own clock."""
    text: str
    """Plain words, translated."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    choice: Choice
    """What it is."""
    length_s: float
    """How long it is, seconds; 0 for a written answer."""
    recording: Path | None = None
    """What the player opens; None where nothing was kept."""
    report: Report | None = None
    """As it stands after what people said; None without one."""
    marks: tuple[Mark, ...] = ()
    """What people and the program said."""
    lines: tuple[tuple[float, str], ...] = ()
    """When the customer says what, seconds on its own clock."""
    moments: tuple[Moment, ...] = ()
    """By time; the beginning first."""
    turns: tuple[BenchmarkTurn, ...] = ()
    """Of a written answer."""
    scenario: Scenario | None = None
    """What was practised; None for a free talk."""


def session_choice(record: SessionRecord, now: datetime) -> Choice:
    """Name a session."""
    tr = QCoreApplication.translate
    when = record.started_at.astimezone(now.tzinfo)
    parts = [day_text(when, now), time_text(when), clock_text(record.duration_s)]
    if record.owner_name:
        parts.insert(0, tr(CONTEXT, "From {who}").format(who=record.owner_name))
    title = told(record.title) if record.sample else record.title
    return Choice(
        Kind.SESSION, record.id, title or tr(CONTEXT, "A conversation"), " · ".join(parts)
    )


def clip_choice(clip: Clip) -> Choice:
    """Name a clip of the library."""
    tr = QCoreApplication.translate
    best = clip.kind.value == "best"
    what = tr(CONTEXT, "One that works") if best else tr(CONTEXT, "One that goes wrong")
    parts = (what, clip.owner, clock_text(clip.length_s))
    return Choice(Kind.CLIP, clip.id, clip.title, " · ".join(part for part in parts if part))


def written_choices() -> tuple[Choice, Choice]:
    """Name the two written answers of a scenario."""
    tr = QCoreApplication.translate
    about = tr(CONTEXT, "Written out, to read beside your recording")
    return (
        Choice(Kind.GOOD, "", tr(CONTEXT, "An answer that works"), about),
        Choice(Kind.BAD, "", tr(CONTEXT, "An answer that goes wrong"), about),
    )


def proposals(services: Services, first: SessionRecord) -> tuple[ChoiceGroup, ...]:
    """Propose what to lay beside a session: earlier attempts at the same conversation first.

    Only what belongs to whoever practises now, was handed to them, or was released for everybody.
    """
    tr = QCoreApplication.translate
    now = services.now()
    there = [
        one
        for one in own_sessions(services)
        if one.id != first.id and one.status is SessionStatus.FINISHED
    ]
    same = [one for one in there if is_same(one, first)]
    # The attempt just before this one says most; then those before it, then later ones.
    before = [one for one in same if one.started_at <= first.started_at]
    after = [one for one in same if one.started_at > first.started_at]
    known = services.library.scenario(first.scenario or "") is not None
    others = [one for one in there if not is_same(one, first)]
    groups = (
        ChoiceGroup(
            tr(CONTEXT, "The same conversation"),
            tuple(session_choice(one, now) for one in (*before, *reversed(after))),
        ),
        ChoiceGroup(tr(CONTEXT, "An example"), written_choices() if known else ()),
        ChoiceGroup(
            tr(CONTEXT, "Best and worst cases"),
            tuple(clip_choice(clip) for clip in services.store.clips.listed()),
        ),
        ChoiceGroup(
            tr(CONTEXT, "Other conversations"),
            tuple(session_choice(one, now) for one in others),
        ),
    )
    return tuple(group for group in groups if group.choices)


def is_same(one: SessionRecord, other: SessionRecord) -> bool:
    """Tell whether both are attempts at one conversation."""
    if one.scenario or other.scenario:
        return one.scenario == other.scenario
    # A name that one attempt was given since makes it no other conversation.
    titles, others = (
        {title.casefold() for title in (who.title, who.former_title) if title}
        for who in (one, other)
    )
    return bool(titles & others)


def load_side(services: Services, choice: Choice, scenario: Scenario | None = None) -> Side:
    """Read a side.

    Parameters
    ----------
    services
        What is kept.
    choice
        Which.
    scenario
        Whose written answer it is.

    Raises
    ------
    AppError
        Where it is gone, or another profile's.
    """
    if choice.kind is Kind.SESSION:
        return _session_side(services, choice)
    if choice.kind is Kind.CLIP:
        clip = services.store.clips.clip(choice.id)
        files = services.store.clips.files(choice.id)
        report = files.read_report()
        source = files.source()
        return Side(
            choice,
            report.duration_s if report is not None else clip.length_s,
            recording=source if files.has_recording else None,
            report=report,
            moments=(_start(), *_found(report, services.catalogue.rules)),
        )
    if scenario is None:
        return Side(choice, 0.0)
    turns = scenario.good if choice.kind is Kind.GOOD else scenario.bad
    return Side(choice, 0.0, turns=turns, scenario=scenario)


def _session_side(services: Services, choice: Choice) -> Side:
    store, library = services.store, services.library
    shown = load_session(
        store, choice.id, library.checklists, library.scenario,
        person_id=current_id(services),
    )  # fmt: skip
    files = store.files(choice.id)
    lines = _lines(shown)
    moments = [*_found(shown.told, services.catalogue.rules), *_said(shown.log.now)]
    moments += [Moment(t, _named(t, cut(f"“{text}”"))) for t, text in lines]
    return Side(
        session_choice(shown.record, services.now()),
        shown.length_s,
        recording=files.source() if files.has_recording else None,
        report=shown.told,
        marks=shown.log.now,
        lines=lines,
        moments=(_start(), *sorted(moments, key=lambda one: one.t)),
        scenario=shown.scenario,
    )


def _lines(shown: ShownSession) -> tuple[tuple[float, str], ...]:
    scenario = shown.scenario
    found = []
    for name, times in line_starts(shown.log.now).items():
        line = scenario.line(name) if scenario is not None else None
        found += [(t, told(line.text) if line is not None else name) for t in times]
    return tuple(sorted(found))


def _start() -> Moment:
    return Moment(0.0, QCoreApplication.translate(CONTEXT, "The beginning"))


def _found(report: Report | None, rules: Sequence[CueRule]) -> list[Moment]:
    names = {rule.id: told(rule.name) for rule in rules}
    events = report.events if report is not None else ()
    return [
        Moment(event.start_s, _named(event.start_s, names[event.cue]))
        for event in events
        if event.cue in names
    ]


def _said(marks: Sequence[Mark]) -> list[Moment]:
    """Give the notes and markers that are about a moment."""
    found = []
    for mark in marks:
        said = mark.data.get("text") or mark.data.get("label", "")
        noted = mark.kind in (MarkKind.NOTE, MarkKind.MARKER) and "about" not in mark.data
        if noted and said and mark.lane is not Lane.MACHINE:
            found.append(Moment(mark.t, _named(mark.t, cut(said))))
    return found


def _named(t: float, what: str) -> str:
    return f"{clock_text(t)} · {what[:1].upper()}{what[1:]}"


def cut(text: str) -> str:
    """Shorten a sentence to what names a moment."""
    text = " ".join(text.split())
    return text if len(text) <= CUT else f"{text[: CUT - 1].rstrip()}…"
