"""Reading the append-only log of marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.coach.types import MarkKind
from audio.types import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.coach.types import Mark


def effective(marks: Iterable[Mark]) -> list[Mark]:
    """Leave out what was revised or taken back; by time."""
    marks = list(marks)
    revised = {mark.revises for mark in marks if mark.revises}
    kept = [mark for mark in marks if not mark.tombstone and not (mark.id and mark.id in revised)]
    return sorted(kept, key=lambda mark: mark.t)


def ticked_items(marks: Sequence[Mark]) -> tuple[str, ...]:
    """Ids of the checklist items whose last tick stands, in the order of that tick."""
    on: dict[str, bool] = {}
    for mark in effective(marks):
        if mark.kind is MarkKind.TICK:
            item = mark.data.get("item", "")
            on.pop(item, None)
            on[item] = mark.data.get("on", "true") == "true"
    return tuple(item for item, yes in on.items() if yes)


def tick_counts(marks: Sequence[Mark]) -> dict[str, int]:
    """How often each item was ticked; taking a tick back takes one away."""
    counts: dict[str, int] = {}
    for mark in effective(marks):
        if mark.kind is MarkKind.TICK:
            item = mark.data.get("item", "")
            change = 1 if mark.data.get("on", "true") == "true" else -1
            counts[item] = max(0, counts.get(item, 0) + change)
    return {item: count for item, count in counts.items() if count}


def verdicts(marks: Sequence[Mark]) -> dict[str, str]:
    """Find the last word on each finding: its id -> "disagree" or "agree"."""
    return {
        mark.data.get("finding", ""): mark.data.get("verdict", "")
        for mark in effective(marks)
        if mark.kind is MarkKind.VERDICT
    }


def ratings(marks: Sequence[Mark]) -> dict[str, str]:
    """Find a person's last own view of each item: its id -> "yes", "partly" or "no"."""
    return {
        mark.data.get("item", ""): mark.data.get("value", "")
        for mark in effective(marks)
        if mark.kind is MarkKind.RATING
    }


def survey(marks: Sequence[Mark]) -> dict[str, tuple[str, str]]:
    """Find the last answer to each question of the customer's survey, with what was added."""
    return {
        mark.data.get("question", ""): (mark.data.get("answer", ""), mark.data.get("text", ""))
        for mark in effective(marks)
        if mark.kind is MarkKind.SURVEY
    }


def speakers_labelled(marks: Sequence[Mark]) -> bool:
    """Tell whether anybody said who speaks; otherwise all sound was measured as one voice."""
    return any(
        mark.kind is MarkKind.SPEAKER and mark.data.get("speaker", "") != Speaker.UNKNOWN.value
        for mark in effective(marks)
    )
