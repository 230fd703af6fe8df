"""Work on a session that only one may be at: another thread or program waits, or is told."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from app.store.owner import lives, process_started
from app.store.tables import FactRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.access import Access

WORDS: Final = "words"
"""Listening to the recording for its words."""
MEASURES: Final = "measures"
"""Measuring the recording once more."""


class Claims:
    """Who is at what, in the database: a program that was killed holds nothing any more."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def take(self, session_id: str, work: str) -> bool:
        """Begin some work on a session; False where somebody is at it."""
        pid = os.getpid()
        with self._access.write() as db:
            row = db.get(FactRow, _key(session_id, work))
            if row is not None and _lives(row.value):
                return False
            mine = json.dumps([pid, process_started(pid)])
            db.merge(FactRow(key=_key(session_id, work), value=mine))
        return True

    def give_back(self, session_id: str, work: str) -> None:
        """End it."""
        with self._access.write() as db:
            db.execute(sa.delete(FactRow).where(FactRow.key == _key(session_id, work)))


def forget_session(db: Session, session_id: str) -> None:
    """Forget who was at a session that is gone."""
    for work in (WORDS, MEASURES):
        db.execute(sa.delete(FactRow).where(FactRow.key == _key(session_id, work)))


def _key(session_id: str, work: str) -> str:
    return f"{work} of {session_id}"


def _lives(value: str) -> bool:
    pid, started = json.loads(value)
    return lives(pid, started)
