"""The machine's episodes: those that hold, and those that were there before it measured again.

What people said names episodes as they were when they said it. So none that could have been judged
is forgotten: a session that is measured again keeps the former ones beside those that hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from app.coach.relink import relinked
from app.coach.types import CueEvent, MarkKind
from app.store.tables import EventRow, SessionRow

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from app.coach.types import Mark


def add(
    db: Session, session_id: str, events: Iterable[CueEvent], measured_at: dt.datetime | None = None
) -> None:
    """Append episodes that the cue engine found, the first time or when it measured again."""
    db.add_all(
        EventRow(
            session_id=session_id,
            cue=event.cue,
            start_s=float(event.start_s),
            end_s=float(event.end_s),
            peak=float(event.peak),
            threshold=float(event.threshold),
            own_normal=None if event.own_normal is None else float(event.own_normal),
            lost=event.lost,
            measured_at=measured_at,
        )
        for event in events
    )


def drop(db: Session, session_id: str) -> None:
    """Delete what was written while the session ran: as far as episodes got that now follow."""
    db.execute(delete(EventRow).where(EventRow.session_id == session_id))


def read(db: Session, session_id: str) -> list[CueEvent]:
    """Give those that hold, by start."""
    return _events(db, session_id, EventRow.measured_at.is_not_distinct_from(_last(db, session_id)))


def read_at(db: Session, session_id: str, when: dt.datetime) -> list[CueEvent]:
    """Give those that held at that time, by start."""
    before = (EventRow.session_id == session_id, EventRow.measured_at <= when)
    then = db.scalar(select(func.max(EventRow.measured_at)).where(*before))
    return _events(db, session_id, EventRow.measured_at.is_not_distinct_from(then))


def as_they_hold(db: Session, session_id: str, marks: Sequence[Mark]) -> list[Mark]:
    """Give marks with each verdict on the episode that holds in the place of the one it names."""
    judges = any(mark.kind is MarkKind.VERDICT for mark in marks)
    last = _last(db, session_id) if judges else None
    if last is None:
        return list(marks)
    former = EventRow.measured_at.is_distinct_from(last)
    return relinked(marks, _events(db, session_id, former), read(db, session_id))


def _last(db: Session, session_id: str) -> dt.datetime | None:
    """Tell when the session was measured again last; None where the first time holds."""
    return db.scalar(select(SessionRow.measured_at).where(SessionRow.id == session_id))


def _events(db: Session, session_id: str, of: ColumnElement[bool]) -> list[CueEvent]:
    query = select(EventRow).where(EventRow.session_id == session_id, of)
    return [
        CueEvent(
            cue=row.cue,
            start_s=row.start_s,
            end_s=row.end_s,
            peak=row.peak,
            threshold=row.threshold,
            own_normal=row.own_normal,
            lost=row.lost,
        )
        for row in db.scalars(query.order_by(EventRow.start_s, EventRow.number))
    ]
