"""Two sides of one session, as a state machine sees them: the store, and what it ought to hold."""

from __future__ import annotations

import itertools
import json
import shutil
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store_cases import a_report, begun

from app.coach.cutting import Span
from app.coach.desk.undo import DESK, WHEN, History
from app.coach.joins import load_halves
from app.coach.practice_report import practice_report
from app.coach.practice_types import Evidence, Polarity, Speaking
from app.coach.types import Lane, Mark, MarkKind
from app.coach.verdicts import CORRECT, DISAGREE
from app.store import log, outcome, sessions
from app.store.handover.merging import restore
from app.store.handover.parts import Said
from app.store.practice_file import write_practices
from app.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONG_S = 120.0
Content = tuple[float, str, str]
"""Time and kind of a mark, and all that it says."""
PLACES = (("P19", 14.5), ("P23", 20.5), ("P26", 31.0))
"""What was found in the words: practice and moment on the owner's clock, seconds."""


def content(mark: Mark) -> Content:
    said = {key: value for key, value in mark.data.items() if key != WHEN}
    return mark.t, mark.kind.value, json.dumps(said, sort_keys=True)


def place_id(which: int, shift_s: float) -> str:
    practice, t = PLACES[which]
    return f"{practice}-done-{round((t - shift_s) * 1000)}"


def practices_that_hold(marks: list[Mark], shift_s: float) -> dict[str, tuple[int, int]]:
    """Count what was found and what people said of it, more simply than the program does it."""
    counted: dict[str, tuple[int, int]] = {}
    for which, (found, _) in enumerate(PLACES):
        of_it = [mark for mark in marks if mark.data.get("finding") == place_id(which, shift_s)]
        said = [mark for mark in of_it if mark.lane is Lane.SELF] or of_it
        data = said[-1].data if said else {}
        if data.get("verdict") == DISAGREE:
            continue
        practice, wrong = found, False
        if data.get("verdict") == CORRECT:
            practice, wrong = data["practice"], data["polarity"] == Polarity.WRONG.value
        done, not_so = counted.get(practice, (0, 0))
        counted[practice] = (done + (not wrong), not_so + wrong)
    return counted


@dataclass(frozen=True)
class Fresh:
    """A machine with one session on which nobody has said anything; making one takes a while."""

    folder: Path
    session: str


def fresh_side(folder: Path, shift_s: float) -> Fresh:
    folder.mkdir(parents=True)
    places = [
        Evidence(practice, 0, "quote", 1.0, Polarity.DONE, t - shift_s, t - shift_s + 1.0)
        for practice, t in PLACES
    ]
    found = practice_report(
        replace(a_report(), words=()), (), scenario=None, role=Speaking.STAFF,
        find=lambda _turns, _scenario: places, halves=load_halves(),
    )  # fmt: skip
    with Store.open(folder / "rapport.db") as store:
        session = begun(store).id
        store.finish_session(session, duration_s=60.1, report=a_report())
        write_practices(store.files(session), found)
        store.note_practices(session, places)
    return Fresh(folder, session)


