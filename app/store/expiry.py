"""When a session's time is over: what its consents allow, and until when it was shared.

Everything that opens a session asks `may_open`: desk, report, comparison and export alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from app.errors import AppError
from app.store import retention
from app.store.owner import owner_lives
from app.store.tables import ConsentRow, SessionRow
from app.store.tables_sharing import WithdrawalRow
from app.store.types import Origin

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

DAY_S: Final = 86400.0


def may_open(db: Session, session_id: str, now: dt.datetime) -> None:
    """Refuse a received session whose time is over, or whose owner took it back.

    It looks at the calendar and at the retention clock: one that was set back opens nothing.
    """
    row = db.get(SessionRow, session_id)
    if row is None or row.origin != Origin.RECEIVED:
        return
    name = row.owner_name or "its owner"
    if row.share_id is not None and _taken_back(db, row):
        raise AppError(f"This session was taken back by {name}.", f"Ask {name} to share it again.")
    if _ended(row, now, retention.reading(db, now)):
        raise AppError(
            f"The time for which {name} shared this session is over.",
            f"Ask {name} to share it again.",
        )


def over(db: Session, age_s: float) -> list[str]:
    """List the ids of sessions whose retention period is over; a running one is let finish.

    Whoever played the customer has a say in it: the shorter of the two periods counts.
    """
    query = (
        select(SessionRow)
        .join(
            ConsentRow,
            or_(
                SessionRow.consent_id == ConsentRow.id,
                SessionRow.partner_consent_id == ConsentRow.id,
            ),
        )
        .where(SessionRow.started_age_s + ConsentRow.retention_days * DAY_S <= age_s)
    )
    return [row.id for row in db.scalars(query).unique() if not owner_lives(row)]


def expired(db: Session, now: dt.datetime, age_s: float) -> list[str]:
    """List the ids of received sessions whose time is over."""
    rows = db.scalars(select(SessionRow).where(SessionRow.expires_at.is_not(None)))
    return [row.id for row in rows if _ended(row, now, age_s)]


def withdrawn(db: Session) -> list[str]:
    """List the ids of received sessions that their owner took back, such as out of a backup."""
    rows = db.scalars(select(SessionRow).where(SessionRow.share_id.is_not(None)))
    return [row.id for row in rows if _taken_back(db, row)]


def _taken_back(db: Session, row: SessionRow) -> bool:
    """Whether whoever signed the hand-over withdrew it; nobody else's withdrawal counts."""
    return db.get(WithdrawalRow, (row.share_id, row.sender_key or "")) is not None


def _ended(row: SessionRow, now: dt.datetime, age_s: float) -> bool:
    by_calendar = row.expires_at is not None and row.expires_at <= now
    return by_calendar or (row.expires_age_s is not None and row.expires_age_s <= age_s)
