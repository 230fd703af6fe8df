"""Keeping a shared session: all of it or nothing, also where the program is killed half way."""

from __future__ import annotations

import datetime as dt
import math
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete

from app.coach.types import Lane
from app.errors import AppError
from app.store import consents, episodes, expiry, log, outcome, retention
from app.store.files import RECORDING
from app.store.handover import layout
from app.store.handover.letter_json import total_size
from app.store.handover.parts import load_marks, load_shared
from app.store.handover.refusals import Damaged, Expired, NoRoom, Withdrawn, WrongCalendar
from app.store.report_file import load_report
from app.store.tables import ConsentRow, FactRow, SessionRow
from app.store.tables_sharing import WithdrawalRow
from app.store.types import ConsentKind, DeletionReason, KeepPolicy, Origin, SessionStatus
from app.store.words import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from app.coach.report_types import Report
    from app.coach.types import Mark
    from app.store.access import Access
    from app.store.files import SessionFiles
    from app.store.handover.opening import Opened
    from app.store.handover.parts import Said
    from app.store.handover.types import Entry, Letter, Shared

CONSENT_VERSION: Final = "handed over"
PURPOSE: Final = "Review by the person that its owner handed it to"
SEEN_BY: Final = "Only the profile that opened it"
CLOCKS_DIFFER: Final = dt.timedelta(days=1)
"""Two computers' calendars may differ by so much without anything being wrong."""
SPARE_BYTES: Final = 64 << 20
WHOLE: Final = frozenset({layout.SESSION, layout.REPORT, layout.MARKS})
"""Files that are read as a whole; the others go straight to the session's folder."""
OWNERS: Final = "owner-"
"""Before the names of the owner's spoken comments, so that no later one takes their place."""


def must_be_open(db: Session, letter: Letter, now: dt.datetime) -> None:
    """Refuse a share that was taken back, or whose time is over by either clock.

    The first look at a share ties its end to the retention clock, so that a calendar set back
    later opens nothing.
    """
    if _taken_back(db, letter):
        raise Withdrawn
    if now < letter.made_at - CLOCKS_DIFFER:
        raise WrongCalendar
    age_s = retention.look(db, now)
    ends_s = age_s + (_end(letter) - max(now, letter.made_at)).total_seconds()
    fact = db.get(FactRow, name := _fact(letter))
    if fact is not None:
        ends_s = min(ends_s, float(fact.value))
        fact.value = repr(ends_s)
    else:
        db.add(FactRow(key=name, value=repr(ends_s)))
    if now >= _end(letter) or age_s >= ends_s:
        raise Expired(f"{_end(letter).astimezone():%d %B %Y}")


def receive(
    access: Access,
    opened: Opened,
    person_id: str,
    step: Callable[[float], None] | None = None,
) -> str:
    """Keep a shared session for a person; gives its id."""
    letter = opened.letter
    session_id = session_of(letter, person_id)
    begun = _begin(access, letter, session_id, person_id)
    if begun is None:
        return session_id
    files = access.files(session_id)
    try:
        files.delete()  # what a killed program left
        files.make()
        _must_fit(files, letter)
        whole = _pour(opened, files, step)
        shared = load_shared(whole[layout.SESSION])
        report = _report(whole, shared)
        marks = load_marks(whole[layout.MARKS])
        _must_be_the_owners(marks, letter, person_id, report.duration_s if report else None)
        read_words(files)
        if report is not None:
            files.write_report(report)
        _finish(access, letter, session_id, shared, report, marks)
    except BaseException:
        files.delete()
        with access.write() as db:
            db.execute(delete(SessionRow).where(SessionRow.id == session_id))
            db.execute(delete(ConsentRow).where(ConsentRow.id == begun))
        raise
    return session_id


def session_of(letter: Letter, person_id: str) -> str:
    """Give the id that a share has here: the same whenever the same person opens it."""
    return str(uuid.uuid5(uuid.UUID(letter.share_id), f"{letter.sender.public_key} {person_id}"))


def _begin(access: Access, letter: Letter, session_id: str, person_id: str) -> str | None:
    """Enter the session as one that is being deleted; gives its consent, None where it is there.

    A program that is killed before it is whole leaves what the next start deletes.
    """
    with access.write() as db:
        now = access.now()
        must_be_open(db, letter, now)
        there = db.get(SessionRow, session_id)
        if there is not None:
            if there.status == SessionStatus.FINISHED:
                return None
            raise AppError(
                "This share is just being opened or deleted by another window of Rapport.",
                "Close the other windows, start Rapport again and open the file once more.",
            )
        age_s = retention.look(db, now)
        ends_s = float(db.get_one(FactRow, _fact(letter)).value)
        days = max(1, math.ceil((_end(letter) - now).total_seconds() / expiry.DAY_S))
        consent = consents.record(
            db,
            person_id,
            version=CONSENT_VERSION,
            purpose=PURPOSE,
            retention_days=days,
            seen_by=SEEN_BY,
            now=now,
            kind=ConsentKind.SHARED,
            given_by=letter.sender.name,
        )
        db.add(
            SessionRow(
                id=session_id,
                person_id=person_id,
                consent_id=consent.id,
                keep_policy=KeepPolicy.REPORT_ONLY.value,
                title="",
                started_at=letter.made_at,
                started_age_s=age_s,
                status=SessionStatus.DELETING.value,
                deletion_reason=DeletionReason.ASKED.value,
                origin=Origin.RECEIVED.value,
                owner_name=letter.sender.name,
                share_id=letter.share_id,
                sender_key=letter.sender.public_key,
                expires_at=letter.expires_at,
                expires_age_s=ends_s,
                sample=False,
                app_version="",
                rules_version=0,
                model_version="",
            )
        )
        return consent.id


