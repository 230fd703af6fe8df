"""Reading the append-only log of marks: what holds, and what was said with it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from app.coach.types import Lane, MarkKind
from audio.types import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.coach.types import Mark


def effective(log: Iterable[Mark]) -> list[Mark]:
    """Give what holds after revisions and tombstones, by time.

    Of all marks that revise one another, the last of the log that nothing revises holds; a
    tombstone ends them all, also where it took back a revision: what a person deleted must not
    come back in an older form. What holds already stays as it is.
    """
    log = list(log)
    if not any(mark.revises or mark.tombstone for mark in log):
        # What holds already is asked for many times while a long review is on the desk.
        alone = {mark.id or f"#{number}": mark for number, mark in enumerate(log)}
        return sorted(alone.values(), key=attrgetter("t"))
    revises = {mark.id: mark.revises for mark in log if mark.id and mark.revises}
    revised = set(revises.values())
    revised |= {mark.revises for mark in log if not mark.id and mark.revises}
    holds: dict[str, Mark] = {}
    for number, mark in enumerate(log):
        if mark.id not in revised:
            # Without an id, which a mark has once it is stored, it stands for itself.
            holds[root(mark.id, revises) if mark.id else f"#{number}"] = mark
    held = (mark for mark in holds.values() if not mark.tombstone)
    return sorted(held, key=attrgetter("t"))


def root(mark_id: str, revises: Mapping[str, str]) -> str:
    """Follow revisions (id -> what it revises) back to where they began.

    That may be a mark that is not merged in yet.
    """
    seen = set()
    while mark_id in revises and mark_id not in seen:
        seen.add(mark_id)
        mark_id = revises[mark_id]
    return mark_id


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


def ratings(marks: Sequence[Mark], lane: Lane = Lane.SELF) -> dict[str, str]:
    """Find the last view of each item in a lane, the person's own unless another is asked for.

    Gives the item's id -> "yes", "partly" or "no".
    """
    return {
        mark.data.get("item", ""): mark.data.get("value", "")
        for mark in effective(marks)
        if mark.kind is MarkKind.RATING and mark.lane is lane
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
