"""What hands and hints said at a moment, as pins on a timeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.coach.practice_types import Polarity
from app.coach.review import moment_of, seconds_in
from app.coach.types import Lane, MarkKind
from app.ui.texts import clock_text, told
from app.ui.widgets.timeline_pin_texts import (
    felt_text,
    hint_text,
    marker_text,
    note_text,
    rating_text,
    review_text,
)
from app.ui.widgets.timeline_spans import Span, Spans, TimelineLane

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from app.coach.practice_types import Evidence
    from app.coach.practice_verdicts import JudgedEvidence
    from app.coach.report_types import Checklist
    from app.coach.types import CueRule, Mark

NOBODY: Final[dict[str, str]] = {}
REJECTED: Final = "rejected"
"""Colour of what a person said is not so."""
MACHINE: Final = TimelineLane.MACHINE
REVIEW_ICONS: Final = {"strength": "star", "next_step": "focus"}


@dataclass(frozen=True, slots=True)
class Pin:
    """Something said at one moment, or about a span that begins there."""

    t: float
    """Seconds."""
    icon: str
    """Icon name; its shape says what kind it is."""
    text: str
    """What the pointer is told."""
    end_s: float | None = None
    """Where the span ends that it is about, seconds; None for a moment."""
    colour: str = ""
    """Colour token of a lane, or "#RRGGBB"; empty for the accent."""
    id: str = ""
    """Of the mark, episode or evidence that it shows."""
    lane: TimelineLane = TimelineLane.SELF
    """With what it is hidden."""
    rejected: bool = False
    """Whether a person said that it is not so."""


@dataclass(frozen=True, slots=True)
class PinRow:
    """A line of moments."""

    label: str
    """Whose they are, translated."""
    pins: tuple[Pin, ...]
    """By time."""
    lane: TimelineLane = TimelineLane.SELF
    """With what it is hidden."""
    spans: Spans = field(default_factory=lambda: Spans(()))
    """Of the pins, those that are about a span; each carries its pin's number as id."""
    t_s: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    """(n,) seconds of the pins."""
    tones_of: tuple[str, ...] = ()
    """(n,) colour of each pin, as `tone_of` tells it."""
    tones: frozenset[str] = frozenset()
    """All colours."""


@dataclass(frozen=True, slots=True)
class Names:
    """Who is who among the authors of marks."""

    me: str = ""
    """Author of what the person at the screen says; empty where that is the filmed person."""
    others: Mapping[str, str] = field(default_factory=lambda: NOBODY)
    """Names by author."""

    def label(self, author: str, lane: Lane) -> str:
        """Say whose marks these are."""
        if self.me and author == self.me:
            return QCoreApplication.translate("Timeline", "You")
        if author in self.others:
            return self.others[author]
        if lane is Lane.TRAINER:
            return QCoreApplication.translate("Timeline", "Trainer")
        return QCoreApplication.translate("Timeline", "You")


Known = dict[str, tuple["Mark", Pin | None]]
"""Marks and what is shown of them, by the mark's id."""


def pin_rows(
    marks: Sequence[Mark],
    rules: Sequence[CueRule],
    checklist: Checklist | None,
    names: Names | None = None,
    known: Known | None = None,
) -> tuple[PinRow, ...]:
    """Make lines of what each side said, of what the customer felt, and of hints.

    `known` keeps the pins from one time to the next: a mark never changes, and its words take long.
    """
    known = known if known is not None else {}
    names = names or Names()
    cues = {rule.id: rule.name for rule in rules}
    items = {item.id: item.text for item in checklist.items} if checklist else {}
    marks = [mark for mark in marks if not mark.tombstone]
    own: list[Pin] = _rated(marks, items)
    own_author = ""
    trainers: dict[str, list[Pin]] = {}
    for mark in marks:
        kept = known.get(mark.id)
        pin = kept[1] if kept is not None and kept[0] is mark else _said_pin(mark, items)
        known[mark.id] = (mark, pin)
        if pin is None:
            continue
        if mark.lane is Lane.TRAINER:
            trainers.setdefault(mark.author, []).append(pin)
        else:
            own.append(pin)
            own_author = own_author or mark.author
    own_author = own_author or next((m.author for m in marks if m.kind is MarkKind.RATING), "")
    felt = [_felt_pin(mark) for mark in marks if mark.kind is MarkKind.FELT]
    hints = [_hint_pin(mark, cues) for mark in marks if mark.kind is MarkKind.HINT]
    rows = [pin_row(names.label(own_author, Lane.SELF), own, TimelineLane.SELF)]
    rows += [
        pin_row(names.label(author, Lane.TRAINER), pins, TimelineLane.TRAINER)
        for author, pins in trainers.items()
    ]
    tr = QCoreApplication.translate
    rows.append(pin_row(tr("Timeline", "Felt heard"), felt, TimelineLane.FELT))
    rows.append(pin_row(tr("Timeline", "Hints"), hints, TimelineLane.MACHINE))
    return tuple(row for row in rows if row.pins)


