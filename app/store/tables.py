"""The tables. The database holds what is searched; curves and recordings lie in folders."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, MetaData, TypeDecorator, text
from sqlalchemy.engine import Dialect  # noqa: TC002 -- SQLAlchemy reads annotations at run time
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints, so that a later migration can name them."""
NOTES: Final = "kind = 'note' OR tombstone"
"""Entries that notes are made of: few among many, and sought in all sessions at once."""


class UtcTime(TypeDecorator[dt.datetime]):
    """Times with their zone: kept as UTC, given back as UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(
        self, value: dt.datetime | None, _dialect: Dialect
    ) -> dt.datetime | None:
        """Take the zone off, for SQLite has none."""
        return None if value is None else value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(
        self, value: dt.datetime | None, _dialect: Dialect
    ) -> dt.datetime | None:
        """Put the zone on again."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {dt.datetime: UtcTime}  # noqa: RUF012 -- declared by SQLAlchemy


class PersonRow(Base):
    """Somebody who practises."""

    __tablename__ = "persons"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    """The name without case, by which a person is found again."""
    created_at: Mapped[dt.datetime]
    role: Mapped[str] = mapped_column(server_default="staff")
    """What they mostly do here: "staff" or "trainer"; it opens nothing that is not theirs."""
    removed_at: Mapped[dt.datetime | None]
    """When the profile was removed; its name is gone since."""


class ConsentRow(Base):
    """What a person agreed to. Withdrawn, never changed."""

    __tablename__ = "consents"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    version: Mapped[str]
    purpose: Mapped[str]
    retention_days: Mapped[int]
    seen_by: Mapped[str]
    given_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]
    kind: Mapped[str] = mapped_column(server_default="own")
    """ "own"; "partner", given by somebody who played the customer; "shared", under which a
    session was handed over to this person."""
    given_by: Mapped[str | None]
    """Name of the partner or of the owner who gave it; None where it is the person's own."""

    __table_args__ = (CheckConstraint("retention_days >= 1", name="retention"),)


class SessionRow(Base):
    """One session."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"), index=True)
    consent_id: Mapped[str | None] = mapped_column(ForeignKey("consents.id"), index=True)
    keep_policy: Mapped[str]
    title: Mapped[str]
    """As it is called now."""
    started_at: Mapped[dt.datetime] = mapped_column(index=True)
    started_age_s: Mapped[float]
    """Reading of the retention clock when it began, seconds; see app.store.retention."""
    duration_s: Mapped[float | None]
    status: Mapped[str] = mapped_column(index=True)
    deletion_reason: Mapped[str | None]
    """Why it is being deleted, so that an interrupted deletion can be finished."""
    deletion_files: Mapped[int | None]
    """How many files it had when its deletion began."""
    deletion_bytes: Mapped[int | None]
    """How large they were together, bytes."""
    owner_pid: Mapped[int | None]
    """Process that runs it; None once it is finished."""
    owner_started: Mapped[float | None]
    """When that process began, seconds since 1970: process numbers are used again."""
    focus: Mapped[str | None]
    checklist: Mapped[str | None]
    scenario: Mapped[str | None]
    """Id of the scenario that was practised; None for a free talk."""
    role: Mapped[str | None]
    """On which side of the counter the person stood; None as staff."""
    origin: Mapped[str] = mapped_column(server_default="recorded")
    """ "recorded" here, "imported" from a video, or "received" from its owner."""
    partner_consent_id: Mapped[str | None] = mapped_column(index=True)
    """The consent of whoever played the customer; None where nobody did."""
    owner_name: Mapped[str | None]
    """Who handed a received session over."""
    share_id: Mapped[str | None] = mapped_column(index=True)
    """The hand-over that a received session came by."""
    sender_key: Mapped[str | None]
    """Ed25519 key of who signed that hand-over, 64 hexadecimal digits: only they take it back."""
    expires_at: Mapped[dt.datetime | None]
    """From when on a received session opens no more."""
    expires_age_s: Mapped[float | None]
    """The same on the retention clock, seconds: a calendar that was set back opens nothing."""
    sample: Mapped[bool]
    findings: Mapped[str | None]
    """JSON list of cue ids."""
    practices: Mapped[str | None]
    """JSON object of practice id to [times done, times done wrongly]; None without words."""
    app_version: Mapped[str]
    rules_version: Mapped[int]
    model_version: Mapped[str]
    measured_at: Mapped[dt.datetime | None]
    """When it was measured again last; None where the first time holds."""
    former_title: Mapped[str | None]
    """What it was called before its owner gave it a name; None where nobody did."""

    __table_args__ = (
        CheckConstraint(
            "sample OR (person_id IS NOT NULL AND consent_id IS NOT NULL)", name="consented"
        ),
    )


class MarkRow(Base):
    """One entry of the append-only log of what a hand or the program said."""

    __tablename__ = "marks"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    """Place in the log of this machine."""
    id: Mapped[str] = mapped_column(unique=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    author: Mapped[str]
    lane: Mapped[str]
    t: Mapped[float]
    kind: Mapped[str]
    data: Mapped[str]
    """JSON object, all text."""
    revises: Mapped[str]
    """Id of the mark that this one replaces. No foreign key: merged logs come in any order."""
    tombstone: Mapped[bool]
    created_at: Mapped[dt.datetime]

    __table_args__ = (Index("ix_marks_notes", "session_id", sqlite_where=text(NOTES)),)


class EventRow(Base):
    """One episode that the cue engine found. Immutable."""

    __tablename__ = "events"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    cue: Mapped[str] = mapped_column(index=True)
    start_s: Mapped[float]
    end_s: Mapped[float]
    peak: Mapped[float]
    threshold: Mapped[float]
    own_normal: Mapped[float | None]
    lost: Mapped[bool]
    measured_at: Mapped[dt.datetime | None]
    """When the session was measured again and it was found; None for the first time."""


class ReceiptRow(Base):
    """Proof that a session was deleted, or an own normal that was kept by itself."""

    __tablename__ = "receipts"

    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str]
    deleted_at: Mapped[dt.datetime]
    reason: Mapped[str]
    files: Mapped[int]
    size_bytes: Mapped[int]
    marks: Mapped[int]
    events: Mapped[int]
    person_id: Mapped[str | None] = mapped_column(index=True)
    """Whose session it was: a receipt is shown to them only."""


class FactRow(Base):
    """What the store has to remember about itself."""

    __tablename__ = "facts"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
