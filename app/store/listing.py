"""The list of sessions and the search in it: one look at the sessions, one at their notes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.coach.types import MarkKind
from app.store import log
from app.store.sessions import RECORDED, record_of, whose
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
    columns = (getattr(SessionRow, name) for name in RECORDED)
    query = select(*columns).where(SessionRow.status != SessionStatus.DELETING.value)
    if person_id is not None:
        query = query.where(whose(person_id))
    rows = db.execute(query.order_by(SessionRow.started_at.desc(), SessionRow.id)).all()
    words = search.casefold().split()
    if words:
        rows = _with_words(db, rows, words, person_id)
    return [record_of(dict(zip(RECORDED, row, strict=True))) for row in rows]


def _with_words(
    db: Session, rows: Sequence[Row[Any]], words: Sequence[str], person_id: str | None
) -> list[Row[Any]]:
    """Keep the rows in which each word is found; notes are read once, and only where needed."""
    theirs = None if person_id is None else select(SessionRow.id).where(whose(person_id))
    notes: dict[str, tuple[str, bool]] | None = None
    found = []
    for row in rows:
        local = row.started_at.astimezone()
        text = f"{row.title}\n{local:%Y-%m-%d %d.%m.%Y %B}".casefold()
        missing = [word for word in words if word not in text]
        if missing:
            notes = log.raw_notes(db, theirs) if notes is None else notes
            if row.id not in notes or not _noted(db, row.id, *notes[row.id], missing):
                continue
        found.append(row)
    return found


def _noted(db: Session, session_id: str, raw: str, revised: bool, words: Sequence[str]) -> bool:
    """Whether each word is in the notes of a session that hold."""
    # As JSON has it: what is not in the raw text is in no note, and most are not.
    if not all(json.dumps(word, ensure_ascii=False)[1:-1] in raw.casefold() for word in words):
        return False
    if revised:
        holding = log.effective(log.read(db, session_id))
        told = [mark.data.get("text", "") for mark in holding if mark.kind is MarkKind.NOTE]
    else:
        told = [json.loads(line).get("text", "") for line in raw.split("\n")]
    text = "\n".join(told).casefold()
    return all(word in text for word in words)
