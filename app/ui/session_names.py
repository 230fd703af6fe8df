"""Names that owners give their sessions, and the way back through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.store import Store
    from app.store.types import SessionRecord


class SessionNames:
    """Names sessions; each name can be taken back, the last one first."""

    def __init__(self, store: Store, who: Callable[[], str | None]) -> None:
        self._store = store
        self._who = who
        self._before: list[SessionRecord] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a name to take back."""
        return bool(self._before)

    def give(self, record: SessionRecord, name: str) -> SessionRecord:
        """Call a session as its owner wants; empty for its title from before.

        Raises
        ------
        AppError
            Where it cannot be kept, or the session is not this person's.
        """
        now = self._store.name_session(record.id, name, self._who())
        if now.title != record.title:
            self._before.append(record)
        return now

    def undo(self) -> SessionRecord | None:
        """Take the last name back that is left; None where there is none.

        Raises
        ------
        AppError
            As of `give`; the name can still be taken back then.
        """
        if not self._before:
            return None
        last = self._before[-1]
        now = self._store.name_session(last.id, last.title, self._who())
        self._before.pop()
        return now

    def forget(self) -> None:
        """Take nothing back any more."""
        self._before.clear()