class Side:
    """One machine: what its person said, and every state that it went through."""

    def __init__(self, folder: Path, author: str, lane: Lane, fresh: Fresh) -> None:
        self.folders = (folder / f"{author}-{number}" for number in itertools.count())
        self.folder = next(self.folders)
        shutil.copytree(fresh.folder, self.folder)
        self.author, self.lane = author, lane
        self.store = Store.open(self.folder / "rapport.db")
        self.session = fresh.session
        self.history = self.read()
        self.touched = True
        """Whether anything was done to it since it was looked at."""
        self.states: list[tuple[Content, ...]] = [()]
        self.at = 0

    def read(self) -> History:
        return History(self.log, self.author, self.lane)

    @property
    def log(self) -> list[Mark]:
        return self.store.marks(self.session, effective=False)

    @property
    def held(self) -> list[Mark]:
        """What this side's person said, as it holds."""
        return [mark for mark in self.store.marks(self.session) if mark.lane is self.lane]

    @property
    def wanted(self) -> list[Content]:
        return sorted(self.states[self.at])

    # What hands do: each is one entry of the log, and one state

    def act(self, make: Callable[[], list[Mark]], state: tuple[Content, ...]) -> None:
        self.touched = True
        marks = make()
        assert len(marks) == 1
        self.store.append_marks(self.session, marks)
        self.states = [*self.states[: self.at + 1], state]
        self.at += 1

    def add(self, t: float, kind: MarkKind, text: str) -> None:
        mark = Mark(t, self.lane, kind, self.author, {"text": text})
        state = (*self.states[self.at], content(mark))
        self.act(lambda: self.history.add(mark), state)

    def judge(self, data: dict[str, str]) -> None:
        """Say of a place in the words that it was so, was not, or was another practice."""
        mark = Mark(0.0, self.lane, MarkKind.VERDICT, self.author, data)
        state = (*self.states[self.at], content(mark))
        self.act(lambda: self.history.add(mark), state)

    def change(self, which: int, t: float, text: str) -> None:
        held = self.held
        if not held:
            return
        mark = held[which % len(held)]
        data = {"text": text, WHEN: DESK}
        after = content(replace(mark, t=t, data=data))
        if after != content(mark):
            state = self._without(mark)
            self.act(lambda: self.history.change(mark.id, t, data), (*state, after))

    def delete(self, which: int) -> None:
        held = self.held
        if held:
            mark = held[which % len(held)]
            self.act(lambda: self.history.delete(mark.id), self._without(mark))

    def _without(self, mark: Mark) -> tuple[Content, ...]:
        left = list(self.states[self.at])
        left.remove(content(mark))
        return tuple(left)

    def undo(self) -> None:
        self.touched = True
        marks = self.history.undo()
        assert bool(marks) == (self.at > 0)
        self.store.append_marks(self.session, marks)
        self.at = max(0, self.at - 1)

    def redo(self) -> None:
        self.touched = True
        marks = self.history.redo()
        assert bool(marks) == (self.at < len(self.states) - 1)
        self.store.append_marks(self.session, marks)
        self.at = min(len(self.states) - 1, self.at + 1)

    # What happens to a machine

    def restart(self) -> None:
        """Close in order. Then each entry of the log, an undo too, can be taken back."""
        self.store.close()
        self._begin_again()

    def kill(self) -> None:
        """Go on with what a killed process leaves: the files as they are, with nothing closed."""
        old, self.folder = self.folder, next(self.folders)
        shutil.copytree(old, self.folder)
        self.store.close()
        shutil.rmtree(old)
        self._begin_again()

    def _begin_again(self) -> None:
        self.touched = True
        self.store = Store.open(self.folder / "rapport.db")
        entries = self.log
        self.history = History(entries, self.author, self.lane)
        self.states = states_of(entries, self.lane)
        self.at = len(self.states) - 1

    def close(self) -> None:
        self.store.close()


def states_of(entries: list[Mark], lane: Lane) -> list[tuple[Content, ...]]:
    """Follow a log entry by entry, more simply than the program does it."""
    holds: dict[str, tuple[str, Content]] = {}
    first: dict[str, str] = {}
    states: list[tuple[Content, ...]] = [()]
    for mark in entries:
        if mark.lane is not lane:
            continue
        chain = first.get(mark.revises, mark.id)
        first[mark.id] = chain
        if mark.tombstone:
            holds.pop(chain, None)
        else:
            holds[chain] = (mark.id, content(mark))
        states.append(tuple(what for _, what in holds.values()))
    return states


def home(source: Side, target: Side, share_id: str, shift_s: float) -> list[Said]:
    """Give a trainer's review as the owner's session takes it."""
    at = source.store.said_at(source.session)
    said = [Said(mark, at[mark.id]) for mark in source.log if mark.lane is Lane.TRAINER]
    span = Span(shift_s, shift_s + LONG_S)
    return restore(said, share_id, span, target.store.events(target.session))


def send_back(source: Side, target: Side, share_id: str, shift_s: float) -> None:
    """Merge a trainer's review, as the owner's machine does."""
    target.touched = True
    said = home(source, target, share_id, shift_s)
    made = outcome.made(target.store.files(target.session), (one.mark for one in said))
    with target.store.access.write() as db:
        for one in said:
            log.enter(db, target.session, one.mark, one.at)
        if made is not None:
            outcome.note(db, sessions.find(db, target.session), made)


def carried(entries: list[Mark], lane: Lane, share_id: str, shift_s: float) -> list[Mark]:
    """Give one lane of a log as the other side takes it: other ids, its own time."""

    def name(mark_id: str) -> str:
        return str(uuid.uuid5(uuid.UUID(share_id), mark_id)) if mark_id else ""

    return [
        replace(mark, t=mark.t + shift_s, id=name(mark.id), revises=name(mark.revises))
        for mark in entries
        if mark.lane is lane
    ]


def merge(source: Side, target: Side, share_id: str, shift_s: float) -> None:
    target.touched = True
    target.store.append_marks(target.session, carried(source.log, source.lane, share_id, shift_s))
