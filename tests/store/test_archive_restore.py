"""A restore beside other programs, and what an older backup must not undo."""

from __future__ import annotations

import datetime as dt
import errno
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store_cases import begun

from app.cli.archiving import read_backup, write_backup
from app.errors import AppError
from app.folders import data_dir
from app.store.archive import back_up
from app.store.archive_restore import unpack
from app.store.archive_stage import approve, finish_restore, in_use, stage_folder
from app.store.store import Store
from app.store.tables import SessionRow
from app.store.tables_sharing import WithdrawalRow
from app.store.types import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

WINDOW = """
from app.store.store import Store
with Store.open():
    print("open", flush=True)
    input()
"""


@contextmanager
def another_window() -> Iterator[None]:
    """Let another program have everything open."""
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path.cwd(),
    )
    assert window.stdout is not None
    try:
        assert window.stdout.readline() == "open\n"
        yield
    finally:
        window.communicate("\n")


def titles() -> list[str]:
    with Store.open() as store:
        return [record.title for record in store.sessions()]


def filled(title: str) -> str:
    with Store.open() as store:
        record = begun(store, title=title)
        store.finish_session(record.id, duration_s=10.0)
        return record.id


def test_nothing_is_replaced_while_another_window_is_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled("of the backup")
    back_up(tmp_path / "all")
    filled("since")
    with another_window():
        assert in_use()
        assert read_backup(tmp_path / "all", replace=True) == 1
        assert "Rapport is open" in capsys.readouterr().err
        unpack(tmp_path / "all")
        approve()
        assert not finish_restore()
        assert len(titles()) == 2
    assert not in_use()
    assert titles() == ["of the backup"]


def test_every_command_puts_an_approved_backup_in_its_place_first(tmp_path: Path) -> None:
    filled("of the backup")
    back_up(tmp_path / "all")
    filled("since")
    unpack(tmp_path / "all")
    approve()
    assert titles() == ["of the backup"]
    assert not stage_folder().exists()


def test_what_was_held_open_when_it_was_replaced_goes_at_the_next_start() -> None:
    filled("of now")
    left = data_dir().with_name(f"{data_dir().name}.replaced")
    (left / "sessions").mkdir(parents=True)
    (left / "sessions" / "recording.mkv").write_bytes(b"of then")
    assert titles() == ["of now"]
    assert not left.exists()


def test_a_share_that_was_taken_back_stays_closed_after_an_older_backup(tmp_path: Path) -> None:
    session_id = filled("shared with me")
    with Store.open() as store, store.access.write() as db:
        row = db.get_one(SessionRow, session_id)
        row.origin, row.owner_name = Origin.RECEIVED.value, "Ben"
        row.share_id, row.sender_key = "share", "key of Ben"
    back_up(tmp_path / "all")
    with Store.open() as store, store.access.write() as db:
        read_at = dt.datetime.now(dt.UTC)
        db.add(WithdrawalRow(share_id="share", public_key="key of Ben", read_at=read_at))
        db.add(WithdrawalRow(share_id="share", public_key="key of Eve", read_at=read_at))
    assert read_backup(tmp_path / "all", replace=True) == 0
    with Store.open() as store:
        (receipt,) = store.enforce_retention()
        assert receipt.reason == "share_withdrawn"
        assert store.sessions() == []


UNPACKING = """
import os, sys
from pathlib import Path
from app.store.archive_restore import unpack
unpack(Path(sys.argv[1]), progress=lambda part: part > 0.5 and os._exit(9))
"""
WAITING = """
import sys
from pathlib import Path
from app.store.archive_restore import unpack
unpack(Path(sys.argv[1]))
print("unpacked", flush=True)
input()
"""


def test_half_an_unpacked_backup_goes_at_the_next_start(tmp_path: Path) -> None:
    filled("of the backup")
    back_up(tmp_path / "all")
    done = subprocess.run(
        [sys.executable, "-c", UNPACKING, str(tmp_path / "all")], check=False, cwd=Path.cwd()
    )
    assert done.returncode == 9
    assert list(stage_folder().rglob("rapport.db"))
    assert titles() == ["of the backup"]
    assert not stage_folder().exists()


POWER_CUT = """
import os, sys
from pathlib import Path
from app.store.archive_restore import unpack
os.fsync = lambda file: os.ftruncate(file, 0) or os._exit(9)
unpack(Path(sys.argv[1]))
"""


def test_a_power_cut_before_anything_is_unpacked_holds_no_later_restore_up(tmp_path: Path) -> None:
    filled("of the backup")
    back_up(tmp_path / "all")
    done = subprocess.run(
        [sys.executable, "-c", POWER_CUT, str(tmp_path / "all")], check=False, cwd=Path.cwd()
    )
    assert done.returncode == 9
    assert not finish_restore()
    unpack(tmp_path / "all")
    approve()
    assert finish_restore()
    assert titles() == ["of the backup"]


def test_what_another_window_unpacks_is_neither_deleted_nor_unpacked_over(tmp_path: Path) -> None:
    filled("of the backup")
    back_up(tmp_path / "all")
    window = subprocess.Popen(
        [sys.executable, "-c", WAITING, str(tmp_path / "all")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd(),
    )  # fmt: skip
    try:
        assert window.stdout is not None
        assert window.stdout.readline() == b"unpacked\n"
        assert titles() == ["of the backup"]
        assert list(stage_folder().rglob("rapport.db"))
        with pytest.raises(AppError, match="being restored on this computer already"):
            unpack(tmp_path / "all")
    finally:
        window.communicate(b"\n")
    unpack(tmp_path / "all")


def test_a_backup_that_waits_for_an_answer_is_not_taken_away_by_the_same_window(
    tmp_path: Path,
) -> None:
    filled("of the backup")
    back_up(tmp_path / "all")
    unpack(tmp_path / "all")
    assert titles() == ["of the backup"]
    approve()
    assert finish_restore()


def test_without_room_for_its_first_file_a_restore_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled("of the backup")
    back_up(tmp_path / "all")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("app.store.archive_stage.os.fsync", full)
    with pytest.raises(AppError, match="The disk is full"):
        unpack(tmp_path / "all")
    assert not stage_folder().exists()


def test_own_files_that_no_archive_can_hold_are_told_and_not_lost_in_silence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled("of the backup")
    own = data_dir() / "content" / "scenarios"
    own.mkdir(parents=True)
    for name in ("plain.toml", "who? me.toml", "l" * 210 + ".toml"):
        (own / name).write_text("x = 1", "utf-8")
    about = back_up(tmp_path / "all")
    assert {Path(name).name for name in about.left_out} == {"who? me.toml", "l" * 210 + ".toml"}
    unpack(tmp_path / "all")
    names = [path.name for path in stage_folder().rglob("*.toml")]
    assert names == ["plain.toml"]
    assert write_backup(tmp_path / "again", sealed=False) == 0
    assert "who? me.toml" in capsys.readouterr().err


def test_a_backup_is_neither_written_into_what_it_holds_nor_deleted_by_its_restore(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled("of the backup")
    back_up(tmp_path / "all")
    monkeypatch.chdir(data_dir())
    with pytest.raises(AppError, match="lies in Rapport's own folder"):
        back_up(Path("all"))
    inside = (tmp_path / "all").rename(data_dir() / "all")
    with pytest.raises(AppError, match="Move it to another folder first"):
        unpack(inside)
    assert inside.exists()
    assert not stage_folder().exists()
