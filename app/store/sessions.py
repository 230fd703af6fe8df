"""Sessions: begun, finished, found, and given as values."""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import or_, select

from app.coach.practice_types import Speaking
from app.errors import AppError
from app.store import episodes, outcome
from app.store.owner import owner_lives, process_started
from app.store.plain_text import plain_line
from app.store.tables import ConsentRow, SessionRow
from app.store.types import (
    TITLE_LENGTH,
    ConsentKind,
    KeepPolicy,
    Origin,
    SessionRecord,
    SessionStatus,
)
from app.store.versions import model_version
from app.version import RULES_VERSION, VERSION

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from app.coach.report_types import Report


NOT_AGREED: Final = {
    ConsentKind.OWN: (
        "Nobody has agreed to this recording.",
        "Read the page on consent and agree first.",
    ),
    ConsentKind.PARTNER: (
        "Your partner has not agreed to this recording.",
        "Let them read the page on consent and agree first, or practise without a partner.",
    ),
}
"""What is said where a consent is wanted and does not hold."""
RECORDED: Final = tuple(field.name for field in fields(SessionRecord))
"""Columns that make a record; the others are the store's own."""


@dataclass(frozen=True, slots=True)
class Came:
    """How a session came here, and who else is in it."""

    origin: Origin = Origin.RECORDED
    """Recorded here or imported from a video; what is received is entered where it is opened."""
    partner_consent_id: str | None = None
    """The consent of whoever plays the customer; None where nobody does."""


def begin(
    db: Session,
    *,
    person_id: str | None,
    consent_id: str | None,
    keep_policy: KeepPolicy,
    title: str,
    focus: str | None,
    checklist: str | None,
    scenario: str | None,
    role: Speaking,
    sample: bool,
    now: dt.datetime,
    age_s: float,
    came: Came,
) -> SessionRecord:
    """Enter a session that runs from now on."""
    if not sample:
        _must_hold(db, person_id, consent_id, ConsentKind.OWN)
    if came.partner_consent_id is not None:
        _must_hold(db, person_id, came.partner_consent_id, ConsentKind.PARTNER)
    row = SessionRow(
        id=str(uuid.uuid4()),
        person_id=person_id,
        consent_id=consent_id,
        keep_policy=keep_policy.value,
        title=title,
        started_at=now,
        started_age_s=age_s,
        status=SessionStatus.RUNNING.value,
        owner_pid=os.getpid(),
        owner_started=process_started(os.getpid()),
        focus=focus,
        checklist=checklist,
        scenario=scenario,
        role=role.value,
        sample=sample,
        app_version=VERSION,
        rules_version=RULES_VERSION,
        model_version=model_version(),
        origin=came.origin.value,
        partner_consent_id=came.partner_consent_id,
    )
    db.add(row)
    db.flush()
    return to_record(row)


def finish(db: Session, row: SessionRow, duration_s: float, report: Report | None) -> None:
    """Note a session's end; the report's events are the final ones."""
    if report is not None:
        # What was written while it ran are the same episodes, as far as they got.
        episodes.drop(db, row.id)
        episodes.add(db, row.id, report.events)
        _note(db, row, report)
    row.duration_s = duration_s
    row.status = SessionStatus.FINISHED.value
    row.owner_pid = None
    row.owner_started = None


def renew(db: Session, row: SessionRow, report: Report, now: dt.datetime) -> None:
    """Put another report in the place of a finished session's: it was measured again.

    The former episodes stay, for people's words on them.
    """
    row.measured_at = now
    episodes.add(db, row.id, report.events, now)
    row.duration_s = row.duration_s or report.duration_s
    _note(db, row, report)


def _note(db: Session, row: SessionRow, report: Report) -> None:
    """Note what was found, and that this version measured it, whichever began the session."""
    db.flush()
    outcome.note(db, row, outcome.Made(report))
    row.app_version, row.rules_version = VERSION, RULES_VERSION
    row.model_version = model_version()


