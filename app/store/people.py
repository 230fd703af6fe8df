"""Profiles: who practises on this machine."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select

from app.errors import AppError
from app.store.plain_text import plain_line
from app.store.tables import ConsentRow, PersonRow
from app.store.tables_sharing import ContactRow, ShareRow
from app.store.types import Person, PersonRole

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

THEIRS: Final = (ContactRow, ShareRow)
"""Tables whose rows go with a profile; what has files goes where these are deleted."""


def ensure(db: Session, name: str, now: dt.datetime, role: PersonRole) -> Person:
    """Find a person by name, whatever its case, or enter them."""
    name, key = _keyed(name)
    row = _by_key(db, key)
    if row is None:
        row = PersonRow(
            id=str(uuid.uuid4()), name=name, name_key=key, created_at=now, role=role.value
        )
        db.add(row)
    return _person(row)


def named(db: Session, name: str) -> Person | None:
    """Find a person by name, whatever its case; None where there is none."""
    row = _by_key(db, plain_line(name).casefold())
    return None if row is None else _person(row)


def find(db: Session, person_id: str) -> PersonRow:
    """Find a person who was not removed, or say that they are gone."""
    row = db.get(PersonRow, person_id)
    if row is None or row.removed_at is not None:
        raise AppError("This profile is not there any more.", "It was removed. Choose another.")
    return row


def everybody(db: Session) -> list[Person]:
    """List all persons by name, without removed ones."""
    query = select(PersonRow).where(PersonRow.removed_at.is_(None))
    return [_person(row) for row in db.scalars(query.order_by(PersonRow.name_key))]


def change(
    db: Session, person_id: str, *, name: str | None = None, role: PersonRole | None = None
) -> Person:
    """Give a person another name or role."""
    row = find(db, person_id)
    if name is not None:
        name, key = _keyed(name)
        other = _by_key(db, key)
        if other is not None and other.id != person_id:
            raise AppError(
                f"There is a profile named {other.name} already.",
                "Choose another name, or add the first letter of the family name.",
            )
        row.name, row.name_key = name, key
    if role is not None:
        row.role = role.value
    return _person(row)


def forget(db: Session, person_id: str, now: dt.datetime) -> None:
    """Remove a profile whose sessions are gone or announced to go.

    Its consents and receipts stay under its number, as evidence that what was recorded was agreed
    to and is deleted; every name in them goes.
    """
    row = find(db, person_id)
    # No name can hold a line break, so that nobody is found by it.
    row.name, row.name_key, row.removed_at = "", f"\n{row.id}", now
    for consent in db.scalars(select(ConsentRow).where(ConsentRow.person_id == person_id)):
        consent.given_by = None if consent.given_by is None else ""
        consent.withdrawn_at = consent.withdrawn_at or now
    for table in THEIRS:
        db.execute(delete(table).where(table.person_id == person_id))


def _keyed(name: str) -> tuple[str, str]:
    """Give a name without needless spaces, and what it is found by."""
    name = plain_line(name)
    if not name:
        raise ValueError("a person needs a name")
    return name, name.casefold()


def _by_key(db: Session, key: str) -> PersonRow | None:
    return db.scalars(select(PersonRow).where(PersonRow.name_key == key)).one_or_none()


def _person(row: PersonRow) -> Person:
    return Person(row.id, row.name, PersonRole(row.role or PersonRole.STAFF), row.removed_at)
