"""How old a session is, on a clock that a wrong calendar cannot turn back.

A retention period is counted on a clock of its own: the sum of the steps that the calendar made
forwards between one look and the next. A calendar set back does not make sessions younger, and one
that once stood too far ahead does not age the sessions that begin after it was put right.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.store.tables import FactRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEY: Final = "retention_clock"
TOLERATED: Final = dt.timedelta(days=2)
"""Set back by less (time zones, two systems on one machine), the calendar is waited for; counting
those steps again each time would age sessions too fast."""


@dataclass(frozen=True, slots=True)
class RetentionClock:
    """The sum of forward steps, and the calendar time up to which they were counted."""

    seen: dt.datetime
    """Calendar time of the last counted step, UTC."""
    age_s: float
    """Seconds counted so far."""

    def at(self, now: dt.datetime) -> RetentionClock:
        """Count up to now."""
        if now >= self.seen:
            return RetentionClock(now, self.age_s + (now - self.seen).total_seconds())
        if self.seen - now <= TOLERATED:
            return self
        return RetentionClock(now, self.age_s)


def look(db: Session, now: dt.datetime) -> float:
    """Count up to now, remember it, and give the clock's reading in seconds."""
    row = db.get(FactRow, KEY)
    if row is None:
        clock = RetentionClock(now, 0.0)
        db.add(FactRow(key=KEY, value=_write(clock)))
    else:
        clock = _read(row.value).at(now)
        row.value = _write(clock)
    return clock.age_s


def reading(db: Session, now: dt.datetime) -> float:
    """Give the clock's reading in seconds without remembering the look."""
    row = db.get(FactRow, KEY)
    return 0.0 if row is None else _read(row.value).at(now).age_s


def _write(clock: RetentionClock) -> str:
    return f"{clock.age_s!r} {clock.seen.isoformat()}"


def _read(text: str) -> RetentionClock:
    age_s, seen = text.split(" ", 1)
    return RetentionClock(dt.datetime.fromisoformat(seen), float(age_s))