def _fact(letter: Letter) -> str:
    return f"share {letter.share_id} {letter.sender.public_key}"


def _taken_back(db: Session, letter: Letter) -> bool:
    return db.get(WithdrawalRow, (letter.share_id, letter.sender.public_key)) is not None


def _end(letter: Letter) -> dt.datetime:
    """Give the end of a share; there is none that has no end."""
    if letter.expires_at is None:
        raise Damaged
    return letter.expires_at


def _must_fit(files: SessionFiles, letter: Letter) -> None:
    needed = total_size(letter.entries) + SPARE_BYTES
    if files.free_bytes() < needed:
        raise NoRoom(math.ceil(needed / (1 << 20)))


def _pour(
    opened: Opened, files: SessionFiles, step: Callable[[float], None] | None
) -> dict[str, bytes]:
    """Write the large files to the folder; gives the small ones."""
    whole: dict[str, bytes] = {}
    size = max(1, total_size(opened.letter.entries))
    done = 0

    def take(entry: Entry, pieces: Iterator[bytes]) -> None:
        nonlocal done
        if entry.name in WHOLE:
            whole[entry.name] = b"".join(pieces)
            done += entry.size
            return
        name = f"{OWNERS}{entry.name}" if layout.is_spoken(entry.name) else entry.name
        with files.open_write(name) as file:
            for piece in pieces:
                file.write(piece)
                done += len(piece)
                if step is not None:
                    step(done / size)

    opened.pour(take)
    return whole


def _report(whole: dict[str, bytes], shared: Shared) -> Report | None:
    """Read the report; its length is the span's, whatever it says."""
    if layout.REPORT not in whole:
        return None
    report = load_report(whole[layout.REPORT], layout.REPORT)
    return replace(report, duration_s=min(report.duration_s, shared.end_s - shared.start_s))


def _must_be_the_owners(
    marks: Sequence[Said], letter: Letter, person_id: str, duration_s: float | None
) -> None:
    """Refuse a share with marks of anybody else's: nobody puts words into the trainer's mouth."""
    for said in marks:
        mark = said.mark
        foreign = mark.author in {person_id, ""} or mark.lane is Lane.TRAINER
        late = duration_s is not None and mark.t > duration_s + 1.0
        if foreign or late or mark.revises or mark.tombstone:
            raise Damaged
    if letter.sender.author == person_id:
        raise Damaged


def _finish(
    access: Access,
    letter: Letter,
    session_id: str,
    shared: Shared,
    report: Report | None,
    marks: Sequence[Said],
) -> None:
    """Enter what it is; from here on it is in the list."""
    files = access.files(session_id)
    with access.write() as db:
        row = db.get(SessionRow, session_id)
        if row is None or _taken_back(db, letter):
            raise AppError("The share was not opened to its end.", "Open the file once more.")
        row.title, row.started_at = shared.title, shared.started_at
        row.keep_policy = _policy(shared, files).value
        row.focus, row.checklist, row.scenario = shared.focus, shared.checklist, shared.scenario
        row.role = shared.role
        row.app_version, row.rules_version = shared.app_version, shared.rules_version
        row.model_version = shared.model_version
        row.duration_s = report.duration_s if report else shared.end_s - shared.start_s
        row.deletion_reason = None
        row.status = SessionStatus.FINISHED.value
        if report is not None:
            episodes.add(db, session_id, report.events)
        for said in marks:
            log.enter(db, session_id, _here(said, session_id), said.at)
        outcome.note(db, row, outcome.Made(report))


def _policy(shared: Shared, files: SessionFiles) -> KeepPolicy:
    """Tell what is there, not what it says: without a recording only the report is kept."""
    if not files.has(RECORDING):
        return KeepPolicy.REPORT_ONLY
    if shared.keep_policy is KeepPolicy.PICTURE_AND_SOUND:
        return shared.keep_policy
    return KeepPolicy.VOICE_AND_STICK


def _here(said: Said, session_id: str) -> Mark:
    """Give a mark its id here: two profiles of one machine may open the same share."""
    mark = said.mark
    data = dict(mark.data)
    if "sound" in data:
        data["sound"] = f"{OWNERS}{data['sound']}" if layout.is_spoken(data["sound"]) else ""
    return replace(mark, id=str(uuid.uuid5(uuid.UUID(session_id), mark.id)), data=data)
