"""Retention while the program runs for days, with both clocks in a test's hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from store_cases import a_report, begun

from app.session.upkeep import Upkeep
from app.store.expiry import DAY_S
from app.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


class Clocks:
    """A steady clock, and a calendar that may be set."""

    def __init__(self) -> None:
        self.steady_s = 1000.0
        self.calendar = START

    def now(self) -> dt.datetime:
        return self.calendar

    def steady(self) -> float:
        return self.steady_s

    def run(self, seconds: float) -> None:
        self.steady_s += seconds
        self.calendar += dt.timedelta(seconds=seconds)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def kept(clocks: Clocks, tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "rapport.db", now=clocks.now) as store:
        yield store


def finished(store: Store, days: int) -> str:
    record = begun(store, days=days)
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    return record.id


def test_a_program_that_runs_for_days_deletes_when_the_day_comes(
    clocks: Clocks, kept: Store
) -> None:
    upkeep = Upkeep(kept, steady=clocks.steady, now=clocks.now)
    session = finished(kept, days=3)
    told: list[tuple[int, str]] = []
    for hour in range(1, 100):
        told += [(hour, receipt.session_id) for receipt in upkeep.ask()]
        clocks.run(3600)
    assert told == [(73, session)]
    assert kept.sessions() == []


def test_asking_within_a_day_does_not_look_again(clocks: Clocks, kept: Store) -> None:
    upkeep = Upkeep(kept, steady=clocks.steady, now=clocks.now)
    assert upkeep.due
    upkeep.ask()
    clocks.run(DAY_S - 1)
    assert not upkeep.due
    clocks.run(1)
    assert upkeep.due


def test_a_calendar_set_back_stops_nothing(clocks: Clocks, kept: Store) -> None:
    upkeep = Upkeep(kept, steady=clocks.steady, now=clocks.now)
    session = finished(kept, days=3)
    upkeep.ask()
    clocks.run(2 * DAY_S)
    assert upkeep.ask() == []
    clocks.calendar -= dt.timedelta(days=300)
    assert upkeep.due, "a calendar that was set is looked at at once"
    assert upkeep.ask() == []
    clocks.run(DAY_S)
    assert [one.session_id for one in upkeep.ask()] == [session]


def test_a_night_in_which_the_computer_slept_counts(clocks: Clocks, kept: Store) -> None:
    upkeep = Upkeep(kept, steady=clocks.steady, now=clocks.now)
    session = finished(kept, days=3)
    upkeep.ask()
    clocks.calendar += dt.timedelta(days=3)
    assert [one.session_id for one in upkeep.ask()] == [session]


def test_what_could_not_be_done_is_done_at_the_next_asking(clocks: Clocks, kept: Store) -> None:
    session = finished(kept, days=3)
    clocks.run(3 * DAY_S)
    sessions = kept.path.parent
    with Store.open(kept.path, now=clocks.now, busy_timeout_s=0.01) as hasty:
        upkeep = Upkeep(hasty, steady=clocks.steady, now=clocks.now)
        with kept._access.write() as db:
            db.connection()  # takes the lock
            assert upkeep.ask() == [], "another program is writing"
        assert upkeep.due
        assert [one.session_id for one in upkeep.ask()] == [session]
    assert not (sessions / "sessions" / session).exists()
