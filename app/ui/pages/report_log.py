"""What hands say on the report page, as marks: ticks and verdicts, each taken back by another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from app.coach.marks import effective, ratings, tick_counts, ticked_items
from app.coach.types import Lane, Mark, MarkKind
from app.coach.verdicts import AGREE, DISAGREE, verdict_marks, verdicts
from app.coach.words import item_state
from app.ui.texts import clock_text, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.report_types import Checklist

AFTERWARDS = {"when": "afterwards"}
"""Goes with a tick that was made on the report."""


class MarkStore(Protocol):
    """The part of the store that keeps what people say."""

    def append_marks(self, session_id: str, marks: Sequence[Mark]) -> list[Mark]:
        """Append to the log; gives the marks with their ids."""

    def marks(self, session_id: str, *, effective: bool = True) -> list[Mark]:
        """Give what holds after revisions and tombstones, by time; or else the whole log."""


class MarkLog:
    """The marks of one session, as they hold now."""

    def __init__(self, store: MarkStore, session_id: str, author: str) -> None:
        self._store = store
        self._session_id = session_id
        self._author = author
        self.whole = tuple(store.marks(session_id, effective=False))
        """Every entry of the log, as it was read."""
        self.now: tuple[Mark, ...] = tuple(effective(self.whole))

    @property
    def ticked(self) -> tuple[str, ...]:
        """Ids of the items whose last tick stands."""
        return ticked_items(self.now)

    def evidence(self, checklist: Checklist) -> dict[str, str]:
        """Say when each item was ticked, and where it was more often than is good."""
        said = {}
        counts = tick_counts(self.now)
        for item in checklist.items:
            ticks = [
                tick_time(m)
                for m in self.now
                if m.kind is MarkKind.TICK
                and m.data.get("item") == item.id
                and m.data.get("on", "true") == "true"
            ]
            if item.id not in self.ticked or not ticks:
                continue
            text = QCoreApplication.translate("ReportLog", "Ticked: {times}")
            said[item.id] = text.format(times=", ".join(ticks))
            if item.ceiling is not None and counts.get(item.id, 0) > item.ceiling:
                said[item.id] += f" · {item_state(item, counts[item.id], told)}"
        return said

    @property
    def disagreed(self) -> frozenset[str]:
        """Ids of the findings that the person disagrees with."""
        return frozenset(key for key, said in verdicts(self.now).items() if said == DISAGREE)

    @property
    def refused_by_others(self) -> frozenset[str]:
        """Ids of what a trainer disagrees with and the person has said nothing of."""
        return frozenset(
            key
            for key, said in verdict_marks(self.now).items()
            if said[-1].lane is not Lane.SELF and said[-1].data.get("verdict") == DISAGREE
        )

    @property
    def ratings(self) -> dict[str, str]:
        """The person's own view by item id; "" where the whole question was skipped."""
        return ratings(self.now)

    def rate(self, item: str, value: str) -> None:
        """Note the person's own view of an item; a later one replaces it."""
        said = [m for m in self.now if m.kind is MarkKind.RATING and m.data.get("item") == item]
        new = self._mark(0.0, MarkKind.RATING, {"item": item, "value": value})
        self._append([replace(new, revises=said[-1].id)] if said else [new])

    def note(self, text: str, about: str) -> None:
        """Note something for oneself; a later note about the same thing replaces it."""
        said = [m for m in self.now if m.kind is MarkKind.NOTE and m.data.get("about") == about]
        new = self._mark(0.0, MarkKind.NOTE, {"text": text, "about": about, **AFTERWARDS})
        if not text:
            self._append([self._back(mark) for mark in said])
        else:
            self._append([replace(new, revises=said[-1].id)] if said else [new])

    def noted(self, about: str) -> str:
        """Give what was noted about something; empty where nothing was."""
        said = [m for m in self.now if m.kind is MarkKind.NOTE and m.data.get("about") == about]
        return said[-1].data.get("text", "") if said else ""

    def tick(self, item: str, *, on: bool, t: float, suggested: bool = False) -> None:
        """Tick an item at a moment, or take every tick of it back.

        What was found in the words outlives a tick that is taken back, so that taking it back is
        then said in so many words.

        A tick is found by its time, so one that was made live would outlive an "off" that lies
        before it: what contradicts is therefore taken back, not overruled.
        """
        ours = [m for m in self.now if m.kind is MarkKind.TICK and m.data.get("item") == item]
        wrong = [m for m in ours if (m.data.get("on", "true") == "true") != on]
        new = [self._back(mark) for mark in wrong]
        if on and len(wrong) == len(ours):
            new.append(self._mark(t, MarkKind.TICK, {"item": item, "on": "true", **AFTERWARDS}))
        if not on and suggested and len(wrong) == len(ours):
            new.append(self._mark(t, MarkKind.TICK, {"item": item, "on": "false", **AFTERWARDS}))
        self._append(new)

    def disagree(self, finding: str, *, on: bool, t: float) -> None:
        """Disagree with a finding, or take that back."""
        said = verdict_marks(self.now).get(finding, ())
        own = [mark for mark in said if mark.lane is Lane.SELF]
        if on:
            new = self._mark(t, MarkKind.VERDICT, {"finding": finding, "verdict": DISAGREE})
            self._append([replace(new, revises=own[-1].id)] if own else [new])
            return
        if any(mark.lane is not Lane.SELF for mark in said):
            # A trainer's word would hold again: one's own outranks it only where it is said.
            new = self._mark(t, MarkKind.VERDICT, {"finding": finding, "verdict": AGREE})
            self._append([replace(new, revises=own[-1].id)] if own else [new])
        else:
            self._append([self._back(m) for m in own if m.data.get("verdict") == DISAGREE])

    def _mark(self, t: float, kind: MarkKind, data: Mapping[str, str]) -> Mark:
        return Mark(t, Lane.SELF, kind, self._author, dict(data))

    def _back(self, mark: Mark) -> Mark:
        return Mark(
            mark.t,
            Lane.SELF,
            mark.kind,
            self._author,
            dict(mark.data),
            revises=mark.id,
            tombstone=True,
        )

    def _append(self, marks: Sequence[Mark]) -> None:
        if marks:
            self._store.append_marks(self._session_id, marks)
            self.now = tuple(self._store.marks(self._session_id))


def tick_time(mark: Mark) -> str:
    """Say when something was done; of a tick made afterwards at no chosen moment, only that."""
    if mark.t <= 0 and mark.data.get("when") == AFTERWARDS["when"]:
        return QCoreApplication.translate("ReportLog", "afterwards")
    return clock_text(mark.t)
