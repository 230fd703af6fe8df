"""What hands and hints said at a moment, as pins on a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.coach.types import MarkKind
from app.ui.texts import clock_text, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.report_types import Checklist
    from app.coach.types import CueRule, Mark


@dataclass(frozen=True, slots=True)
class Pin:
    """Something said at one moment."""

    t: float
    """Seconds."""
    icon: str
    """Icon name; its shape says what kind it is."""
    text: str
    """What the pointer is told."""


@dataclass(frozen=True, slots=True)
class PinRow:
    """A line of moments."""

    label: str
    """Whose they are, translated."""
    pins: tuple[Pin, ...]
    """By time."""


def pin_rows(
    marks: Sequence[Mark], rules: Sequence[CueRule], checklist: Checklist | None
) -> tuple[PinRow, ...]:
    """Make lines of ticks and notes, of hints, and of what the customer marked, where any are."""
    names = {rule.id: rule.name for rule in rules}
    items = {item.id: item.text for item in checklist.items} if checklist else {}
    said: list[Pin] = []
    hinted: list[Pin] = []
    felt: list[Pin] = []
    for mark in marks:
        if mark.tombstone:
            continue
        if mark.kind == MarkKind.HINT:
            hinted.append(_hint_pin(mark, names))
        elif mark.kind == MarkKind.FELT:
            felt.append(_felt_pin(mark))
        elif mark.kind == MarkKind.TICK and mark.data.get("on", "true") == "true":
            item = items.get(mark.data.get("item", ""), "")
            text = QCoreApplication.translate("Timeline", "Ticked at {t}: {what}")
            what = told(item)
            said.append(Pin(mark.t, "done", text.format(t=clock_text(mark.t), what=what)))
        elif mark.kind == MarkKind.NOTE:
            text = QCoreApplication.translate("Timeline", "Note at {t}: {what}")
            what = mark.data.get("text", "")
            said.append(Pin(mark.t, "talk", text.format(t=clock_text(mark.t), what=what)))
    lines = (
        (QCoreApplication.translate("Timeline", "You"), said),
        (QCoreApplication.translate("Timeline", "Hints"), hinted),
        (QCoreApplication.translate("Timeline", "Customer"), felt),
    )
    return tuple(
        PinRow(label, tuple(sorted(pins, key=lambda pin: pin.t))) for label, pins in lines if pins
    )


def _felt_pin(mark: Mark) -> Pin:
    heard = mark.data.get("heard") == "true"
    text = (
        QCoreApplication.translate("Timeline", "The customer felt heard at {t}")
        if heard
        else QCoreApplication.translate("Timeline", "The customer did not feel heard at {t}")
    )
    return Pin(mark.t, "hears" if heard else "hears_not", text.format(t=clock_text(mark.t)))


def _hint_pin(mark: Mark, names: dict[str, str]) -> Pin:
    good = mark.data.get("good") == "true"
    name = told(names.get(mark.data.get("cue", ""), ""))
    text = (
        QCoreApplication.translate("Timeline", "Put right by {t}: {what}")
        if good
        else QCoreApplication.translate("Timeline", "Hint shown at {t}: {what}")
    )
    return Pin(mark.t, "good" if good else "hint", text.format(t=clock_text(mark.t), what=name))
