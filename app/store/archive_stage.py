"""Where a backup waits, unpacked and proven, until it takes the place of the data.

A program that starts looks here first; what it takes to look is kept small.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.paths import config_dir, data_dir
from app.store.archive_layout import CONFIG, DATA
from app.store.database import DATABASE
from app.store.faults import sqlite_name, told
from app.store.owner import lives, process_started
from app.windows import take_place

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

WHOLE: Final = "whole"
"""File that stands beside what was unpacked, once all of it is proven."""
UNPACKING: Final = "unpacking"
"""File beside it from the beginning: which program unpacks."""
LOCK: Final = "lock"
"""File beside it that a program holds while it puts everything in its place."""
WAIT_S: Final = 60.0
"""How long another program's restore is waited for, seconds: it moves folders, and is soon done."""
WITHDRAWAL: Final = "share_id, public_key, read_at"
"""Columns of a share that was taken back."""
KEPT: Final = "models"
"""Folder of this machine's data that a restore leaves here: no backup holds it."""


def stage_folder() -> Path:
    """Where a backup is unpacked: beside the data folder, so that it can be put in its place."""
    folder = data_dir()
    return folder.with_name(f"{folder.name}.restored")


def begin() -> None:
    """Make room for what will be unpacked; what an earlier one left goes."""
    stage = stage_folder()
    mark = stage / UNPACKING
    if mark.is_file() and not _is_left(mark) and _signed(mark)[0] != os.getpid():
        raise AppError(
            "A backup is being restored on this computer already.",
            "Answer the window that does it, or close it. Nothing was changed.",
        )
    discard()
    with told(stage):
        stage.mkdir(mode=0o700)
    try:
        _sign(stage / UNPACKING)
    except AppError:
        discard()
        raise


def approve() -> None:
    """Let what was unpacked take the place of the data: now, or at the next start."""
    _sign(stage_folder() / WHOLE)


def _sign(mark: Path) -> None:
    """Write down which program it is, whole or not at all."""
    part = mark.with_name(f"{mark.name}.part")
    with told(mark):
        with part.open("wb") as file:
            file.write(f"{os.getpid()} {process_started(os.getpid())}".encode())
            file.flush()
            os.fsync(file.fileno())
        take_place(part, mark)


def discard() -> None:
    """Delete what was unpacked and not approved."""
    stage = stage_folder()
    with told(stage), suppress(FileNotFoundError):
        (stage / WHOLE).unlink(missing_ok=True)
        shutil.rmtree(stage)


def in_use() -> bool:
    """Whether a program, also this one, has the list of sessions open.

    Only while nobody else has it open does SQLite let go of the write-ahead log.
    """
    database = data_dir() / DATABASE
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(database, timeout=0.0, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = DELETE").close()
    except sqlite3.Error as error:
        return sqlite_name(error) in {"SQLITE_BUSY", "SQLITE_LOCKED"}
    return False


def finish_restore() -> bool:
    """Put an approved backup in its place; also after a kill. False where there is none to put.

    It waits for another start while any program has the database open.
    """
    stage, data = stage_folder(), data_dir()
    old = data.with_name(f"{data.name}.replaced")
    if not (stage / WHOLE).is_file():
        if _is_left(stage / UNPACKING):
            shutil.rmtree(stage, ignore_errors=True)
        if old.is_dir() and data.is_dir():  # what could not be deleted then, held open by others
            shutil.rmtree(old, ignore_errors=True)
        return False
    with told(stage), closing(_lock(stage)) as lock:
        # Of two programs that start at once one does it, and the other waits for it here.
        lock.execute("BEGIN EXCLUSIVE").close()
        if not (stage / WHOLE).is_file() or _approver_lives(stage / WHOLE) or in_use():
            return False
        _put(stage, data, old)
        (stage / WHOLE).unlink()
    shutil.rmtree(stage, ignore_errors=True)
    return True


def _lock(stage: Path) -> sqlite3.Connection:
    """Give what only one program can hold; it is let go also by a kill."""
    return sqlite3.connect(stage / LOCK, timeout=WAIT_S, isolation_level=None)


def _put(stage: Path, data: Path, old: Path) -> None:
    """Put what was unpacked in the place of the data; may be done again after a kill."""
    new = stage / DATA
    if new.is_dir():
        _keep_models(data, old, new)
        _keep_withdrawals(data if (data / DATABASE).is_file() else old, new)
        if data.exists() and not old.exists():
            take_place(data, old)
        if data.exists():  # made anew by a start in between, empty
            shutil.rmtree(data)
        take_place(new, data)
    _put_settings(stage / CONFIG)
    shutil.rmtree(old, ignore_errors=True)


def _approver_lives(mark: Path) -> bool:
    """Whether the window in which it was approved is still open: it has the database open too."""
    pid, began = _signed(mark)
    return pid not in {0, os.getpid()} and lives(pid, began)


def _is_left(mark: Path) -> bool:
    """Whether a kill ended what was being unpacked, or what nobody approved."""
    if not mark.is_file():
        return False
    pid, began = _signed(mark)
    return pid != 0 and not lives(pid, began)


def _signed(mark: Path) -> tuple[int, float]:
    """Read which program signed, and when it began; 0 where that is not known."""
    with told(mark):
        pid, _, began = mark.read_text("utf-8").partition(" ")
    try:
        return int(pid), float(began)
    except ValueError:
        return 0, 0.0


def _keep_models(data: Path, old: Path, new: Path) -> None:
    for folder in (data, old):
        if (folder / KEPT).is_dir() and not (new / KEPT).exists():
            take_place(folder / KEPT, new / KEPT)


def _keep_withdrawals(here: Path, new: Path) -> None:
    """Take along which shares were taken back since: an older backup opens none of them again."""
    sides = [folder / DATABASE for folder in (here, new)]
    if not all(side.is_file() for side in sides):
        return
    try:
        with closing(sqlite3.connect(f"{sides[0].absolute().as_uri()}?mode=ro", uri=True)) as db:
            rows = db.execute(f"SELECT {WITHDRAWAL} FROM withdrawals").fetchall()  # noqa: S608
        with closing(sqlite3.connect(sides[1])) as db, db:
            marks = "?, ?, ?"
            db.executemany(
                f"INSERT OR IGNORE INTO withdrawals ({WITHDRAWAL}) VALUES ({marks})",  # noqa: S608
                rows,
            )
    except sqlite3.DatabaseError as error:
        # Of a time before hand-overs, or damaged: there is nothing that could be taken along.
        log.info("No withdrawals were taken along: %s", error)


def _put_settings(source: Path) -> None:
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        if path.is_file():
            target = config_dir() / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            take_place(path, target)
