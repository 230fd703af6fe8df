"""Reading the file by which an owner takes a share back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.store import deletion
from app.store.handover.types import Kind
from app.store.tables import SessionRow
from app.store.tables_sharing import WithdrawalRow
from app.store.types import DeletionReason

if TYPE_CHECKING:
    from app.store.access import Access
    from app.store.handover.types import Letter
    from app.store.types import Receipt


def read(access: Access, letter: Letter) -> list[Receipt]:
    """Remember that a share opens no more, and delete what came by it, in every profile.

    Only what was signed with the same key goes: nobody takes back what somebody else shared.
    """
    if letter.kind is not Kind.WITHDRAWAL:
        raise ValueError(f"a {letter.kind} takes nothing back")
    key = letter.sender.public_key
    with access.write() as db:
        if db.get(WithdrawalRow, (letter.share_id, key)) is None:
            db.add(WithdrawalRow(share_id=letter.share_id, public_key=key, read_at=access.now()))
        query = select(SessionRow.id).where(
            SessionRow.share_id == letter.share_id, SessionRow.sender_key == key
        )
        theirs = list(db.scalars(query))
        deletion.announce(access, db, theirs, DeletionReason.SHARE_WITHDRAWN)
    return deletion.carry_out(access, theirs)
