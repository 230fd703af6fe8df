"""The list of sessions and the search in it: one look at the sessions, one at their notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.coach.types import MarkKind
from app.store import log
from app.store.sessions import to_record, whose
from app.store.tables import SessionRow
from app.store.types import SessionStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from app.store.types import SessionRecord


def listed(db: Session, search: str, person_id: str | None) -> list[SessionRecord]:
    """List sessions, newest first; each word sought is in their title, date or notes."""
    # Plain rows: a thousand mapped objects take several times as long.
    query = select(*SessionRow.__table__.columns).where(
        SessionRow.status != SessionStatus.DELETING.value
    )
    if person_id is not None:
        query = query.where(whose(person_id))
    rows = db.execute(query.order_by(SessionRow.started_at.desc(), SessionRow.id)).all()
    words = search.casefold().split()
    if words:
        rows = _with_words(db, rows, words, person_id)
    return [to_record(row) for row in rows]


def _with_words(
    db: Session, rows: Sequence[Row[Any]], words: Sequence[str], person_id: str | None
) -> list[Row[Any]]:
    notes = _notes(db, person_id)
    found = []
    for row in rows:
        local = row.started_at.astimezone()
        text = f"{row.title}\n{local:%Y-%m-%d %d.%m.%Y %B}\n{notes.get(row.id, '')}".casefold()
        if all(word in text for word in words):
            found.append(row)
    return found


def _notes(db: Session, person_id: str | None) -> dict[str, str]:
    """Give the effective notes of each of these sessions, as one text."""
    theirs = None if person_id is None else select(SessionRow.id).where(whose(person_id))
    return {
        session_id: "\n".join(
            mark.data.get("text", "")
            for mark in log.effective(entries)
            if mark.kind is MarkKind.NOTE
        )
        for session_id, entries in log.notes(db, theirs).items()
    }
