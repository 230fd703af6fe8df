"""What people agreed to: entered, withdrawn, never changed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.errors import AppError
from app.store.tables import ConsentRow
from app.store.types import Consent, ConsentKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


def record(
    db: Session,
    person_id: str,
    *,
    version: str,
    purpose: str,
    retention_days: int,
    seen_by: str,
    now: dt.datetime,
    kind: ConsentKind = ConsentKind.OWN,
    given_by: str | None = None,
) -> Consent:
    """Enter what somebody agreed to; for partners and owners with their name."""
    if retention_days < 1:
        raise ValueError("a session is kept for one day at least")
    if kind is not ConsentKind.OWN:
        given_by = " ".join((given_by or "").split())
        if not given_by:
            raise ValueError("whoever agrees for themselves is named")
    row = ConsentRow(
        id=str(uuid.uuid4()),
        person_id=person_id,
        version=version,
        purpose=purpose,
        retention_days=retention_days,
        seen_by=seen_by,
        given_at=now,
        kind=kind.value,
        given_by=given_by,
    )
    db.add(row)
    db.flush()
    return _consent(row)


def holding(db: Session, person_id: str) -> Consent | None:
    """Give the person's own newest consent that was not withdrawn."""
    row = db.scalars(_newest_first(person_id, (ConsentKind.OWN,), standing=True)).first()
    return None if row is None else _consent(row)


def listed(db: Session, person_id: str) -> list[Consent]:
    """List all consents of a profile, newest first: own, partners', and what came with shares."""
    return [_consent(row) for row in db.scalars(_newest_first(person_id, tuple(ConsentKind)))]


def withdraw_own(db: Session, person_id: str, now: dt.datetime) -> list[str]:
    """Mark every own consent of a person as withdrawn; gives the ids of all of them."""
    rows = list(db.scalars(_newest_first(person_id, (ConsentKind.OWN,))))
    return _withdraw(rows, now)


def withdraw_partner(db: Session, consent_id: str, now: dt.datetime) -> list[str]:
    """Mark all that a partner gave in one profile as withdrawn; gives the ids of all of it."""
    row = db.get(ConsentRow, consent_id)
    if row is None or row.kind != ConsentKind.PARTNER:
        raise AppError("This agreement is not there any more.", "Go back to the list.")
    return _withdraw(_partners(db, row.person_id, row.given_by or ""), now)


def _withdraw(rows: Sequence[ConsentRow], now: dt.datetime) -> list[str]:
    for row in rows:
        row.withdrawn_at = row.withdrawn_at or now
    return [row.id for row in rows]


def _partners(db: Session, person_id: str, name: str) -> list[ConsentRow]:
    """Find what a partner gave, whatever the case of the name; newest first."""
    key = " ".join(name.split()).casefold()
    rows = db.scalars(_newest_first(person_id, (ConsentKind.PARTNER,)))
    return [row for row in rows if (row.given_by or "").casefold() == key]


def _newest_first(
    person_id: str, kinds: tuple[ConsentKind, ...], *, standing: bool = False
) -> Select[ConsentRow]:
    query = select(ConsentRow).where(
        ConsentRow.person_id == person_id, ConsentRow.kind.in_([kind.value for kind in kinds])
    )
    if standing:
        query = query.where(ConsentRow.withdrawn_at.is_(None))
    return query.order_by(ConsentRow.given_at.desc(), ConsentRow.id)


def _consent(row: ConsentRow) -> Consent:
    return Consent(
        id=row.id,
        person_id=row.person_id,
        version=row.version,
        purpose=row.purpose,
        retention_days=row.retention_days,
        seen_by=row.seen_by,
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
        kind=ConsentKind(row.kind),
        given_by=row.given_by,
    )
