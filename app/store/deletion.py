"""Deleting a session: announced, carried out, then receipted, so that a kill leaves no half."""

from __future__ import annotations

import logging
import time
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlalchemy import func, or_, select

from app.errors import AppError
from app.paths import cache_dir
from app.store import claims, clips, import_rows, leftovers
from app.store.access import SESSIONS
from app.store.faults import told
from app.store.leftovers import PART
from app.store.tables import EventRow, FactRow, MarkRow, ReceiptRow, SessionRow
from app.store.types import DeletionReason, Receipt, SessionStatus

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.store.access import Access

COPIED: Final = "deleted_words_in_copies"
"""Fact that stands while copies of the database and its log still hold what was deleted."""

LEFT_S: Final = 3600.0
"""An empty folder of this age is what a kill left before its session was entered, seconds."""

log = logging.getLogger(__name__)


def announce(
    access: Access, db: Session, session_ids: Sequence[str], reason: DeletionReason
) -> None:
    """Take sessions out of the list; from here on they are only ever deleted further."""
    for session_id in session_ids:
        row = db.get(SessionRow, session_id)
        if row is None or row.status == SessionStatus.DELETING:
            continue  # another program was faster, and gives the reason
        # The clips that were cut from it are as much of it as its own folder.
        folders = [access.files(session_id), *clips.files_of_session(access, db, session_id)]
        row.status = SessionStatus.DELETING.value
        row.deletion_reason = reason.value
        row.deletion_files = sum(files.count() for files in folders)
        row.deletion_bytes = sum(files.size_bytes() for files in folders)


def carry_out(access: Access, session_ids: Sequence[str]) -> list[Receipt]:
    """Delete announced sessions with everything in them; the first that cannot go is told."""
    receipts, failed = _carry_out_all(access, session_ids)
    if failed:
        raise failed[0]
    return receipts


def finish_announced(access: Access) -> list[Receipt]:
    """Delete what was announced; what cannot be deleted yet is tried again at the next start."""
    with access.read() as db:
        query = select(SessionRow.id).where(SessionRow.status == SessionStatus.DELETING.value)
        announced = list(db.scalars(query))
        copied = db.get(FactRow, COPIED) is not None
    receipts, failed = _carry_out_all(access, announced)
    for error in failed:
        # One folder that is held open must not keep the program from starting.
        log.warning("a session could not be deleted yet: %s", error)
    if copied and not receipts:
        forget(access)
    return receipts


def sweep(access: Access) -> None:
    """Delete what came back after its deletion, empty folders, and files that were half written.

    A folder that nobody knows may still be somebody's: after a damaged list was put aside, of the
    newest sessions only the folders are left. So only that goes whose receipt is there. It gets
    another name while nobody can enter it anew, as a share that is opened once more is, and is
    deleted under that one; a kill between the two leaves it to the next start.
    """
    folder = access.path.parent / SESSIONS
    with suppress(AppError):  # where the folder cannot be made, nothing is in it
        leftovers.clear(cache_dir())
    for root in (access.path.parent, folder):
        leftovers.clear(root)
    # Listed before the rows are: what another program begins from here on is not touched.
    with told(folder):
        there = {one.name: one for one in folder.iterdir()} if folder.is_dir() else {}
    with access.read() as db:
        unknown = there.keys() - set(db.scalars(select(SessionRow.id)))
        receipted = set(db.scalars(select(ReceiptRow.session_id))) if unknown else set()
    for name in unknown - receipted:
        with suppress(OSError):  # it is not empty, or held open: it stays
            if time.time() - there[name].stat().st_mtime > LEFT_S:
                there[name].rmdir()
    aside = {name for name in there if name.removesuffix(PART) in receipted - {name}}
    for name in aside | (unknown & receipted):
        try:
            files = access.files(name)
            if name not in aside:
                with access.write() as db:
                    if db.get(SessionRow, name) is not None:
                        continue
                    files = files.set_aside()
            files.delete()
        except AppError as error:
            log.warning("what came back of a deleted session could not be deleted: %s", error)


def _carry_out_all(
    access: Access, session_ids: Sequence[str]
) -> tuple[list[Receipt], list[AppError]]:
    """Delete each session that can be deleted; gives the receipts and what went wrong."""
    receipts: list[Receipt] = []
    failed: list[AppError] = []
    for session_id in session_ids:
        try:
            with access.read() as db:
                cut = clips.files_of_session(access, db, session_id)
            for files in (access.files(session_id), *cut):
                files.delete()
            with access.write() as db:
                receipt = _receipt(db, session_id, access.now())
        except AppError as error:
            failed.append(error)
            continue
        if receipt is not None:
            receipts.append(receipt)
            log.info("session deleted: %d files, %d bytes", receipt.files, receipt.size_bytes)
    if receipts:
        forget(access)
    return receipts, failed


def to_forget(db: Session) -> None:
    """Remember that copies and log still hold what this transaction deletes."""
    db.merge(FactRow(key=COPIED, value="yes"))


def forget(access: Access) -> None:
    """Rid copies and log of what was deleted; cut off or without room, the next start does it."""
    try:
        access.forget_deleted()
        with access.write() as db:
            db.execute(sa.delete(FactRow).where(FactRow.key == COPIED))
    except AppError as error:
        log.warning("copies of the list still hold what was deleted: %s", error)


def _receipt(db: Session, session_id: str, now: dt.datetime) -> Receipt | None:
    """Delete the rows of a session whose folder is gone, and write the receipt.

    None where another program, started at the same moment, has done it.
    """
    row = db.get(SessionRow, session_id)
    if row is None:
        return None
    counts = {}
    for table in (MarkRow, EventRow):
        query = select(func.count()).where(table.session_id == session_id)
        counts[table] = db.scalars(query.select_from(table)).one()
        db.execute(sa.delete(table).where(table.session_id == session_id))
    clips.forget_session(db, session_id)
    import_rows.forget_session(db, session_id)
    claims.forget_session(db, session_id)
    db.delete(row)
    to_forget(db)
    return enter_receipt(
        db,
        session_id=session_id,
        deleted_at=now,
        reason=row.deletion_reason or DeletionReason.ASKED.value,
        files=row.deletion_files or 0,
        size_bytes=row.deletion_bytes or 0,
        marks=counts[MarkRow],
        events=counts[EventRow],
        person_id=row.person_id,
    )


def enter_receipt(db: Session, **what: object) -> Receipt:
    """Write a receipt, field by field."""
    entry = ReceiptRow(id=str(uuid.uuid4()), **what)
    db.add(entry)
    db.flush()
    return _to_value(entry)


def receipts(db: Session, person_id: str | None) -> list[Receipt]:
    """List receipts, newest first: all, or a person's and those that are nobody's."""
    query = select(ReceiptRow)
    if person_id is not None:
        nobodys = ReceiptRow.person_id.is_(None)
        query = query.where(or_(ReceiptRow.person_id == person_id, nobodys))
    rows = db.scalars(query.order_by(ReceiptRow.deleted_at.desc(), ReceiptRow.id))
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
        person_id=row.person_id,
    )
