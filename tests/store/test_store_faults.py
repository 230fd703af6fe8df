from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from store_cases import begun

from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.store.faults import of_database
from app.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

NOTE = Mark(1.0, Lane.SELF, MarkKind.NOTE, "ana", {"text": "kept"})


def damage_header(path: Path) -> None:
    path.write_bytes(b"no database at all" + path.read_bytes()[18:])


def damage_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for place in range(4096, len(content), 4096):
        content[place : place + 2000] = os.urandom(2000)
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("damage", [damage_header, damage_middle, cut])
def test_a_damaged_database_is_kept_aside_and_named(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path) as store:
        record = begun(store)
        store.append_marks(record.id, [NOTE])
        store.files(record.id).write_atomic("recording.mkv", b"film")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    damage(path)
    damaged = path.read_bytes()
    path.with_name("rapport.db.backup").unlink()

    with pytest.raises(AppError) as told:
        Store.open(path)

    (aside,) = tmp_path.glob("rapport.db.damaged-*[0-9]")
    assert aside.read_bytes() == damaged
    assert str(aside) in told.value.what
    assert "begins a new list" in told.value.remedy
    with Store.open(path) as store:
        assert store.sessions() == []
        assert store.files(record.id).read("recording.mkv") == b"film"


def test_of_a_damaged_database_only_what_came_after_the_last_start_is_missing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path) as store:
        record = begun(store)
        (kept,) = store.append_marks(record.id, [NOTE])
    with Store.open(path) as store:
        store.append_marks(record.id, [NOTE])
    damage_header(path)
    with pytest.raises(AppError, match="as it was at the last start"):
        Store.open(path)
    with Store.open(path) as store:
        assert [one.id for one in store.sessions()] == [record.id]
        assert store.marks(record.id) == [kept]


def test_without_room_for_a_copy_the_program_starts(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    path = tmp_path / "rapport.db"
    path.with_name("rapport.db.backup").mkdir()
    expected_warnings("could not be copied")
    with Store.open(path) as store:
        assert store.sessions() == []


@pytest.mark.parametrize("left", [None, b"", b"x"])
def test_a_list_that_was_lost_is_taken_from_its_copy(tmp_path: Path, left: bytes | None) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path) as store:
        record = begun(store)
    Store.open(path).close()
    path.unlink() if left is None else path.write_bytes(left)
    with pytest.raises(AppError, match="Start Rapport again: it takes the list as it was"):
        Store.open(path)
    with Store.open(path) as store:
        assert [one.id for one in store.sessions()] == [record.id]


def test_what_sqlite_kept_beside_a_lost_list_is_not_laid_over_its_copy(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path) as store:
        record = begun(store)
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.executescript("CREATE TABLE later (x); PRAGMA wal_checkpoint(TRUNCATE);")
        db.executescript("INSERT INTO later VALUES (zeroblob(50000));")
        beside = {side: Path(f"{path}{side}").read_bytes() for side in ("-wal", "-shm")}
    path.unlink()
    for side, content in beside.items():
        Path(f"{path}{side}").write_bytes(content)
    with pytest.raises(AppError, match="it takes the list as it was"):
        Store.open(path)
    with Store.open(path) as store:
        assert [one.id for one in store.sessions()] == [record.id]


def test_a_list_that_is_only_locked_is_not_taken_for_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rapport.db"
    Store.open(path).close()
    Store.open(path).close()
    fault = sqlite3.OperationalError("locking protocol")
    fault.sqlite_errorname = "SQLITE_PROTOCOL"

    def locked(*_: object) -> None:
        raise fault

    monkeypatch.setattr("sqlalchemy.engine.Engine.connect", locked)
    with pytest.raises(AppError, match="in use by another program"):
        Store.open(path)
    assert path.exists()
    assert not list(tmp_path.glob("*.damaged-*"))


def flip(path: Path, place: int, size: int = 4) -> None:
    """Turn some bytes of a file over."""
    content = bytearray(path.read_bytes())
    for at in range(place, place + size):
        content[at] ^= 0xFF
    path.write_bytes(content)


def test_a_format_that_nobody_knows_is_damage_too(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path) as store:
        record = begun(store)
    Store.open(path).close()
    flip(path, 44)
    with pytest.raises(AppError, match="was damaged"):
        Store.open(path)
    with Store.open(path) as store:
        assert [one.id for one in store.sessions()] == [record.id]


def test_a_damaged_letter_locks_nothing_up(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path) as store:
        begun(store, title="A title like no other")
    flip(path, path.read_bytes().index(b"like no other"), 2)
    with Store.open(path) as store:
        assert [one.title for one in store.sessions()] == ["A title \ufffd\ufffdke no other"]


def test_a_full_disk_is_told_where_the_database_only_says_that_it_cannot_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    path = tmp_path / "rapport.db"
    told = of_database(fault, path)
    assert told is not None
    assert "could not be read or written" in told.what
    monkeypatch.setattr(
        "app.store.faults.shutil.disk_usage", lambda _: type("Usage", (), {"free": 4096})
    )
    told = of_database(fault, path)
    assert told is not None
    assert "The disk is full" in told.what


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    path.touch()
    with Store.open(path) as store:
        assert store.sessions() == []


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipes (name TEXT)").close()
    with pytest.raises(AppError, match="database of another program"):
        Store.open(path)
    with closing(sqlite3.connect(path)) as db:
        tables = db.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("recipes",)]


def test_a_locked_database_is_told_and_works_again_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "rapport.db"
    with Store.open(path, busy_timeout_s=0.05) as store:
        record = begun(store)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE").close()
            with pytest.raises(AppError, match="in use by another program"):
                store.append_marks(record.id, [NOTE])
            assert [one.id for one in store.sessions()] == [record.id], "reading goes on"
            other.execute("COMMIT").close()
        assert len(store.append_marks(record.id, [NOTE])) == 1


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "rapport.db")
    record = begun(store)
    (kept,) = store.append_marks(record.id, [NOTE])

    def no_room(connection: sqlite3.Connection, *_: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}").close()

    event.listen(store._access._engine, "checkout", no_room)
    big = Mark(2.0, Lane.SELF, MarkKind.NOTE, "ana", {"text": "x" * 50_000})
    with pytest.raises(AppError) as told:
        store.append_marks(record.id, [big])
    assert "disk is full" in told.value.what
    assert "Free some space" in told.value.remedy
    assert store.marks(record.id) == [kept]
    store.close()


def test_a_session_without_room_for_its_folder_does_not_begin(store: Store) -> None:
    (store.path.parent / "sessions").write_text("a file in the way")
    with pytest.raises(AppError):
        begun(store)
    assert store.sessions() == []


READ_ONLY = """
import os, sys
from pathlib import Path
from app.errors import AppError
from app.store.store import Store
Store.open().close()  # everything is imported now; nobody may be allowed to later
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    Store.open(Path(sys.argv[1]))
except AppError as error:
    print(error.what, error.remedy, sep="|")
"""


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_may_not_be_written_is_told(there: bool) -> None:
    # Not under pytest's own folder, which nobody else may enter.
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        path = folder / "rapport.db"
        if there:
            Store.open(path).close()
            path.chmod(0o444)
        folder.chmod(0o555)
        child = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(path)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
    what, _, remedy = child.stdout.strip().partition("|")
    assert what == f"{path} cannot be written.", child.stderr
    assert "RAPPORT_HOME" in remedy
