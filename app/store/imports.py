"""The queue of videos that are analysed in the background: what waits, who works on what."""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from app.coach.practice_types import Speaking
from app.errors import AppError
from app.store import consents, retention, sessions
from app.store.files import SessionFiles
from app.store.import_rows import (
    CLEARED,
    FOLDER,
    Import,
    ImportState,
    drop_half,
    import_files,
    is_paused,
    known,
    listed,
    settle_row,
    to_value,
    twice_words,
)
from app.store.owner import owner_lives, process_started
from app.store.plain_text import plain_line
from app.store.tables_sharing import ImportRow
from app.store.types import KeepPolicy, Origin

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from app.coach.report_types import Report
    from app.store.access import Access
    from app.store.types import SessionRecord

__all__ = ["KEEPABLE", "Import", "ImportState", "Imports"]

KEEPABLE: Final = (KeepPolicy.PICTURE_AND_SOUND, KeepPolicy.VOICE_AND_STICK, KeepPolicy.REPORT_ONLY)
"""What can be kept of a video: to import one and keep nothing makes no sense."""
AGAIN: Final = frozenset(
    state.value for state in (ImportState.FAILED, ImportState.PAUSED, ImportState.TWICE)
)
"""States from which a video can be taken up; one that is done has its session already."""


class Imports:
    """The queue, in the database. May be used from several threads and programs."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def files(self, import_id: str) -> SessionFiles:
        """Give the folder that the analysis writes to until it is a session."""
        return import_files(self._access, import_id)

    def add(
        self,
        person_id: str,
        videos: Sequence[tuple[Path, str | None]],
        keep: KeepPolicy,
        *,
        mine: bool = False,
    ) -> list[Import]:
        """Put videos with their fingerprints at the end of the queue.

        What was imported before, or waits already, is entered as such and waits for a decision.
        `mine` keeps other programs from taking them up while this one lives, and does not rest
        where the person lets the queue of the window rest.
        """
        if keep not in KEEPABLE:
            raise ValueError(f"{keep} cannot be kept of a video")
        pid = os.getpid() if mine else None
        with self._access.write() as db:
            last = db.scalar(select(func.max(ImportRow.place))) or 0.0
            paused = not mine and is_paused(db, person_id)
            added: list[ImportRow] = []
            for at, (path, print_) in enumerate(videos, 1):
                before = known(db, person_id, print_)
                row = ImportRow(
                    id=str(uuid.uuid4()),
                    person_id=person_id,
                    path=str(path),
                    title=plain_line(path.stem) or "?",
                    state=(ImportState.PAUSED if paused else ImportState.WAITING).value,
                    progress=0.0,
                    added_at=self._access.now(),
                    keep_policy=keep.value,
                    place=last + at,
                    fingerprint=print_,
                    owner_pid=pid,
                    owner_started=process_started(pid) if pid is not None else None,
                )
                if before is not None:
                    row.state = ImportState.TWICE.value
                    row.what, row.remedy = twice_words(db, before, path)
                db.add(row)
                db.flush()
                added.append(row)
            return [to_value(row) for row in added]

    def listed(self, person_id: str) -> list[Import]:
        """List a person's videos in their order."""
        with self._access.read() as db:
            return listed(db, person_id)

    def one(self, import_id: str) -> Import | None:
        """Give a video; None where it was taken out of the queue."""
        with self._access.read() as db:
            row = db.get(ImportRow, import_id)
            return None if row is None else to_value(row)

    # Working through it

    def settle(self) -> None:
        """Put right what a kill left: half a session goes, its video waits again."""
        folder = self._access.path.parent / FOLDER
        # Listed before the rows are: what another program takes up from here on is not touched.
        folders = list(folder.iterdir()) if folder.is_dir() else []
        with self._access.write() as db:
            running = db.scalars(
                select(ImportRow).where(ImportRow.state == ImportState.RUNNING.value)
            )
            for row in running:
                if not owner_lives(row):
                    settle_row(self._access, db, row)
            known_ids = set(db.scalars(select(ImportRow.id)))
        for left in folders:
            if left.is_dir() and left.name not in known_ids:
                SessionFiles(left).delete()

    def claim(self, only: Collection[str] | None = None) -> Import | None:
        """Take the next video that waits; None where there is none for this program."""
        query = select(ImportRow).where(ImportRow.state == ImportState.WAITING.value)
        with self._access.write() as db:
            for row in db.scalars(query.order_by(ImportRow.place)):
                mine = row.owner_pid == os.getpid()
                taken = not mine and owner_lives(row)
                if taken or (only is not None and row.id not in only):
                    continue
                row.state, row.progress = ImportState.RUNNING.value, 0.0
                row.what = row.remedy = None
                row.owner_pid, row.owner_started = os.getpid(), process_started(os.getpid())
                return to_value(row)
        return None

    def begin_session(self, import_id: str, *, checklist: str | None = None) -> SessionRecord:
        """Enter the session of a video whose analysis is done; a kill from here on is settled.

        With a checklist, its id, the person can say how it went before the report is read.

        Raises
        ------
        AppError
            Where nobody agreed any more.
        """
        with self._access.write() as db:
            row = db.get(ImportRow, import_id)
            if row is None:
                raise AppError("This video was taken out of the queue.", "Add it again.")
            consent = consents.holding(db, row.person_id)
            now = self._access.now()
            record = sessions.begin(
                db,
                person_id=row.person_id,
                consent_id=None if consent is None else consent.id,
                keep_policy=KeepPolicy(row.keep_policy),
                title=row.title,
                focus=None,
                checklist=checklist,
                scenario=None,
                role=Speaking.STAFF,
                sample=False,
                now=now,
                age_s=retention.look(db, now),
                came=sessions.Came(Origin.IMPORTED),
            )
            row.session_id = record.id
            self._access.files(record.id).make()
            return record

    def adopt(self, import_id: str, session_id: str) -> None:
        """Move what the analysis wrote into the session's folder."""
        self._access.files(session_id).take_over(self.files(import_id))

    def renew(self, session_id: str, report: Report) -> SessionRecord:
        """Put another report in the place of a finished session's: it was analysed again."""
        with self._access.write() as db:
            row = sessions.find(db, session_id)
            # Within the transaction: a verdict that is given meanwhile finds both or neither.
            self._access.files(session_id).write_report(report)
            sessions.renew(db, row, report, self._access.now())
            return sessions.to_record(row)

    def note_progress(self, import_id: str, progress: float) -> None:
        """Note how far a video is, for other programs that look."""
        self._set(import_id, ImportState.RUNNING, progress=progress)

    def done(self, import_id: str) -> None:
        """Note that its session is there."""
        self._set(import_id, ImportState.DONE, progress=1.0)

    def failed(self, import_id: str, error: AppError) -> None:
        """Note what went wrong; nothing of the video is kept then."""
        with self._access.write() as db:
            row = db.get(ImportRow, import_id)
            if row is not None:
                drop_half(self._access, db, row)
                row.state, row.progress = ImportState.FAILED.value, 0.0
                row.what, row.remedy = error.what, error.remedy
        self.files(import_id).delete()

    def give_back(self, import_id: str, *, paused: bool = False) -> None:
        """Let a video wait again, or rest, whose analysis was broken off."""
        with self._access.write() as db:
            row = db.get(ImportRow, import_id)
            if row is not None and row.state == ImportState.RUNNING.value:
                settle_row(self._access, db, row)
                if paused and row.state == ImportState.WAITING.value:
                    row.state = ImportState.PAUSED.value

    # What hands do with it

    def pause(self, person_id: str) -> None:
        """Let everything of a person rest, also over a restart."""
        self._turn(person_id, ImportState.WAITING, ImportState.PAUSED)

    def resume(self, person_id: str) -> None:
        """Go on where it rested."""
        self._turn(person_id, ImportState.PAUSED, ImportState.WAITING)

    def again(self, import_id: str) -> None:
        """Take a video up that had failed, rested or was there twice."""
        with self._access.write() as db:
            row = db.get(ImportRow, import_id)
            if row is not None and row.state in AGAIN:
                row.state, row.what, row.remedy = ImportState.WAITING.value, None, None

    def move(self, import_id: str, by: int) -> None:
        """Let a video that waits change places with the one before or after it."""
        movable = (ImportState.WAITING.value, ImportState.PAUSED.value)
        with self._access.write() as db:
            row = db.get(ImportRow, import_id)
            if row is None:
                return
            query = select(ImportRow).where(
                ImportRow.person_id == row.person_id, ImportRow.state.in_(movable)
            )
            waiting = list(db.scalars(query.order_by(ImportRow.place)))
            at = next((n for n, one in enumerate(waiting) if one.id == import_id), None)
            if at is not None and 0 <= at + by < len(waiting):
                other = waiting[at + by]
                row.place, other.place = other.place, row.place

    def remove(self, import_id: str) -> None:
        """Take a video out of the queue; its session, where there is one, stays.

        One that is worked on, perhaps by another program, is left alone with its folder.
        """
        with self._access.write() as db:
            row = db.get(ImportRow, import_id)
            if row is not None:
                if row.state == ImportState.RUNNING.value:
                    return
                db.delete(row)
        self.files(import_id).delete()

    def clear_done(self, person_id: str) -> None:
        """Take what is done out of the list; the same video is still known again."""
        with self._access.write() as db:
            done = (ImportRow.person_id == person_id, ImportRow.state == ImportState.DONE.value)
            db.execute(update(ImportRow).where(*done).values(place=CLEARED, path=""))

    def _turn(self, person_id: str, before: ImportState, after: ImportState) -> None:
        with self._access.write() as db:
            theirs = (ImportRow.person_id == person_id, ImportRow.state == before.value)
            db.execute(update(ImportRow).where(*theirs).values(state=after.value))

    def _set(self, import_id: str, state: ImportState, *, progress: float) -> None:
        with self._access.write() as db:
            row = db.get(ImportRow, import_id)
            if row is not None:
                row.state, row.progress = state.value, progress
