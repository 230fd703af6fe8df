"""The one door to what is kept."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Self

from app.coach.practice_types import Speaking
from app.errors import AppError
from app.paths import data_dir
from app.store import deletion, episodes, expiry, listing, log, outcome, retention, sessions
from app.store.access import Access
from app.store.archive_stage import finish_restore
from app.store.claims import Claims
from app.store.clips import Clips
from app.store.database import DATABASE
from app.store.engine import BUSY_TIMEOUT_S
from app.store.imports import Imports
from app.store.own_normals import OwnNormals
from app.store.profiles import Profiles
from app.store.sessions import Came
from app.store.types import DeletionReason, KeepPolicy, SessionStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.coach.practice_types import Evidence
    from app.coach.report_types import Report
    from app.coach.types import CueEvent, Mark
    from app.store.files import SessionFiles
    from app.store.handover.door import HandOvers
    from app.store.types import Receipt, SessionRecord


def utc_now() -> dt.datetime:
    """Tell the calendar's time."""
    return dt.datetime.now(dt.UTC)


class Store(Profiles):
    """The database and the sessions' folders beside it. May be used from several threads."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.path = access.path
        self.imports = Imports(access)
        """The queue of videos that become sessions."""
        self.clips = Clips(access)
        """The library of best and worst cases."""
        self.claims = Claims(access)
        """Who is at work on which session, where only one may be."""
        self.own_normals = OwnNormals(access)
        """What is usual for each person, measured before any session held it."""

    @cached_property
    def handover(self) -> HandOvers:
        """What was handed over to others, and what they handed over."""
        # Only now: what seals and signs takes a quarter of a second to load.
        from app.store.handover.door import HandOvers  # noqa: PLC0415

        return HandOvers(self._access)

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        *,
        now: Callable[[], dt.datetime] = utc_now,
        busy_timeout_s: float = BUSY_TIMEOUT_S,
    ) -> Self:
        """Open the database, by default this person's, and finish interrupted deletions."""
        if path is None:
            # First: what is entered beside a backup that waits for its place would be lost.
            finish_restore()
            path = data_dir() / DATABASE
        access = Access(path, now=now, busy_timeout_s=busy_timeout_s)
        try:
            deletion.finish_announced(access)
            deletion.sweep(access)
            OwnNormals(access).finish_announced()
            Imports(access).settle()
            Clips(access).sweep()
            outcome.put_right(access)
            access.back_up()
        except BaseException:
            access.close()
            raise
        return cls(access)

    def close(self) -> None:
        """Close all connections."""
        self._access.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def access(self) -> Access:
        """The database, for the other parts of app.store."""
        return self._access

    # Sessions

    def begin_session(
        self,
        *,
        person_id: str | None,
        consent_id: str | None,
        keep_policy: KeepPolicy,
        title: str,
        focus: str | None = None,
        checklist: str | None = None,
        scenario: str | None = None,
        role: Speaking = Speaking.STAFF,
        sample: bool = False,
        partner_consent_id: str | None = None,
    ) -> SessionRecord:
        """Enter a session that runs from now on, and make its folder."""
        with self._access.write() as db:
            now = self._access.now()
            record = sessions.begin(
                db,
                person_id=person_id,
                consent_id=consent_id,
                keep_policy=keep_policy,
                title=title,
                focus=focus,
                checklist=checklist,
                scenario=scenario,
                role=role,
                sample=sample,
                now=now,
                age_s=retention.look(db, now),
                came=Came(partner_consent_id=partner_consent_id),
            )
            # Within the transaction: a session that has no room for its folder does not begin.
            self._access.files(record.id).make()
        return record

    def finish_session(
        self, session_id: str, *, duration_s: float, report: Report | None = None
    ) -> SessionRecord | None:
        """Note a session's end and keep what its policy allows; None where it keeps nothing.

        The report's events replace those that were written while the session ran.
        """
        policy = self.session(session_id).keep_policy
        if policy is KeepPolicy.NOTHING:
            self.delete_session(session_id)
            return None
        files = self.files(session_id)
        files.make()  # it may have been deleted by hand while the session ran
        if policy is KeepPolicy.REPORT_ONLY:
            files.keep_report_only()
        if report is not None:
            files.write_report(report)
        with self._access.write() as db:
            row = sessions.find(db, session_id)
            if row.status != SessionStatus.RUNNING:
                raise AppError("This session is finished already.", "Open it from the list.")
            sessions.finish(db, row, duration_s, report)
            return sessions.to_record(row)

    def sessions(self, search: str = "", *, person_id: str | None = None) -> list[SessionRecord]:
        """List sessions, newest first; each word sought is in title, date or notes.

        With a person's id theirs and the samples, which are nobody's; without one everybody's,
        which is for upkeep and never for a screen.
        """
        with self._access.read() as db:
            return listing.listed(db, search, person_id)

    def session(self, session_id: str) -> SessionRecord:
        """Give one session; an AppError where it is gone, or was shared and has ended."""
        with self._access.read() as db:
            record = sessions.to_record(sessions.find(db, session_id))
            expiry.may_open(db, session_id, self._access.now())
            return record

    def session_of(self, session_id: str, person_id: str | None) -> SessionRecord:
        """Give one session to whoever uses the program; an AppError where it is another's."""
        return sessions.theirs(self.session(session_id), person_id)

    def name_session(self, session_id: str, name: str, person_id: str | None) -> SessionRecord:
        """Call a session as its owner wants; an empty name gives it its former one again."""
        with self._access.write() as db:
            return sessions.name(db, sessions.find(db, session_id), name, person_id)

    def unfinished(self, person_id: str | None = None) -> list[SessionRecord]:
        """List sessions that were cut off, oldest first; not those that another program runs."""
        with self._access.read() as db:
            return sessions.unfinished(db, person_id)

    def note_practices(self, session_id: str, found: Sequence[Evidence]) -> SessionRecord:
        """Note how often each practice holds after what people said; the last look counts."""
        with self._access.write() as db:
            row = sessions.find(db, session_id)
            marks = episodes.as_they_hold(db, session_id, log.read(db, session_id))
            outcome.note_practices(row, found, marks)
            return sessions.to_record(row)

    def files(self, session_id: str) -> SessionFiles:
        """Give the folder of a session, which may be gone; refused where a share has ended."""
        with self._access.read() as db:
            expiry.may_open(db, session_id, self._access.now())
        return self._access.files(session_id)

    def report(self, session_id: str) -> Report | None:
        """Give the kept report of a session; None where there is none."""
        return self.files(session_id).read_report()

    # What was said and what was found

    def append_marks(self, session_id: str, marks: Sequence[Mark]) -> list[Mark]:
        """Append to the log of what people say; gives the marks with their ids.

        A verdict outranks the machine in the list of sessions too.
        """
        files = self._access.files(session_id)
        made = outcome.made(files, marks)
        with self._access.write() as db:
            row = sessions.find(db, session_id)
            expiry.may_open(db, session_id, self._access.now())
            stored = log.append(db, session_id, marks, self._access.now())
            if made is not None:
                outcome.note(db, row, outcome.renewed(made, files, marks))
            return stored

    def marks(self, session_id: str, *, effective: bool = True) -> list[Mark]:
        """Give what holds after revisions and tombstones, by time; or else the whole log.

        Of a session that was measured again, verdicts are on the episodes as they are now.
        """
        with self._access.read() as db:
            expiry.may_open(db, session_id, self._access.now())
            entries = episodes.as_they_hold(db, session_id, log.read(db, session_id))
        return log.effective(entries) if effective else entries

    def said_at(self, session_id: str) -> dict[str, dt.datetime]:
        """Tell when each entry of the log was made, UTC, by its id."""
        with self._access.read() as db:
            return log.said_at(db, session_id)

    def reviewed(self) -> frozenset[str]:
        """Give the ids of the sessions that a trainer wrote a review of."""
        with self._access.read() as db:
            return log.reviewed(db)

    def add_events(self, session_id: str, events: Sequence[CueEvent]) -> None:
        """Write episodes that ended while the session runs."""
        with self._access.write() as db:
            row = sessions.find(db, session_id)
            if row.status != SessionStatus.RUNNING:
                raise AppError("This session is finished already.", "Open it from the list.")
            episodes.add(db, session_id, events)

    def events(self, session_id: str) -> list[CueEvent]:
        """Give the machine's events by start."""
        with self._access.read() as db:
            expiry.may_open(db, session_id, self._access.now())
            return episodes.read(db, session_id)

    # Deleting

    def delete_session(
        self, session_id: str, reason: DeletionReason = DeletionReason.ASKED
    ) -> Receipt:
        """Delete a session with everything in it; the receipt says how much, not what."""
        with self._access.write() as db:
            sessions.find(db, session_id)
            deletion.announce(self._access, db, [session_id], reason)
        return deletion.carry_out(self._access, [session_id])[0]

    def enforce_retention(self, now: dt.datetime | None = None) -> list[Receipt]:
        """Delete what was kept as long as its consents allow, and shares whose time is over.

        What cannot be deleted now is out of the list, and tried again at the next start.
        """
        now = now or self._access.now()
        with self._access.write() as db:
            age_s = retention.look(db, now)
            self.own_normals.sweep(db, age_s)
            over = expiry.over(db, age_s)
            expired = expiry.expired(db, now, age_s)
            deletion.announce(
                self._access, db, expiry.withdrawn(db), DeletionReason.SHARE_WITHDRAWN
            )
            deletion.announce(self._access, db, expired, DeletionReason.EXPIRED)
            deletion.announce(self._access, db, over, DeletionReason.RETENTION)
        own = self.own_normals.finish_announced()
        return deletion.finish_announced(self._access) + own
