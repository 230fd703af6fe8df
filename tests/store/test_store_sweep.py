"""What comes after a session was deleted does not bring it back, and nothing else is swept away."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from store_cases import a_report, begun

from app.errors import AppError
from app.store.files import SessionFiles
from app.store.store import Store
from app.windows import TRIES

if TYPE_CHECKING:
    from pathlib import Path

HOURS = 2 * 3600.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rapport.db"


def deleted(store: Store) -> SessionFiles:
    """The folder of a session that was deleted."""
    record = begun(store)
    files = store.files(record.id)
    store.finish_session(record.id, duration_s=60.1, report=a_report())
    store.delete_session(record.id)
    return files


def test_a_folder_inside_a_deleted_session_is_not_made_again(store: Store) -> None:
    files = deleted(store)
    again = files.within("again")
    for late in (
        again.make,
        lambda: again.write_atomic("late.json", b"{}"),
        lambda: again.open_write("late.rrd"),
        lambda: files.take_over(again) or files.write_atomic("late.json", b"{}"),
    ):
        with pytest.raises(AppError, match="not there any more"):
            late()
    assert not files.folder.exists()


def test_while_the_session_is_there_so_is_what_is_made_in_it(store: Store) -> None:
    files = store.files(begun(store).id)
    again = files.within("again")
    again.write_atomic("new.json", b"{}")
    files.take_over(again)
    assert files.read("new.json") == b"{}"
    assert not again.folder.exists()


def test_what_came_back_after_the_deletion_goes_at_the_next_start(path: Path) -> None:
    with Store.open(path) as store:
        files = deleted(store)
    (files.folder / "again").mkdir(parents=True)
    (files.folder / "again" / "readings.rrd").write_bytes(b"late")
    with Store.open(path):
        assert not files.folder.exists()


def test_what_came_back_is_deleted_when_others_may_write_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = SessionFiles.delete
    with Store.open(path, busy_timeout_s=0.2) as other:
        files = deleted(other)
        (files.folder / "again").mkdir(parents=True)
        written: list[str] = []

        def meanwhile(one: SessionFiles) -> None:
            if one.folder.exists():
                written.append(begun(other).id)
            delete(one)

        monkeypatch.setattr(SessionFiles, "delete", meanwhile)
        with Store.open(path) as store:
            assert not files.folder.exists()
            assert [one.id for one in store.sessions()] == written
            assert len(written) == 1


def test_a_kill_in_the_midst_of_it_leaves_nothing_that_stays(path: Path) -> None:
    with Store.open(path) as store:
        files = deleted(store)
    (files.folder / "again").mkdir(parents=True)
    (files.folder / "again" / "readings.rrd").write_bytes(b"late")
    aside = files.set_aside()  # and here it is killed
    assert aside.folder.is_dir()
    stranger = SessionFiles(files.folder.with_name("5d1e0b52-unknown.part"))
    stranger.write_atomic("recording.mkv", b"of somebody")
    with Store.open(path):
        assert not aside.folder.exists()
        assert stranger.has("recording.mkv")


def test_what_a_kill_left_and_what_nobody_knows_stays(path: Path) -> None:
    with Store.open(path) as store:
        running = store.files(begun(store).id)
        running.write_atomic("readings.rrd", b"so far")
    stranger = SessionFiles(running.folder.with_name("5d1e0b52-newer-than-the-copy"))
    stranger.write_atomic("recording.mkv", b"of a list that was damaged")
    os.utime(stranger.folder, (0, 0))
    with Store.open(path) as store:
        assert [one.id for one in store.unfinished()] == [running.folder.name]
        assert running.read("readings.rrd") == b"so far"
        assert stranger.has("recording.mkv")


def test_an_empty_folder_goes_once_it_is_old(path: Path) -> None:
    with Store.open(path) as store:
        sessions = store.files(begun(store).id).folder.parent
    old, new = sessions / "never-began", sessions / "just-beginning"
    for folder in (old, new):
        folder.mkdir()
    then = new.stat().st_mtime - HOURS
    os.utime(old, (then, then))
    with Store.open(path):
        assert not old.exists()
        assert new.is_dir()


def test_a_process_that_still_writes_does_not_hold_up_the_deletion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = SessionFiles(tmp_path / "session")
    files.write_atomic("a", b"")
    late = [2]
    real = shutil.rmtree

    def meanwhile(folder: Path) -> None:
        if late[0]:
            late[0] -= 1
            raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
        real(folder)

    monkeypatch.setattr("app.store.files.shutil.rmtree", meanwhile)
    files.delete()
    assert not files.folder.exists()
    files.write_atomic("a", b"")
    late[0] = TRIES
    with pytest.raises(AppError):
        files.delete()
