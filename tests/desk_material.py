"""Sessions as they come to the desk: one's own, and one that somebody shared."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from app.coach.types import Lane, Mark, MarkKind
from app.store import sessions
from app.store.types import Origin

if TYPE_CHECKING:
    from app.store.store import Store

OWNER = "ana-on-her-own-machine"
LONG_S = 400 * 24 * 3600.0


def make_received(store: Store, session_id: str, owner: str = "Ana") -> None:
    """Make a session look as if its owner had shared it with whoever it belongs to here."""
    with store.access.write() as db:
        row = sessions.find(db, session_id)
        row.origin = Origin.RECEIVED.value
        row.owner_name = owner
        row.share_id = "00000000-0000-4000-8000-000000000006"
        row.expires_at = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
        row.expires_age_s = LONG_S


def own_view(item: str, value: str, lane: Lane = Lane.SELF) -> Mark:
    """What the filmed person said of themselves."""
    return Mark(0.0, lane, MarkKind.RATING, OWNER, {"item": item, "value": value})


def own_note(t: float, text: str) -> Mark:
    """What the filmed person pointed at."""
    return Mark(t, Lane.SELF, MarkKind.NOTE, OWNER, {"text": text})
