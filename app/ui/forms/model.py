"""What a form shows and changes: a draft, what is wrong in it, and who is to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.content_draft import ContentDraft
    from app.coach.practices import Practice
    from app.coach.report_types import Checklist
    from app.coach.toml_fault import Fault, Where

JUDGE_MS: Final = 150
"""How long after the last key a form says what is wrong."""
EMPTY: Final = frozenset({"missing", "string_too_short", "too_short"})
"""Kinds of faults that only say that something is still to be filled in."""


@dataclass(frozen=True, slots=True)
class Known:
    """What there is beside the file that is changed."""

    practices: tuple[Practice, ...] = ()
    """All practices, without their patterns."""
    checklists: tuple[Checklist, ...] = ()
    """All checklists."""

    def practice(self, practice_id: str) -> Practice | None:
        """Find a practice by its id."""
        return next((one for one in self.practices if one.id == practice_id), None)


class FormModel(QObject):
    """One draft for all fields of a form."""

    changed = Signal()
    """By a hand, in any field."""
    redrawn = Signal()
    """Everything may be different: fields read again."""
    judged = Signal()
    """What is wrong is known anew."""

    def __init__(self, draft: ContentDraft, known: Known, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.known = known
        self.faults: tuple[Fault, ...] = ()
        self._at: dict[Where, list[Fault]] = {}
        self._below: dict[Where, list[Fault]] = {}
        self._look()
        self.strict = False
        """Whether to tell what is still empty: not before somebody wants to save."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(JUDGE_MS)
        self._timer.timeout.connect(self.judge)

    def at(self, where: Where) -> Any:  # noqa: ANN401 - whatever the file holds
        """Give what stands there; None where nothing does."""
        return self.draft.at(where)

    def rows(self, where: Where) -> list[Any]:
        """Give a list; an empty one where there is none."""
        return self.draft.rows(where)

    def put(self, where: Where, value: object) -> None:
        """Set a value; the field that does so shows it already."""
        if self.draft.put(where, value):
            self._touched()

    def insert(self, where: Where, at: int, value: object) -> None:
        """Put a row into a list."""
        self.draft.insert(where, at, value)
        self._moved()

    def remove(self, where: Where, at: int) -> None:
        """Take a row out of a list."""
        self.draft.remove(where, at)
        self._moved()

    def move(self, where: Where, at: int, to: int) -> bool:
        """Move a row within its list."""
        moved = self.draft.move(where, at, to)
        if moved:
            self._moved()
        return moved

    def undo(self) -> Where | None:
        """Take the last step back; gives where it was."""
        where = self.draft.undo()
        if where is not None:
            self._moved()
        return where

    def told(self, where: Where, *, deep: bool = False) -> Sequence[Fault]:
        """Give what is to be said of a place; `deep` takes in all below it."""
        found = (self._below if deep else self._at).get(where, [])
        return [one for one in found if self.strict or one.kind not in EMPTY]

    def judge(self) -> None:
        """Find out what is wrong, now."""
        self._timer.stop()
        self._look()
        self.judged.emit()

    def _look(self) -> None:
        self.faults = self.draft.faults
        self._at.clear()
        self._below.clear()
        for one in self.faults:
            self._at.setdefault(one.where, []).append(one)
            for upto in range(len(one.where) + 1):
                self._below.setdefault(one.where[:upto], []).append(one)

    def _moved(self) -> None:
        # Places are other ones now: what was said of them must not stand beside others.
        self._look()
        self.redrawn.emit()
        self._touched()
        self.judge()

    def _touched(self) -> None:
        self._timer.start()
        self.changed.emit()