def name(db: Session, row: SessionRow, wanted: str, person_id: str | None) -> SessionRecord:
    """Call a session as its owner wants; an empty name gives it its former one again."""
    if not theirs(to_record(row), person_id).nameable:
        raise AppError("This session cannot be renamed.", "Only its owner may give it a name.")
    former = row.title if row.former_title is None else row.former_title
    title = plain_line(wanted)
    # Whole, for a film's may be longer than a name: given again, it is no name.
    back = title in {"", plain_line(former)}
    row.title = former if back else title[:TITLE_LENGTH].rstrip()
    row.former_title = None if back else former
    db.flush()
    return to_record(row)


def find(db: Session, session_id: str) -> SessionRow:
    """Find a session, or say that it is gone."""
    row = db.get(SessionRow, session_id)
    if row is None or row.status == SessionStatus.DELETING:
        raise AppError(
            "This session is not there any more.", "It was deleted. Go back to the list."
        )
    return row


def theirs(record: SessionRecord, person_id: str | None) -> SessionRecord:
    """Refuse a session of another profile; samples are everybody's, also before there is one."""
    if record.person_id is not None and record.person_id != person_id:
        raise AppError(
            "This session belongs to another profile.", "Change to that profile to open it."
        )
    return record


def unfinished(db: Session, person_id: str | None) -> list[SessionRecord]:
    """List sessions that began and never ended, without those that another program runs."""
    query = select(SessionRow).where(SessionRow.status == SessionStatus.RUNNING.value)
    if person_id is not None:
        query = query.where(whose(person_id))
    rows = db.scalars(query.order_by(SessionRow.started_at))
    return [to_record(row) for row in rows if row.owner_pid == os.getpid() or not owner_lives(row)]


def of_person(db: Session, person_id: str) -> list[str]:
    """List the ids of a person's sessions."""
    return list(db.scalars(select(SessionRow.id).where(SessionRow.person_id == person_id)))


def under(db: Session, consent_ids: Sequence[str]) -> list[str]:
    """List the ids of the sessions that were made under one of these consents."""
    return list(db.scalars(select(SessionRow.id).where(SessionRow.consent_id.in_(consent_ids))))


def with_partner(db: Session, consent_ids: Sequence[str]) -> list[str]:
    """List the ids of the sessions with a partner who gave one of these consents."""
    query = select(SessionRow.id).where(SessionRow.partner_consent_id.in_(consent_ids))
    return list(db.scalars(query))


def whose(person_id: str) -> ColumnElement[bool]:
    """Give the condition that a session is this person's, or a sample, which is everybody's."""
    return or_(SessionRow.person_id == person_id, SessionRow.person_id.is_(None))


def to_record(row: SessionRow) -> SessionRecord:
    """Give a row as a value."""
    return record_of({name: getattr(row, name) for name in RECORDED})


def record_of(values: dict[str, Any]) -> SessionRecord:
    """Give a session's columns, each under its name, as a value."""
    role, origin = values["role"], values["origin"]
    typed = {
        "keep_policy": KeepPolicy(values["keep_policy"]),
        "status": SessionStatus(values["status"]),
        "findings": _findings(values["findings"]),
        "role": Speaking.STAFF if role is None else Speaking(role),
        "practices": _practices(values["practices"]),
        "origin": Origin(origin),
    }
    return SessionRecord(**(values | typed))


def _findings(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(json.loads(text))


def _practices(text: str | None) -> dict[str, tuple[int, int]] | None:
    if text is None:
        return None
    return {practice: (done, wrong) for practice, (done, wrong) in json.loads(text).items()}


def _must_hold(
    db: Session, person_id: str | None, consent_id: str | None, kind: ConsentKind
) -> None:
    """Refuse a recording that nobody agreed to."""
    consent = None if consent_id is None else db.get(ConsentRow, consent_id)
    if (
        consent is None
        or consent.withdrawn_at is not None
        or consent.person_id != person_id
        or consent.kind != kind
    ):
        raise AppError(*NOT_AGREED[kind])
