"""Persons and what they agreed to."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.store.tables import ConsentRow, PersonRow
from app.store.types import Consent, Person

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


def ensure(db: Session, name: str, now: dt.datetime) -> Person:
    """Find a person by name, whatever its case, or enter them."""
    name = " ".join(name.split())
    if not name:
        raise ValueError("a person needs a name")
    key = name.casefold()
    row = db.scalars(select(PersonRow).where(PersonRow.name_key == key)).one_or_none()
    if row is None:
        row = PersonRow(id=str(uuid.uuid4()), name=name, name_key=key, created_at=now)
        db.add(row)
    return Person(row.id, row.name)


def everybody(db: Session) -> list[Person]:
    """List all persons by name."""
    rows = db.scalars(select(PersonRow).order_by(PersonRow.name_key))
    return [Person(row.id, row.name) for row in rows]


def record(
    db: Session,
    person_id: str,
    *,
    version: str,
    purpose: str,
    retention_days: int,
    seen_by: str,
    now: dt.datetime,
) -> Consent:
    """Enter what a person agreed to."""
    if retention_days < 1:
        raise ValueError("a session is kept for one day at least")
    row = ConsentRow(
        id=str(uuid.uuid4()),
        person_id=person_id,
        version=version,
        purpose=purpose,
        retention_days=retention_days,
        seen_by=seen_by,
        given_at=now,
    )
    db.add(row)
    db.flush()
    return _consent(row)


def holding(db: Session, person_id: str) -> Consent | None:
    """Give the person's newest consent that was not withdrawn."""
    query = select(ConsentRow).where(
        ConsentRow.person_id == person_id, ConsentRow.withdrawn_at.is_(None)
    )
    row = db.scalars(query.order_by(ConsentRow.given_at.desc()).limit(1)).one_or_none()
    return None if row is None else _consent(row)


def withdraw(db: Session, person_id: str, now: dt.datetime) -> None:
    """Mark every consent of a person as withdrawn."""
    query = select(ConsentRow).where(
        ConsentRow.person_id == person_id, ConsentRow.withdrawn_at.is_(None)
    )
    for row in db.scalars(query):
        row.withdrawn_at = now


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
    )
