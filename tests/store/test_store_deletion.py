from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_cases import DAY, START, Calendar, a_report, begun

from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.store.files import SessionFiles
from app.store.retention import TOLERATED, RetentionClock
from app.store.store import Store
from app.store.types import DeletionReason

if TYPE_CHECKING:
    from collections.abc import Callable


def finished(store: Store, **more: object) -> str:
    record = begun(store, **more)  # type: ignore[arg-type]
    note = Mark(1.0, Lane.SELF, MarkKind.NOTE, "ana", {"text": "unmistakable words"})
    store.append_marks(record.id, [note])
    store.files(record.id).write_atomic("recording.mkv", bytes(1000))
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    return record.id


def test_the_receipt_says_how_much_and_not_what(store: Store) -> None:
    session = finished(store, title="unmistakable title")
    size = store.files(session).size_bytes()
    receipt = store.delete_session(session)
    assert (receipt.session_id, receipt.reason) == (session, DeletionReason.ASKED)
    assert (receipt.files, receipt.size_bytes) == (2, size)
    assert (receipt.marks, receipt.events) == (1, 2)
    assert store.receipts() == [receipt]
    assert store.sessions() == []
    assert store.marks(session, effective=False) == []
    assert store.events(session) == []
    assert not store.files(session).folder.exists()


def test_no_byte_of_what_was_said_stays_on_disk(store: Store) -> None:
    session = finished(store, title="unmistakable title")
    files = list(store.path.parent.rglob("*"))
    assert any(b"unmistakable words" in path.read_bytes() for path in files if path.is_file())
    copy = store.path.with_name("rapport.db.before-0002")
    copy.write_bytes(store.path.read_bytes())
    store.delete_session(session)
    for path in store.path.parent.rglob("*"):
        if path.is_file():
            assert b"unmistakable" not in path.read_bytes(), path
    assert not copy.exists()


def test_withdrawing_deletes_all_of_one_person(store: Store) -> None:
    hers = {finished(store), finished(store)}
    his = finished(store, name="Ben")
    ana = store.ensure_person("Ana")
    receipts = store.withdraw_consent(ana.id)
    assert {receipt.session_id for receipt in receipts} == hers
    assert {receipt.reason for receipt in receipts} == {DeletionReason.WITHDRAWN}
    assert [record.id for record in store.sessions()] == [his]
    assert store.consent_of(ana.id) is None
    with pytest.raises(AppError, match="agreed"):
        store.begin_session(
            person_id=ana.id,
            consent_id=None,
            keep_policy=begun(store, name="Ben").keep_policy,
            title="x",
        )


def test_retention_deletes_what_is_over_and_nothing_else(dated: Store, calendar: Calendar) -> None:
    old = finished(dated, days=30)
    calendar.now += 20 * DAY
    young = finished(dated, name="Ben", days=30)
    assert dated.enforce_retention(START + 30 * DAY - dt.timedelta(seconds=1)) == []
    (receipt,) = dated.enforce_retention(START + 30 * DAY)
    assert (receipt.session_id, receipt.reason) == (old, DeletionReason.RETENTION)
    assert [record.id for record in dated.sessions()] == [young]
    (receipt,) = dated.enforce_retention(START + 50 * DAY)
    assert receipt.session_id == young


def test_a_calendar_set_back_does_not_make_sessions_younger(
    dated: Store, calendar: Calendar
) -> None:
    session = finished(dated, days=30)
    assert dated.enforce_retention(START + 25 * DAY) == []
    assert dated.enforce_retention(START - 300 * DAY) == []
    (receipt,) = dated.enforce_retention(START - 295 * DAY)
    assert receipt.session_id == session


def test_a_calendar_once_too_far_ahead_spares_what_begins_later(
    dated: Store, calendar: Calendar
) -> None:
    dated.enforce_retention(START + 30_000 * DAY)
    session = finished(dated, days=30)
    assert dated.enforce_retention(START + 29 * DAY) == []
    assert [one.session_id for one in dated.enforce_retention(START + 30 * DAY)] == [session]


def test_a_running_session_is_let_finish(dated: Store) -> None:
    running = begun(dated, days=1).id
    assert dated.enforce_retention(START + 9 * DAY) == []
    dated.finish_session(running, duration_s=1.0)
    assert [one.session_id for one in dated.enforce_retention(START + 9 * DAY)] == [running]


