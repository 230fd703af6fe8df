"""The tables of sharing, importing and the library of clips."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- SQLAlchemy reads annotations at run time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables import Base

__all__ = ["Base", "ClipRow", "ContactRow", "ImportRow", "ShareRow", "WithdrawalRow"]


class ShareRow(Base):
    """A session, or a span of it, that its owner handed over as a file."""

    __tablename__ = "shares"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    session_id: Mapped[str] = mapped_column(index=True)
    """No foreign key: that something was handed over is remembered when the session is gone."""
    start_s: Mapped[float]
    end_s: Mapped[float]
    with_picture: Mapped[bool]
    to_name: Mapped[str]
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]
    reviewed_at: Mapped[dt.datetime | None]
    """When a review of it was last merged."""


class ContactRow(Base):
    """Somebody whose files a person has read: their key, and whether its words were confirmed."""

    __tablename__ = "contacts"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    """Whose contact it is."""
    public_key: Mapped[str] = mapped_column(primary_key=True)
    """Ed25519, 64 hexadecimal digits."""
    name: Mapped[str]
    author: Mapped[str]
    """Author of their marks."""
    met_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]


class WithdrawalRow(Base):
    """A hand-over that its owner took back: its file opens here no more."""

    __tablename__ = "withdrawals"

    share_id: Mapped[str] = mapped_column(primary_key=True)
    public_key: Mapped[str] = mapped_column(primary_key=True)
    """Who took it back, 64 hexadecimal digits: only the one who signed a share can."""
    read_at: Mapped[dt.datetime]


class ImportRow(Base):
    """A video in the queue of those that are analysed in the background."""

    __tablename__ = "imports"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    path: Mapped[str]
    title: Mapped[str]
    state: Mapped[str]
    """ "waiting", "running", "paused", "twice" (it was imported before), "done" or "failed"."""
    progress: Mapped[float]
    """0 to 1."""
    what: Mapped[str | None]
    """What went wrong."""
    remedy: Mapped[str | None]
    session_id: Mapped[str | None]
    """The session that was made of it."""
    added_at: Mapped[dt.datetime]
    keep_policy: Mapped[str]
    """What is kept of it."""
    place: Mapped[float]
    """Place in the queue: the least is next."""
    fingerprint: Mapped[str | None]
    """By which the same video is known again; None where it could not be read."""
    owner_pid: Mapped[int | None]
    """Process that works on it, or alone may do so; None where any may."""
    owner_started: Mapped[float | None]
    """When that process began, seconds since 1970."""


class ClipRow(Base):
    """A stretch of a session that its owner released for others to study."""

    __tablename__ = "clips"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    start_s: Mapped[float]
    end_s: Mapped[float]
    kind: Mapped[str]
    """ "best" or "worst"."""
    title: Mapped[str]
    practice: Mapped[str | None]
    note: Mapped[str]
    with_picture: Mapped[bool]
    released_at: Mapped[dt.datetime]
