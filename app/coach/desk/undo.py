"""Undo and redo on top of the append-only log.

Nothing in the log is ever changed, so undoing is saying something more: an addition is undone by a
tombstone, a change by a revision with the older words, a deletion by a new mark with the same
content. Whoever reads the log, on whichever side of a merge, then sees the same.

A thing (a comment, a marker, a verdict) lives on through its revisions, and through being deleted
and brought back, which gives it a new id. The history speaks of things, so that a step further
back still finds what it is about.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.coach.marks import root
from app.coach.types import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from app.coach.types import Lane, Mark

WHEN: Final = "when"
DESK: Final = "desk"
"""data["when"] of everything that was said at the desk: what was said live is not undone there."""
KINDS: Final = frozenset({MarkKind.NOTE, MarkKind.MARKER, MarkKind.REVIEW, MarkKind.VERDICT})
MOST_STEPS: Final = 1000
"""Older steps are not undone any more; what they said stays."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one action did to one thing."""

    thing: int
    """Number of the comment, marker or verdict in this history."""
    before: Mark | None
    """What it was; None where there was nothing."""
    after: Mark | None
    """What it became; None where it was deleted."""


def new_id() -> str:
    """Make an id for a mark."""
    return str(uuid.uuid4())


class History:
    """One author's actions on one session. Every method gives the marks that are to be appended.

    Parameters
    ----------
    log
        The session's whole log, in its order. What this author said at the desk earlier can be
        undone too, also after a restart.
    author, lane
        Who acts, and in which lane.
    make_id
        Makes the ids of new marks.
    """

    def __init__(
        self,
        log: Iterable[Mark],
        author: str,
        lane: Lane,
        *,
        make_id: Callable[[], str] = new_id,
    ) -> None:
        self._author = author
        self._lane = lane
        self._make_id = make_id
        self._thing_of: dict[str, int] = {}
        self._now: list[Mark | None] = []
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._read(log)

    def _read(self, log: Iterable[Mark]) -> None:
        """Take up what was said earlier: each entry of the log was one action."""
        log = list(log)
        revises = {mark.id: mark.revises for mark in log if mark.revises}
        for mark in log:
            if not self._is_ours(mark):
                continue
            first = root(mark.id, revises) if mark.revises else mark.id
            thing = self._thing_of.get(first)
            if thing is None:
                thing = self._new_thing()
            self._thing_of[first] = self._thing_of[mark.id] = thing
            self._note(Step(thing, self._now[thing], None if mark.tombstone else mark))

    def _is_ours(self, mark: Mark) -> bool:
        return (
            mark.author == self._author
            and mark.lane is self._lane
            and mark.kind in KINDS
            and mark.data.get(WHEN) == DESK
        )

    # Actions

    @property
    def can_undo(self) -> bool:
        """Whether there is an action to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back last."""
        return bool(self._undone)

    def add(self, mark: Mark) -> list[Mark]:
        """Say something new; the mark gets author, lane and an id where it has none."""
        return self._act(self._new_thing(), self._dressed(mark))

    def change(self, mark_id: str, t: float, data: Mapping[str, str]) -> list[Mark]:
        """Say something of one's own again, otherwise; nothing where it says the same."""
        thing = self._thing_of.get(mark_id)
        now = self._now[thing] if thing is not None else None
        if thing is None or now is None:
            return []
        wanted = self._dressed(replace(now, t=t, data=dict(data)))
        return [] if _same(now, wanted) else self._act(thing, wanted)

    def delete(self, mark_id: str) -> list[Mark]:
        """Take something of one's own back."""
        thing = self._thing_of.get(mark_id)
        if thing is None or self._now[thing] is None:
            return []
        return self._act(thing, None)

    def undo(self) -> list[Mark]:
        """Take the last action back."""
        if not self._done:
            return []
        step = self._done.pop()
        self._undone.append(step)
        return self._turn(step.thing, step.before)

    def redo(self) -> list[Mark]:
        """Do again what was taken back last."""
        if not self._undone:
            return []
        step = self._undone.pop()
        self._done.append(step)
        return self._turn(step.thing, step.after)

    @property
    def last(self) -> Mark | None:
        """What the next undo is about, as it stands or stood."""
        return (self._done[-1].after or self._done[-1].before) if self._done else None

    @property
    def next(self) -> Mark | None:
        """What the next redo is about."""
        return (self._undone[-1].after or self._undone[-1].before) if self._undone else None

    # How it becomes entries of the log

    def _act(self, thing: int, wanted: Mark | None) -> list[Mark]:
        self._note(Step(thing, self._now[thing], wanted), turned=False)
        return self._turn(thing, wanted)

    def _note(self, step: Step, *, turned: bool = True) -> None:
        self._done.append(step)
        del self._done[:-MOST_STEPS]
        self._undone.clear()
        if turned:
            self._now[step.thing] = step.after

    def _turn(self, thing: int, wanted: Mark | None) -> list[Mark]:
        """Lead a thing from what it is to what it is to be."""
        now = self._now[thing]
        if wanted is None:
            if now is None:
                return []
            entry = replace(now, id=self._make_id(), revises=now.id, tombstone=True)
            self._now[thing] = None
        else:
            fresh = wanted.id not in self._thing_of and wanted.id != ""
            made = wanted.id if fresh else self._make_id()
            entry = replace(
                wanted, id=made, revises=now.id if now is not None else "", tombstone=False
            )
            self._now[thing] = entry
        self._thing_of[entry.id] = thing
        return [entry]

    def _dressed(self, mark: Mark) -> Mark:
        return replace(
            mark,
            author=self._author,
            lane=self._lane,
            data={**mark.data, WHEN: DESK},
            id="" if mark.id in self._thing_of else mark.id,
            revises="",
            tombstone=False,
        )

    def _new_thing(self) -> int:
        self._now.append(None)
        return len(self._now) - 1


def _same(one: Mark, other: Mark) -> bool:
    return one.t == other.t and dict(one.data) == dict(other.data)
