"""What a person handed over, to whom and until when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from app.errors import AppError
from app.store import retention, sessions
from app.store.expiry import DAY_S
from app.store.handover.types import Share
from app.store.tables import ConsentRow, SessionRow
from app.store.tables_sharing import ShareRow
from app.store.types import Origin

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

USUAL: Final = dt.timedelta(days=30)
"""How long a share opens unless its owner chooses otherwise."""


def may_share(db: Session, session_id: str, person_id: str) -> SessionRow:
    """Give a session that this person may hand over, or say why they may not."""
    row = sessions.find(db, session_id)
    if row.origin == Origin.RECEIVED:
        raise AppError(
            f"This session was shared with you; only {row.owner_name or 'its owner'} hands it on.",
            "Ask them to share it with whoever should see it.",
        )
    if row.person_id != person_id:
        raise AppError(
            "Only the person who was recorded hands a session over.",
            "Share it from their own profile. The sample session cannot be shared.",
        )
    if row.duration_s is None:
        raise AppError(
            "This session is not finished yet.", "Wait until its report is there, then share it."
        )
    return row


def latest_end(db: Session, row: SessionRow, now: dt.datetime) -> dt.datetime:
    """Tell when the session itself goes: nothing of it may be open elsewhere for longer."""
    days = [
        consent.retention_days
        for consent_id in (row.consent_id, row.partner_consent_id)
        if consent_id is not None and (consent := db.get(ConsentRow, consent_id)) is not None
    ]
    left_s = row.started_age_s + min(days) * DAY_S - retention.reading(db, now) if days else 0.0
    return now + dt.timedelta(seconds=max(0.0, left_s))


def enter(db: Session, share: Share) -> None:
    """Remember that something is being handed over."""
    db.add(
        ShareRow(
            id=share.id,
            person_id=share.person_id,
            session_id=share.session_id,
            start_s=share.start_s,
            end_s=share.end_s,
            with_picture=share.with_picture,
            to_name=share.to_name,
            made_at=share.made_at,
            expires_at=share.expires_at,
        )
    )


def forget(db: Session, share_id: str) -> None:
    """Forget a share whose file was never finished."""
    row = db.get(ShareRow, share_id)
    if row is not None:
        db.delete(row)


def find(db: Session, share_id: str, person_id: str) -> ShareRow:
    """Find a share of this person, or say that there is none."""
    row = db.get(ShareRow, share_id)
    if row is None or row.person_id != person_id:
        raise AppError("This share is not in your list.", "Go back to the list and choose again.")
    return row


def listed(db: Session, person_id: str) -> list[Share]:
    """List what a person handed over, newest first."""
    query = (
        select(ShareRow, SessionRow.title)
        .join(SessionRow, SessionRow.id == ShareRow.session_id, isouter=True)
        .where(ShareRow.person_id == person_id)
        .order_by(ShareRow.made_at.desc(), ShareRow.id)
    )
    return [to_share(row, title or "") for row, title in db.execute(query)]


def to_share(row: ShareRow, title: str = "") -> Share:
    """Give a row as a value."""
    return Share(
        id=row.id,
        person_id=row.person_id,
        session_id=row.session_id,
        start_s=row.start_s,
        end_s=row.end_s,
        with_picture=row.with_picture,
        to_name=row.to_name,
        made_at=row.made_at,
        expires_at=row.expires_at,
        withdrawn_at=row.withdrawn_at,
        reviewed_at=row.reviewed_at,
        title=title,
    )
