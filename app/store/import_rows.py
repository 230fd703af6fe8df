"""A video in the queue, as a value and as a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import case, delete, func, select

from app.store.files import SessionFiles
from app.store.tables import EventRow, MarkRow, SessionRow
from app.store.tables_sharing import ImportRow
from app.store.types import KeepPolicy, SessionStatus

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from app.store.access import Access

FOLDER: Final = "imports"
"""Beside the sessions: what a video's analysis writes before there is a session for it."""
CLEARED: Final = -1.0
"""Place of what is done and was taken out of the list."""


class ImportState(StrEnum):
    """How far a video is. The values are stable: the database carries them."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    TWICE = "twice"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Import:
    """A video in the queue."""

    id: str
    """UUID."""
    person_id: str
    """Whose session it becomes."""
    path: Path
    """Where the video is; it is read there and left as it is."""
    title: str
    """Title of the session."""
    state: ImportState
    """How far it is."""
    progress: float
    """0 to 1."""
    what: str
    """What went wrong, or where it was imported before; empty otherwise."""
    remedy: str
    """What to do about it."""
    session_id: str | None
    """The session that was made of it."""
    keep: KeepPolicy
    """What is kept of it."""
    added_at: dt.datetime
    """When it was put into the queue, UTC."""
    named: str = ""
    """The name that its owner gave to the session that was made of it; empty without one."""


def import_files(access: Access, import_id: str) -> SessionFiles:
    """Give the folder that the analysis of a video writes to until it is a session."""
    return SessionFiles(access.path.parent / FOLDER / import_id)


def settle_row(access: Access, db: Session, row: ImportRow) -> None:
    """Finish the step at which the work was broken off, or undo it."""
    entry = db.get(SessionRow, row.session_id) if row.session_id else None
    if entry is not None and entry.status != SessionStatus.RUNNING.value:
        row.state, row.progress = ImportState.DONE.value, 1.0
        return
    drop_half(access, db, row)
    row.state, row.progress = ImportState.WAITING.value, 0.0
    row.owner_pid = row.owner_started = None


def drop_half(access: Access, db: Session, row: ImportRow) -> None:
    """Delete a session that never became one, and what was written for it."""
    import_files(access, row.id).delete()
    entry = db.get(SessionRow, row.session_id) if row.session_id else None
    if entry is not None and entry.status == SessionStatus.RUNNING.value:
        access.files(entry.id).delete()
        for table in (MarkRow, EventRow):
            db.execute(delete(table).where(table.session_id == entry.id))
        db.delete(entry)
    row.session_id = None


def is_paused(db: Session, person_id: str) -> bool:
    """Whether a person lets the queue rest: what is added rests too."""
    query = select(func.count()).where(
        ImportRow.person_id == person_id, ImportRow.state == ImportState.PAUSED.value
    )
    return bool(db.scalar(query.select_from(ImportRow)))


def forget_session(db: Session, session_id: str) -> None:
    """Forget which video a session was made of: the session is being deleted."""
    db.execute(delete(ImportRow).where(ImportRow.session_id == session_id))


def forget_person(access: Access, db: Session, person_id: str) -> None:
    """Forget a person's videos: they took their consent back, or their profile goes."""
    for row in db.scalars(select(ImportRow).where(ImportRow.person_id == person_id)):
        import_files(access, row.id).delete()
        db.delete(row)


def known(db: Session, person_id: str, print_: str | None) -> ImportRow | None:
    """Find the same video among a person's, waiting or imported."""
    if print_ is None:
        return None
    query = select(ImportRow).where(
        ImportRow.person_id == person_id,
        ImportRow.fingerprint == print_,
        ImportRow.state.not_in((ImportState.FAILED.value, ImportState.TWICE.value)),
    )
    return db.scalars(query.order_by(ImportRow.added_at).limit(1)).first()


def listed(db: Session, person_id: str) -> list[Import]:
    """List a person's videos in their order, with the names that their sessions got since."""
    named = case((SessionRow.former_title.is_not(None), SessionRow.title), else_="")
    query = (
        select(ImportRow, named)
        .outerjoin(SessionRow, SessionRow.id == ImportRow.session_id)
        .where(ImportRow.person_id == person_id, ImportRow.place != CLEARED)
        .order_by(ImportRow.place)
    )
    return [to_value(row, name) for row, name in db.execute(query)]


def twice_words(db: Session, known: ImportRow, path: Path) -> tuple[str, str]:
    """Say that a video was there before, and what to do."""
    session = None if known.session_id is None else db.get(SessionRow, known.session_id)
    title = known.title if session is None else session.title
    day = f"{known.added_at.astimezone():%d %B %Y}"
    if known.state == ImportState.DONE.value:
        what = f"This video was imported on {day} already, as “{title}”."
    else:
        what = f"This video is in the list already, as “{title}”."
    return what, f"Skip {path.name}, or import it once more all the same."


def to_value(row: ImportRow, named: str = "") -> Import:
    """Give a row as a value."""
    return Import(
        id=row.id,
        person_id=row.person_id,
        path=Path(row.path),
        title=row.title,
        state=ImportState(row.state),
        progress=row.progress,
        what=row.what or "",
        remedy=row.remedy or "",
        session_id=row.session_id,
        keep=KeepPolicy(row.keep_policy),
        added_at=row.added_at,
        named=named,
    )
