"""Putting a backup back: all of it, or nothing.

The archive is unpacked beside the data folder and proven there. Only then its folder takes the
place of the data folder. A restore that was killed before that has changed nothing; one that was
killed after it is finished at the next start.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from alembic.script import ScriptDirectory

from app.errors import AppError
from app.paths import data_dir
from app.store.archive import counts
from app.store.archive_layout import (
    DATA,
    MAGIC,
    MOST_FILES,
    SUMS,
    About,
    damaged,
    is_safe,
    must_be_outside,
)
from app.store.archive_reading import about_of, is_plain, opened, text_of
from app.store.archive_stage import begin, discard, stage_folder
from app.store.database import DATABASE, MIGRATIONS
from app.store.faults import told
from app.store.private_file import open_private

if TYPE_CHECKING:
    import tarfile
    from collections.abc import Callable
    from pathlib import Path

PIECE: Final = 1 << 20
ROOM_BYTES: Final = 100 * 2**20


def is_sealed(source: Path) -> bool:
    """Whether a passphrase is needed."""
    with told(source), source.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def what_is_here() -> dict[str, int] | None:
    """Count what a restore would take the place of; None where there is nothing of anybody's."""
    folder = data_dir()
    found = dict.fromkeys(("persons", "sessions", "clips"), 0)
    database = folder / DATABASE
    if database.is_file() and database.stat().st_size:
        with told(database):
            found = counts(database)
    files = sum(1 for one in ("content", "keys", "sessions", "clips") if _any_file(folder / one))
    return found | {"folders": files} if any(found.values()) or files else None


def unpack(
    source: Path, *, passphrase: str | None = None, progress: Callable[[float], None] | None = None
) -> About:
    """Unpack a backup beside the data folder and prove every byte of it; nothing is changed yet.

    Raises
    ------
    AppError
        Where it is damaged, cut off, no backup, or there is no room.
    """
    must_be_outside(source, "Move it to another folder first: everything in this one is replaced.")
    stage = stage_folder()
    begin()
    try:
        with opened(source, passphrase) as (archive, stream):
            about = about_of(archive)
            _must_fit(about, stage)
            _unpack(archive, about, stage, progress)
            while stream.read(PIECE):  # what is sealed is whole only once its last byte is proven
                pass
        _prove_database(stage / DATA / DATABASE)
    except BaseException:
        discard()
        raise
    return about


def _must_fit(about: About, stage: Path) -> None:
    free = shutil.disk_usage(stage.parent).free - ROOM_BYTES
    if about.size_bytes > free:
        raise AppError(
            f"There is no room for this backup: it takes {_in_words(about.size_bytes)}, and"
            f" {_in_words(max(0, free))} are free.",
            "Free some space and try again. Nothing was changed.",
        )


def _in_words(size: int) -> str:
    return f"{size / 2**30:.1f} GB" if size >= 2**30 else f"{-(-size // 2**20)} MB"


def _unpack(
    archive: tarfile.TarFile,
    about: About,
    stage: Path,
    progress: Callable[[float], None] | None,
) -> None:
    """Write each file under the stage, and hold all of them against the sums at the end."""
    found: dict[str, tuple[int, str]] = {}
    done = 0
    while (info := archive.next()) is not None and info.name != SUMS:
        # Growing files may be a little larger than was counted; a bomb is not.
        done += info.size
        if not is_plain(info) or not is_safe(info.name) or len(found) >= MOST_FILES:
            raise damaged()
        if info.name in found or done > 2 * about.size_bytes + PIECE:
            raise damaged()
        found[info.name] = _one(archive, info, stage / info.name)
        if progress is not None:
            progress(min(1.0, done / max(1, about.size_bytes)))
    if info is None or _sums(text_of(archive, info)) != found or archive.next() is not None:
        raise damaged()


def _one(archive: tarfile.TarFile, info: tarfile.TarInfo, target: Path) -> tuple[int, str]:
    """Write one file; gives its size and its SHA-256."""
    source, found, size = archive.extractfile(info), hashlib.sha256(), 0
    with told(target):
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open_private(target) as file:
            while source is not None and (piece := source.read(PIECE)):
                file.write(piece)
                found.update(piece)
                size += len(piece)
            file.flush()
            os.fsync(file.fileno())
    if size != info.size:
        raise damaged()
    return size, found.hexdigest()


def _sums(text: bytes) -> dict[str, tuple[int, str]]:
    try:
        return {str(name): (int(size), str(sha)) for name, (size, sha) in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise damaged() from error


def _prove_database(path: Path) -> None:
    """Refuse a list of sessions that this program could not open."""
    known = {one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise damaged()
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
            if "alembic_version" not in tables:
                return  # made on a machine where nobody had begun
            revision = db.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    except sqlite3.Error as error:
        raise damaged() from error
    if revision not in known:
        raise AppError(
            "This backup was made by a newer Rapport.", "Install that version, then restore it."
        )


def _any_file(folder: Path) -> bool:
    return folder.is_dir() and any(path.is_file() for path in folder.rglob("*"))