def pin_row(label: str, pins: Iterable[Pin], lane: TimelineLane) -> PinRow:
    """Put pins in order on a line."""
    ordered = tuple(sorted(pins, key=lambda pin: pin.t))
    spans = Spans(
        Span(pin.t, pin.end_s, pin.text, str(at))
        for at, pin in enumerate(ordered)
        if pin.end_s is not None
    )
    times = np.array([pin.t for pin in ordered], np.float64)
    tones = tuple(map(tone_of, ordered))
    return PinRow(label, ordered, lane, spans, times, tones, frozenset(tones))


def tone_of(pin: Pin) -> str:
    """Tell in which colour a pin is painted."""
    return REJECTED if pin.rejected else pin.colour


def practice_row(found: Iterable[JudgedEvidence], names: Mapping[str, str]) -> PinRow:
    """Make the line of what was found in the words, a flag each."""
    pins: list[Pin] = []
    for one in found:
        if one.holds is not None:
            words = _practice_text(one.holds, names)
            if one.moved:
                text = QCoreApplication.translate("Timeline", "{what} · as a person says")
                words = text.format(what=words)
            _add_practice(pins, one.holds, words, one.id, rejected=False)
        if one.holds is None:
            _add_practice(pins, one.found, not_so(_practice_text(one.found, names)), one.id)
        elif one.moved:
            text = QCoreApplication.translate("Timeline", "{what} · put right by a person")
            words = text.format(what=_practice_text(one.found, names))
            _add_practice(pins, one.found, words, one.id)
    return pin_row(practices_label(), pins, TimelineLane.MACHINE)


def _add_practice(
    to: list[Pin], one: Evidence, text: str, key: str, *, rejected: bool = True
) -> None:
    if one.start_s is not None:
        icon = "flag" if one.polarity is Polarity.DONE else "flag-banner"
        to.append(Pin(one.start_s, icon, text, None, "", key, MACHINE, rejected=rejected))


def _practice_text(one: Evidence, names: Mapping[str, str]) -> str:
    text = (
        QCoreApplication.translate("Timeline", "{practice} at {t}: “{words}”")
        if one.polarity is Polarity.DONE
        else QCoreApplication.translate("Timeline", "{practice}, the opposite at {t}: “{words}”")
    )
    name = told(names.get(one.practice, one.practice))
    return text.format(practice=name, t=clock_text(one.start_s or 0.0), words=one.words)


def practices_label() -> str:
    """Name the line of practices."""
    return QCoreApplication.translate("Timeline", "Practices")


def not_so(text: str) -> str:
    """Add that a person rejected it."""
    return QCoreApplication.translate("Timeline", "{what} · rejected by a person").format(what=text)


def _rated(marks: Iterable[Mark], items: Mapping[str, str]) -> list[Pin]:
    """Gather the own view, which is about the whole session, in one pin at its start."""
    said = {m.data.get("item", ""): m for m in marks if m.kind is MarkKind.RATING}
    lines = [rating_text(items.get(item, ""), mark) for item, mark in said.items() if item]
    lines = [line for line in lines if line]
    if not lines:
        return []
    head = QCoreApplication.translate("Timeline", "Own view of the session:")
    return [Pin(0.0, "checklist", "\n".join([head, *lines]))]


def _said_pin(mark: Mark, items: Mapping[str, str]) -> Pin | None:
    lane = TimelineLane.TRAINER if mark.lane is Lane.TRAINER else TimelineLane.SELF
    end_s = _until(mark)
    if mark.kind is MarkKind.TICK and mark.data.get("on", "true") == "true":
        item = told(items.get(mark.data.get("item", ""), ""))
        text = QCoreApplication.translate("Timeline", "Ticked at {t}: {what}")
        return Pin(
            mark.t, "done", text.format(t=clock_text(mark.t), what=item), id=mark.id, lane=lane
        )
    if mark.kind is MarkKind.NOTE:
        icon = "microphone" if mark.data.get("sound") else "talk"
        return Pin(mark.t, icon, note_text(mark, end_s), end_s, "", mark.id, lane)
    if mark.kind is MarkKind.MARKER:
        colour, shape = mark.data.get("colour", ""), mark.data.get("shape", "")
        sign = f"{shape}-fill" if shape else "bookmark-simple"
        return Pin(mark.t, sign, marker_text(mark, end_s), end_s, colour, mark.id, lane)
    # What is said of the whole talk stands in the summary: it is about no moment.
    part = mark.data.get("part", "") if mark.kind is MarkKind.REVIEW else ""
    if part in REVIEW_ICONS and moment_of(mark) is not None:
        return Pin(mark.t, REVIEW_ICONS[part], review_text(mark), end_s, "", mark.id, lane)
    return None


def _until(mark: Mark) -> float | None:
    until = seconds_in(mark.data, "until")
    return until if until is not None and until > mark.t else None


def _felt_pin(mark: Mark) -> Pin:
    icon = "hears" if mark.data.get("heard") == "true" else "hears_not"
    return Pin(mark.t, icon, felt_text(mark), id=mark.id, lane=TimelineLane.FELT)


def _hint_pin(mark: Mark, names: Mapping[str, str]) -> Pin:
    icon = "good" if mark.data.get("good") == "true" else "hint"
    name = told(names.get(mark.data.get("cue", ""), ""))
    return Pin(mark.t, icon, hint_text(mark, name), id=mark.id, lane=TimelineLane.MACHINE)
