"""Deleting a session: announced, carried out, then receipted, so that a kill leaves no half."""

from __future__ import annotations

import logging
import uuid
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import func, select

from app.errors import AppError
from app.store.tables import EventRow, MarkRow, ReceiptRow, SessionRow
from app.store.types import DeletionReason, Receipt, SessionStatus

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.store.access import Access
    from app.store.files import SessionFiles

_log = logging.getLogger(__name__)


def delete(access: Access, session_ids: Sequence[str], reason: DeletionReason) -> list[Receipt]:
    """Delete sessions with everything in them; the first that cannot be deleted is told."""
    announce(access, session_ids, reason)
    receipts, failed = _carry_out_all(access, session_ids)
    if failed:
        raise failed[0]
    return receipts


def announce(access: Access, session_ids: Sequence[str], reason: DeletionReason) -> None:
    """Take sessions out of the list; from here on they are only ever deleted further."""
    if not session_ids:
        return
    with access.write() as db:
        for session_id in session_ids:
            _announce(db, session_id, access.files(session_id), reason)


def finish_announced(access: Access) -> list[Receipt]:
    """Delete what was announced; what cannot be deleted yet is tried again at the next start."""
    with access.read() as db:
        query = select(SessionRow.id).where(SessionRow.status == SessionStatus.DELETING.value)
        announced = list(db.scalars(query))
    receipts, failed = _carry_out_all(access, announced)
    for error in failed:
        # One folder that is held open must not keep the program from starting.
        _log.warning("a session could not be deleted yet: %s", error)
    return receipts


def _carry_out_all(
    access: Access, session_ids: Sequence[str]
) -> tuple[list[Receipt], list[AppError]]:
    """Delete each session that can be deleted; gives the receipts and what went wrong."""
    receipts: list[Receipt] = []
    failed: list[AppError] = []
    for session_id in session_ids:
        try:
            receipts.append(_carry_out(access, session_id))
        except AppError as error:
            failed.append(error)
    return receipts, failed


def _announce(db: Session, session_id: str, files: SessionFiles, reason: DeletionReason) -> None:
    row = db.get_one(SessionRow, session_id)
    row.status = SessionStatus.DELETING.value
    row.deletion_reason = reason.value
    row.deletion_files = files.count()
    row.deletion_bytes = files.size_bytes()


def _carry_out(access: Access, session_id: str) -> Receipt:
    """Delete the folder, then the rows, then what copies and the write-ahead log still hold."""
    access.files(session_id).delete()
    with access.write() as db:
        receipt = _receipt(db, session_id, access.now())
    access.forget_deleted()
    _log.info("session deleted: %d files, %d bytes", receipt.files, receipt.size_bytes)
    return receipt


def _receipt(db: Session, session_id: str, now: dt.datetime) -> Receipt:
    """Delete the rows of a session whose folder is gone, and write the receipt."""
    row = db.get_one(SessionRow, session_id)
    counts = {}
    for table in (MarkRow, EventRow):
        query = select(func.count()).where(table.session_id == session_id)
        counts[table] = db.scalars(query.select_from(table)).one()
        db.execute(sa.delete(table).where(table.session_id == session_id))
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
    return _to_value(entry)


def receipts(db: Session) -> list[Receipt]:
    """List all receipts, newest first."""
    rows = db.scalars(select(ReceiptRow).order_by(ReceiptRow.deleted_at.desc(), ReceiptRow.id))
    return [_to_value(row) for row in rows]


def _to_value(row: ReceiptRow) -> Receipt:
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