hours = st.integers(-2000, 2000).map(lambda number: dt.timedelta(hours=number))


@given(st.lists(hours, max_size=30))
def test_the_retention_clock_never_runs_backwards(steps: list[dt.timedelta]) -> None:
    clock = RetentionClock(START, 0.0)
    now = START
    for step in steps:
        now += step
        after = clock.at(now)
        assert after.age_s >= clock.age_s
        clock = after


@given(st.lists(st.integers(-23, 23), min_size=1, max_size=50))
def test_two_systems_an_hour_apart_do_not_age_a_session(offsets: list[int]) -> None:
    assert dt.timedelta(hours=46) <= TOLERATED
    clock = RetentionClock(START, 0.0)
    for day, offset in enumerate(offsets):
        clock = clock.at(START + day * DAY + dt.timedelta(hours=offset))
    assert clock.age_s <= (len(offsets) * DAY).total_seconds()


@pytest.mark.parametrize(
    ("back", "counted"),
    [(dt.timedelta(days=2), dt.timedelta(hours=1)), (dt.timedelta(days=2, seconds=1), 3 * DAY)],
)
def test_a_calendar_set_back_by_two_days_is_waited_for_and_by_more_is_taken(
    back: dt.timedelta, counted: dt.timedelta
) -> None:
    clock = RetentionClock(START, 0.0).at(START - back)
    assert clock.age_s == 0.0
    later = START + dt.timedelta(hours=1) if back <= 2 * DAY else START - back + 3 * DAY
    assert clock.at(later).age_s == counted.total_seconds()


KILLED = """
import os, shutil, sys
from pathlib import Path
from app.store.store import Store
step, path, session = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
store = Store.open(path)
files = type(store.files(session))
delete = files.delete
def killed(self):
    if step == "after":
        delete(self)
    os.kill(os.getpid(), 9)
files.delete = killed
store.delete_session(session)
"""


@pytest.mark.parametrize("step", ["before", "after"])
def test_killed_while_deleting_the_next_start_finishes_it(store: Store, step: str) -> None:
    session = finished(store)
    size = store.files(session).size_bytes()
    child = subprocess.run(
        [sys.executable, "-c", KILLED, step, str(store.path), session],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    assert store.sessions() == [], "announced: it is out of the list at once"
    assert store.receipts() == [], "not gone yet: no receipt"
    with Store.open(store.path) as again:
        (receipt,) = again.receipts()
        assert (receipt.session_id, receipt.files, receipt.size_bytes) == (session, 2, size)
        assert not again.files(session).folder.exists()


def test_a_folder_that_cannot_be_deleted_is_told_and_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, expected_warnings: Callable[[str], None]
) -> None:
    session = finished(store)

    def refused(self: SessionFiles) -> None:
        raise AppError("in use", "close it")

    with monkeypatch.context() as patch:
        patch.setattr(SessionFiles, "delete", refused)
        with pytest.raises(AppError, match="in use"):
            store.delete_session(session)
        expected_warnings("could not be deleted yet: in use")
        with Store.open(store.path) as held:
            assert held.sessions() == []
    assert store.receipts() == []
    with Store.open(store.path) as again:
        assert [receipt.session_id for receipt in again.receipts()] == [session]


def test_one_folder_that_cannot_be_deleted_does_not_spare_the_others(
    dated: Store, monkeypatch: pytest.MonkeyPatch, expected_warnings: Callable[[str], None]
) -> None:
    stuck, free = finished(dated), finished(dated)
    delete = SessionFiles.delete

    def refused(self: SessionFiles) -> None:
        if self.folder.name == stuck:
            raise AppError("in use", "close it")
        delete(self)

    monkeypatch.setattr(SessionFiles, "delete", refused)
    expected_warnings("could not be deleted yet")
    receipts = dated.enforce_retention(START + 31 * DAY)
    assert [receipt.session_id for receipt in receipts] == [free]
    assert dated.sessions() == []
    with pytest.raises(AppError, match="in use"):
        dated.withdraw_consent(dated.ensure_person("Ana").id)
