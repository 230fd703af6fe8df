"""The append-only log of what a hand or the program said."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pydantic_core import from_json
from sqlalchemy import case, func, select, text

from app.coach.marks import effective as effective  # noqa: PLC0414 - one rule for both sides
from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.store.tables import NOTES, MarkRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

TICK = dt.timedelta(microseconds=1)
SAID: Final = ("id", "author", "lane", "t", "kind", "data", "revises", "tombstone")
"""Columns that make a mark; the others are the store's own."""
LANES: Final = {lane.value: lane for lane in Lane}
KINDS: Final = {kind.value: kind for kind in MarkKind}
"""By their values: asked for thousands of times while a long review is opened."""


def append(db: Session, session_id: str, marks: Sequence[Mark], now: dt.datetime) -> list[Mark]:
    """Append marks; those without an id get one. One that is already there is left as it is."""
    created = _after_the_last(db, session_id, now)
    given = [mark.id for mark in marks if mark.id]
    there = {row.id: row for row in db.scalars(select(MarkRow).where(MarkRow.id.in_(given)))}
    stored: list[Mark] = []
    for mark in marks:
        if mark.id in there:
            _must_agree(there[mark.id], mark, session_id)
            stored.append(mark)
            continue
        row = _row(session_id, mark, created)
        db.add(row)
        there[row.id] = row
        stored.append(_mark(row))
        created += TICK
    return stored


def enter(db: Session, session_id: str, mark: Mark, at: dt.datetime) -> bool:
    """Enter a mark that was made elsewhere at that time; False where it is there already.

    Raises
    ------
    ValueError
        Where a mark of its id says something else.
    """
    row = db.scalars(select(MarkRow).where(MarkRow.id == mark.id)).one_or_none()
    if row is None:
        db.add(_row(session_id, mark, at))
        return True
    _must_agree(row, mark, session_id)
    if row.created_at != at:
        raise ValueError(f"mark {mark.id} was made at another time")
    return False


def read(db: Session, session_id: str) -> list[Mark]:
    """Give every entry of the log, in its order."""
    # Plain rows: thousands of mapped objects take several times as long.
    columns = (getattr(MarkRow, name) for name in SAID)
    query = select(*columns).where(MarkRow.session_id == session_id)
    rows = db.execute(query.order_by(MarkRow.created_at, MarkRow.id))
    return [_made(*row) for row in rows]


def said_at(db: Session, session_id: str) -> dict[str, dt.datetime]:
    """Tell when each entry of the log was made, UTC, by its id."""
    query = select(MarkRow.id, MarkRow.created_at).where(MarkRow.session_id == session_id)
    return {row.id: row.created_at for row in db.execute(query)}


def reviewed(db: Session) -> frozenset[str]:
    """Tell which sessions hold something of a review, of whoever wrote it."""
    said = (MarkRow.kind == MarkKind.REVIEW.value, MarkRow.lane == Lane.TRAINER.value)
    taken_back = select(MarkRow.revises).where(MarkRow.tombstone)
    query = select(MarkRow.session_id).where(*said, ~MarkRow.tombstone)
    query = query.where(MarkRow.data.not_like('%"part": "done"%'))
    return frozenset(db.scalars(query.where(MarkRow.id.not_in(taken_back)).distinct()))


def raw_notes(db: Session, of: Select[str] | None) -> dict[str, tuple[str, bool]]:
    """Give the data of a session's notes, a line each, and whether some are revised or deleted.

    Of all sessions that have notes, or of those whose ids a query gives. Put together by the
    database: there may be many thousands, and making marks of them takes ten times as long.
    """
    lines = func.aggregate_strings(MarkRow.data, "\n")
    changed = func.max(case((MarkRow.tombstone | (MarkRow.revises != ""), 1), else_=0))
    # In the words of the index, which SQLite takes for no others.
    query = select(MarkRow.session_id, lines, changed).where(text(NOTES))
    if of is not None:
        query = query.where(MarkRow.session_id.in_(of))
    rows = db.execute(query.group_by(MarkRow.session_id))
    return {session_id: (data, bool(revised)) for session_id, data, revised in rows}


def _after_the_last(db: Session, session_id: str, now: dt.datetime) -> dt.datetime:
    """Now, or just after the log's last entry where the calendar was set back."""
    query = select(func.max(MarkRow.created_at)).where(MarkRow.session_id == session_id)
    last = db.scalar(query)
    return now if last is None else max(now, last + TICK)


def _row(session_id: str, mark: Mark, created: dt.datetime) -> MarkRow:
    return MarkRow(
        id=mark.id or str(uuid.uuid4()),
        session_id=session_id,
        author=mark.author,
        lane=mark.lane.value,
        t=float(mark.t),
        kind=mark.kind.value,
        data=json.dumps(dict(mark.data), ensure_ascii=False, sort_keys=True),
        revises=mark.revises,
        tombstone=mark.tombstone,
        created_at=created,
    )


def _mark(row: MarkRow) -> Mark:
    return _made(*(getattr(row, name) for name in SAID))


def _made(
    id: str,  # noqa: A002 - a column's name
    author: str,
    lane: str,
    t: float,
    kind: str,
    data: str,
    revises: str,
    tombstone: bool,
) -> Mark:
    known = LANES.get(lane), KINDS.get(kind)
    if known[0] is None or known[1] is None:
        raise AppError(
            f"A mark of this session is unknown to this version: {lane}, {kind}.",
            "Open it with the newer version of Rapport that wrote it.",
        )
    return Mark(
        t=t,
        lane=known[0],
        kind=known[1],
        author=author,
        data=MappingProxyType(from_json(data)),
        id=id,
        revises=revises,
        tombstone=tombstone,
    )


def _must_agree(row: MarkRow, mark: Mark, session_id: str) -> None:
    """Refuse the same id with other contents: a mark is said once."""
    if _mark(row) != mark or row.session_id != session_id:
        raise ValueError(f"mark {mark.id} is already stored with other contents")
