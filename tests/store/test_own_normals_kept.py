"""An own normal that no session holds yet: kept under an agreement, and gone with it."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from store_cases import a_baseline, a_report, begun

from app.errors import AppError
from app.store.about_me import OWN_NORMAL, export_about_me
from app.store.files import SessionFiles
from app.store.own_normals import FOLDER, KEPT_AT
from app.store.store import Store
from app.store.types import DeletionReason

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import ExpectedWarnings

    from app.store.types import Receipt

START = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
DAYS = 30


def ana(store: Store) -> str:
    """Somebody who agreed that sessions are kept for thirty days."""
    person = store.ensure_person("Ana")
    store.record_consent(person.id, "1", "own training", DAYS, "me")
    return person.id


def on_disk(store: Store) -> list[str]:
    folder = store.path.parent / FOLDER
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_it_is_there_again_after_a_restart(store: Store) -> None:
    person = ana(store)
    assert store.own_normals.keep(person, a_baseline())
    store.close()
    with Store.open() as again:
        assert again.own_normals.of(person) == a_baseline()
        assert again.own_normals.of(again.ensure_person("Ben").id) is None


def test_without_an_agreement_nothing_is_written(store: Store) -> None:
    person = store.ensure_person("Ana").id
    assert not store.own_normals.keep(person, a_baseline())
    assert on_disk(store) == []


@pytest.mark.parametrize(
    "end",
    [Store.withdraw_consent, Store.remove_person],
    ids=["taken back", "removed"],
)
def test_it_goes_with_the_agreement_and_with_the_person(
    store: Store, end: Callable[[Store, str], object]
) -> None:
    person = ana(store)
    store.own_normals.keep(person, a_baseline())
    end(store, person)
    assert on_disk(store) == []
    assert store.own_normals.of(person) is None


def test_it_is_kept_as_long_as_a_session_and_no_longer(tmp_path: Path) -> None:
    now = START
    with Store.open(tmp_path / "rapport.db", now=lambda: now) as store:
        person = ana(store)
        store.own_normals.keep(person, a_baseline())
        now = START + dt.timedelta(days=DAYS - 1)
        store.enforce_retention()
        assert store.own_normals.of(person) is not None
        now = START + dt.timedelta(days=DAYS)
        store.enforce_retention()
        assert store.own_normals.of(person) is None
        assert on_disk(store) == []


def test_one_whose_day_cannot_be_read_does_not_stay_for_ever(store: Store) -> None:
    person = ana(store)
    store.own_normals.keep(person, a_baseline())
    (store.path.parent / FOLDER / person / KEPT_AT).write_text("yesterday")
    store.enforce_retention()
    assert on_disk(store) == []


def test_the_archive_about_me_holds_it(store: Store, tmp_path: Path) -> None:
    person = ana(store)
    assert export_about_me(store, person, tmp_path / "without.zip").own_normal is None
    store.own_normals.keep(person, a_baseline())
    index = export_about_me(store, person, tmp_path / "with.zip")
    assert index.own_normal is not None
    with zipfile.ZipFile(tmp_path / "with.zip") as archive:
        text = archive.read(OWN_NORMAL)
    assert len(text) == index.own_normal.size_bytes
    assert json.loads(text)["made_at"] == a_baseline().made_at


def test_a_file_of_the_file_manager_does_not_keep_anything_for_longer(tmp_path: Path) -> None:
    now = START
    with Store.open(tmp_path / "rapport.db", now=lambda: now) as store:
        store.own_normals.keep(ana(store), a_baseline())
        stray = tmp_path / FOLDER / ".DS_Store"
        stray.write_bytes(b"macOS")
        now = START + dt.timedelta(days=DAYS)
        store.enforce_retention()
        assert on_disk(store) == [stray.name]


def test_one_that_is_held_open_does_not_keep_sessions_from_going(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_warnings: ExpectedWarnings
) -> None:
    expected_warnings("own normal could not be deleted")
    now = START
    with Store.open(tmp_path / "rapport.db", now=lambda: now) as store:
        person = ana(store)
        store.own_normals.keep(person, a_baseline())
        store.finish_session(begun(store).id, duration_s=60.1, report=None)
        delete = SessionFiles.delete

        def held_open(files: SessionFiles) -> None:
            if files.folder.parent.name == FOLDER:
                raise AppError("It is in use.", "Close what has it open.")
            delete(files)

        monkeypatch.setattr(SessionFiles, "delete", held_open)
        now = START + dt.timedelta(days=DAYS)
        store.enforce_retention()
        assert store.sessions() == []
        assert on_disk(store) == ["baseline.json", KEPT_AT]


@pytest.mark.parametrize("end", [Store.withdraw_consent, Store.remove_person])
@pytest.mark.parametrize("held", [FOLDER, "sessions"])
def test_one_that_is_held_open_keeps_nothing_else_from_going_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, end: Callable[[Store, str], object], held: str
) -> None:
    person = ana(store)
    store.own_normals.keep(person, a_baseline())
    session = begun(store).id
    store.finish_session(session, duration_s=60.1, report=a_report())
    delete = SessionFiles.delete

    def held_open(files: SessionFiles) -> None:
        if files.folder.parent.name == held:
            raise AppError("It is in use.", "Close what has it open.")
        delete(files)

    monkeypatch.setattr(SessionFiles, "delete", held_open)
    with pytest.raises(AppError, match="in use"):
        end(store, person)
    assert bool(on_disk(store)) is (held == FOLDER)
    assert (store.path.parent / "sessions" / session).exists() is (held == "sessions")


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (Store.withdraw_consent, DeletionReason.WITHDRAWN),
        (Store.remove_person, DeletionReason.PROFILE_REMOVED),
        (lambda store, person: store.own_normals.delete(person), DeletionReason.ASKED),
    ],
)
def test_it_leaves_a_receipt_of_its_own(
    store: Store, end: Callable[[Store, str], list[Receipt]], reason: DeletionReason
) -> None:
    person = ana(store)
    store.own_normals.keep(person, a_baseline())
    file_of = store.own_normals.file_of(person)
    assert file_of is not None
    size = file_of.size_bytes()
    (receipt,) = end(store, person)
    assert (receipt.of_own_normal, receipt.reason) == (True, reason)
    assert (receipt.files, receipt.size_bytes, receipt.person_id) == (2, size, person)
    assert store.receipts(person) == [receipt]
    assert on_disk(store) == []
    assert store.enforce_retention() == [], "and no second one"


def test_at_the_end_of_its_time_it_leaves_a_receipt_too(tmp_path: Path) -> None:
    now = START
    with Store.open(tmp_path / "rapport.db", now=lambda: now) as store:
        person = ana(store)
        store.own_normals.keep(person, a_baseline())
        now = START + dt.timedelta(days=DAYS)
        (receipt,) = store.enforce_retention()
        assert (receipt.of_own_normal, receipt.reason) == (True, DeletionReason.RETENTION)


@pytest.mark.parametrize("step", ["announced", "set aside"])
def test_killed_while_it_is_deleted_the_next_start_finishes_it(tmp_path: Path, step: str) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path) as store:
        person = ana(store)
        store.own_normals.keep(person, a_baseline())
        with store.access.write() as db:
            store.own_normals.announce(db, person, DeletionReason.ASKED)
        files = store.own_normals.file_of(person)
        if step == "set aside" and files is not None:
            files.set_aside()
        assert store.own_normals.of(person) is None, "from here on it is not given"
        assert store.receipts(person) == []
    with Store.open(path) as store:
        assert on_disk(store) == []
        assert [one.reason for one in store.receipts(person)] == [DeletionReason.ASKED]


def test_a_new_one_measured_meanwhile_stays(store: Store) -> None:
    person = ana(store)
    store.own_normals.keep(person, a_baseline())
    with store.access.write() as db:
        store.own_normals.announce(db, person, DeletionReason.ASKED)
    store.own_normals.keep(person, a_baseline())
    assert store.own_normals.carry_out() == []
    assert store.own_normals.of(person) == a_baseline()
