"""Whose files a person reads: known once the words of their key were compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.store.handover.types import Contact, ContactState
from app.store.tables_sharing import ContactRow

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from app.store.handover.types import Sender


def state_of(db: Session, person_id: str, sender: Sender) -> ContactState:
    """Tell what a person knows of a sender."""
    row = db.get(ContactRow, (person_id, sender.public_key))
    if row is not None and row.confirmed_at is not None and row.author == sender.author:
        return ContactState.KNOWN
    others = (
        other
        for other in _rows(db, person_id)
        if other.confirmed_at is not None and other.public_key != sender.public_key
    )
    key = name_key(sender.name)
    if any(name_key(other.name) == key or other.author == sender.author for other in others):
        return ContactState.OTHER_KEY
    return ContactState.STRANGER


def meet(db: Session, person_id: str, sender: Sender, now: dt.datetime) -> None:
    """Remember that a file of this sender was seen."""
    if db.get(ContactRow, (person_id, sender.public_key)) is None:
        db.add(
            ContactRow(
                person_id=person_id,
                public_key=sender.public_key,
                name=sender.name,
                author=sender.author,
                met_at=now,
                confirmed_at=None,
            )
        )


def confirm(db: Session, person_id: str, sender: Sender, now: dt.datetime) -> None:
    """Enter that the words of a key were compared and match."""
    meet(db, person_id, sender, now)
    db.flush()
    row = db.get_one(ContactRow, (person_id, sender.public_key))
    row.name, row.author, row.confirmed_at = sender.name, sender.author, now


def forget(db: Session, person_id: str, public_key: str) -> None:
    """Trust a key no longer; the name stays beside the marks that came with it."""
    row = db.get(ContactRow, (person_id, public_key))
    if row is not None:
        row.confirmed_at = None


def listed(db: Session, person_id: str) -> list[Contact]:
    """List a person's contacts by name."""
    rows = sorted(_rows(db, person_id), key=lambda row: (name_key(row.name), row.met_at))
    return [Contact(row.name, row.author, row.public_key, row.confirmed_at) for row in rows]


def name_key(name: str) -> str:
    """Write a name in the one form in which names are compared."""
    return " ".join(name.split()).casefold()


def _rows(db: Session, person_id: str) -> list[ContactRow]:
    return list(db.scalars(select(ContactRow).where(ContactRow.person_id == person_id)))
