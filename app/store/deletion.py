"""Deleting a session: announced, carried out, then receipted, so that a kill leaves no half."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from app.store.tables import EventRow, MarkRow, ReceiptRow, SessionRow
from app.store.types import DeletionReason, Receipt, SessionStatus

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from app.store.files import SessionFiles


def announce(db: Session, session_id: str, files: SessionFiles, reason: DeletionReason) -> None:
    """Take a session out of the list; from here on it is only ever deleted further."""
    row = db.get_one(SessionRow, session_id)
    row.status = SessionStatus.DELETING.value
    row.deletion_reason = reason.value
    row.deletion_files = files.count()
    row.deletion_bytes = files.size_bytes()


def announced(db: Session) -> list[str]:
    """List the ids of sessions whose deletion was interrupted."""
    query = select(SessionRow.id).where(SessionRow.status == SessionStatus.DELETING.value)
    return list(db.scalars(query))


def receipt(db: Session, session_id: str, now: dt.datetime) -> Receipt:
    """Delete the rows of a session whose folder is gone, and write the receipt."""
    row = db.get_one(SessionRow, session_id)
    counts = {}
    for table in (MarkRow, EventRow):
        query = select(func.count()).where(table.session_id == session_id)
        counts[table] = db.scalars(query.select_from(table)).one()
        db.execute(delete(table).where(table.session_id == session_id))
    db.delete(row)
    entry = ReceiptRow(
        id=str(uuid.uuid4()),
        session_id=session_id,
        deleted_at=now,
        reason=row.deletion_reason or DeletionReason.ASKED.value,
        files=row.deletion_files or 0,
        size_bytes=row.deletion_bytes or 0,
        marks=counts[MarkRow],
        events=counts[EventRow],
    )
    db.add(entry)
    db.flush()
    return _receipt(entry)


def receipts(db: Session) -> list[Receipt]:
    """List all receipts, newest first."""
    rows = db.scalars(select(ReceiptRow).order_by(ReceiptRow.deleted_at.desc(), ReceiptRow.id))
    return [_receipt(row) for row in rows]


def _receipt(row: ReceiptRow) -> Receipt:
    return Receipt(
        id=row.id,
        session_id=row.session_id,
        deleted_at=row.deleted_at,
        reason=DeletionReason(row.reason),
        files=row.files,
        size_bytes=row.size_bytes,
        marks=row.marks,
        events=row.events,
    )
