"""What hands say at the desk: each word goes to the session's log at once, and can be undone."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.coach.desk.agreement import SPOTS
from app.coach.desk.undo import DESK, WHEN, History
from app.coach.marks import effective
from app.coach.types import Lane, Mark, MarkKind
from app.coach.verdicts import CORRECT
from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from app.store.desk_draft import Draft
    from app.store.store import Store
    from app.ui.pages.desk_session import DeskSession

DONE: Final = "done"


class Said(Enum):
    """What became of something that hands said."""

    KEPT = auto()
    """It is in the session's log."""
    NOTHING = auto()
    """There was nothing to say: it stands so already."""
    FAILED = auto()
    """It could not be kept, and must not be forgotten where it was typed."""


class DeskHands(QObject):
    """Writes comments, markers, verdicts and the summary of the session on the desk."""

    said = Signal()
    """Something was said or taken back, and the page has to show it."""
    failed = Signal(object)
    """An AppError: it could not be kept."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._session: DeskSession | None = None
        self._history: History | None = None
        self._log: list[Mark] = []

    def take(self, session: DeskSession | None) -> None:
        """Begin with a session; what was said on it earlier can be undone too."""
        self._session = session
        self._history = None
        self._log = []
        if session is not None:
            self._history = self._begin(session, session.shown.log.whole)

    def _read(self, session: DeskSession) -> History:
        return self._begin(session, self._store.marks(session.record.id, effective=False))

    def _begin(self, session: DeskSession, log: Iterable[Mark]) -> History:
        self._log = list(log)
        return History(self._log, session.author, session.lane)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._history is not None and self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back last."""
        return self._history is not None and self._history.can_redo

    # Actions

    def comment(self, draft: Draft, sound: str = "") -> Said:
        """Save what was typed or spoken: a new comment, or a changed one."""
        data = {"text": draft.text}
        if draft.until is not None:
            data["until"] = f"{draft.until:.3f}"
        if draft.changes:
            before = self.find(draft.changes)
            if before is not None and before.data.get("sound"):
                data["sound"] = before.data["sound"]
            return self._say_how(lambda history: history.change(draft.changes, draft.t, data))
        if sound:
            data["sound"] = sound
        return self._say_how(
            lambda history: history.add(
                Mark(draft.t, Lane.SELF, MarkKind.NOTE, "", data, id=draft.id)
            )
        )

    def add(self, mark: Mark) -> bool:
        """Say something new, such as a marker."""
        return self._say(lambda history: history.add(mark))

    def move(self, mark_id: str, t: float, until: float | None) -> str:
        """Let something that whoever sits here said be about another moment or span.

        Gives the id that it has then; empty where it could not be moved.
        """
        mark = self.find(mark_id)
        if mark is None:
            return ""
        data = {key: value for key, value in mark.data.items() if key != "until"}
        if until is not None and until > t:
            data["until"] = f"{until:.3f}"
        moved = self._say(lambda history: history.change(mark_id, round(t, 3), data))
        return self._log[-1].id if moved else ""

    @property
    def movable(self) -> frozenset[str]:
        """Ids of the comments and markers that whoever sits here said at the desk."""
        session = self._session
        return frozenset(
            mark.id
            for mark in (session.marks if session is not None else ())
            if mark.kind in SPOTS
            and mark.data.get(WHEN) == DESK
            and session is not None
            and session.is_mine(mark)
        )

    def delete(self, mark_id: str) -> bool:
        """Take back something that whoever sits here said."""
        return self._say(lambda history: history.delete(mark_id))

    def judge(
        self,
        finding: str,
        verdict: str,
        t: float,
        *,
        what: Mapping[str, str] | None = None,
        span: tuple[float, float] | None = None,
    ) -> bool:
        """Say of something that the machine marked what is true; the same word again takes back.

        Of a correction `what` says what it was: a cue, or a practice and its words.
        """
        data = {"finding": finding, "verdict": verdict}
        if verdict == CORRECT and span is not None:
            data |= {**(what or {}), "start": f"{span[0]:.3f}", "end": f"{span[1]:.3f}"}
        said = self._replace(
            t, MarkKind.VERDICT, data, ("finding",), again_takes_back=verdict != CORRECT
        )
        return said is Said.KEPT

    def review(self, part: str, data: Mapping[str, str], t: float = 0.0) -> Said:
        """Say one part of the summary; empty words take it back."""
        given = {"part": part, **data}
        if part != DONE and not any(value for key, value in data.items() if key != "slot"):
            there = self._there(MarkKind.REVIEW, given, ("part", "slot"))
            if there is None:
                return Said.NOTHING
            return self._say_how(lambda history: history.delete(there.id))
        return self._replace(
            t, MarkKind.REVIEW, given, ("part", "slot"), again_takes_back=part == DONE
        )

    def undo(self) -> bool:
        """Take the last action back."""
        return self._say(lambda history: history.undo())

    def redo(self) -> bool:
        """Do again what was taken back last."""
        return self._say(lambda history: history.redo())

    def find(self, mark_id: str) -> Mark | None:
        """Find something that holds by its id."""
        marks = self._session.marks if self._session is not None else ()
        return next((mark for mark in marks if mark.id == mark_id), None)

    def said_ids(self) -> set[str]:
        """Ids of all that was ever said on the session, also of what was taken back."""
        return {mark.id for mark in self._log}

    # How it is kept

    def _there(self, kind: MarkKind, data: Mapping[str, str], keys: tuple[str, ...]) -> Mark | None:
        """Find what whoever sits here has said about the same."""
        session = self._session
        if session is None:
            return None
        return next(
            (
                mark
                for mark in reversed(session.marks)
                if mark.kind is kind
                and session.is_mine(mark)
                and all(mark.data.get(key, "") == data.get(key, "") for key in keys)
            ),
            None,
        )

    def _replace(
        self,
        t: float,
        kind: MarkKind,
        data: dict[str, str],
        keys: tuple[str, ...],
        *,
        again_takes_back: bool,
    ) -> Said:
        there = self._there(kind, data, keys)
        if there is not None and again_takes_back and _says(there, data):
            return self._say_how(lambda history: history.delete(there.id))
        if there is not None:
            said = self._say_how(lambda history: history.change(there.id, t, data))
            if said is not Said.NOTHING or _says(there, data):
                return said
        return self._say_how(lambda history: history.add(Mark(t, Lane.SELF, kind, "", data)))

    def _say(self, what: Callable[[History], list[Mark]]) -> bool:
        return self._say_how(what) is Said.KEPT

    def _say_how(self, what: Callable[[History], list[Mark]]) -> Said:
        session, history = self._session, self._history
        if session is None or history is None:
            return Said.FAILED
        marks = what(history)
        if not marks:
            return Said.NOTHING
        try:
            self._log += self._store.append_marks(session.record.id, marks)
        except AppError as error:
            self._recover(session)
            self.failed.emit(error)
            return Said.FAILED
        session.with_marks(tuple(effective(self._log)))
        self.said.emit()
        return Said.KEPT

    def _recover(self, session: DeskSession) -> None:
        """Take up what is really in the log, where it can still be read."""
        try:
            self._history = self._read(session)
        except AppError:
            self._history = None


def _says(mark: Mark, data: Mapping[str, str]) -> bool:
    return all(mark.data.get(key, "") == value for key, value in data.items())
