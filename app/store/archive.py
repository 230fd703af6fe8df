"""A backup of everything in one file: a tar archive, sealed where there is a passphrase.

The database goes in as one moment of it (SQLite's backup), then the files of the sessions that it
knows. The file appears under its name only once it is whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Final, cast

from app.paths import cache_dir, config_dir, data_dir
from app.store.archive_layout import (
    ABOUT,
    CONFIG,
    DATA,
    MAGIC,
    SUMS,
    VERSION,
    About,
    is_safe,
    must_be_outside,
    to_back_up,
)
from app.store.database import DATABASE
from app.store.faults import told
from app.store.handover.chunks import SealedSink
from app.store.handover.header import must_be_strong, new_header
from app.store.leftovers import part_name
from app.store.private_file import open_private
from app.version import VERSION as APP_VERSION
from app.windows import take_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.store.handover.chunks import Sink

SESSIONS: Final = f"{DATA}/sessions/"
CLIPS: Final = f"{DATA}/clips/"
SCRATCH: Final = "backup"
COUNTED: Final = ("persons", "sessions", "clips")


def back_up(
    target: Path, *, passphrase: str | None = None, progress: Callable[[float], None] | None = None
) -> About:
    """Write everything into one file; gives what is in it.

    Parameters
    ----------
    target
        Where it goes; an older file of this name is replaced once the new one is whole.
    passphrase
        With it the file is sealed; without it everybody who has the file can read it.
    progress
        Told 0..1; may raise to stop it, and nothing is left then.

    Raises
    ------
    AppError
        Where the passphrase is too weak, the disk is full, or a folder cannot be read.
    """
    must_be_outside(
        target, "Choose another folder: with the next restore everything in this one is replaced."
    )
    if passphrase is not None:
        must_be_strong(passphrase)
    part = target.with_name(f"{target.name}.part")
    try:
        with _scratch() as made:
            snapshot = _snapshot(made)
            files, left_out = _listed(snapshot)
            about = _about(snapshot, files, left_out, sealed=passphrase is not None)
            with told(target):
                part.unlink(missing_ok=True)
                with open_private(part) as file:
                    with _sealed(file, passphrase) as sink:
                        _write(sink, about, files, progress)
                    file.flush()
                    os.fsync(file.fileno())
        with told(target):
            take_place(part, target)
    finally:
        part.unlink(missing_ok=True)
    return about


def counts(database: Path) -> dict[str, int]:
    """Count what a database of Rapport holds; a table that it lacks holds nothing."""
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        return {
            one: int(db.execute(f"SELECT count(*) FROM {one}").fetchone()[0])  # noqa: S608 - ours
            if one in tables
            else 0
            for one in COUNTED
        }


@contextmanager
def _scratch() -> Iterator[Path]:
    """Give a folder for the copy of the database; one that a kill leaves goes at the next start."""
    made = cache_dir() / part_name(SCRATCH)
    with told(made):
        made.mkdir(mode=0o700)
        try:
            yield made
        finally:
            shutil.rmtree(made)


def _snapshot(folder: Path) -> Path:
    """Copy the database as it is at this moment, whoever writes to it."""
    source, copy = data_dir() / DATABASE, folder / DATABASE
    with told(source), closing(sqlite3.connect(copy)) as target:
        if source.exists():
            with closing(sqlite3.connect(source)) as db:
                db.backup(target)
            target.execute("PRAGMA journal_mode = DELETE").close()
    return copy


def _listed(snapshot: Path) -> tuple[list[tuple[str, Path]], list[str]]:
    """List all files with their names in the archive, and those that no archive can hold.

    Folders of no session stay behind.
    """
    known, left_out = _ids(snapshot), []
    files = [(f"{DATA}/{DATABASE}", snapshot)]
    for folder, root in ((data_dir(), DATA), (config_dir(), CONFIG)):
        with told(folder):
            for name, path in to_back_up(folder, root):
                if name.startswith((SESSIONS, CLIPS)) and name.split("/")[2] not in known:
                    continue
                if is_safe(name):
                    files.append((name, path))
                else:
                    left_out.append(str(path))
    return files, left_out


def _ids(snapshot: Path) -> set[str]:
    with closing(sqlite3.connect(snapshot)) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        ids: set[str] = set()
        for table in {"sessions", "clips"} & tables:
            ids |= {one for (one,) in db.execute(f"SELECT id FROM {table}")}  # noqa: S608 - ours
        return ids


def _about(
    snapshot: Path, files: list[tuple[str, Path]], left_out: list[str], *, sealed: bool
) -> About:
    size = 0
    for _, path in files:
        with told(path):
            size += path.stat().st_size
    return About(
        version=VERSION,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        app_version=APP_VERSION,
        files=len(files),
        size_bytes=size,
        sealed=sealed,
        left_out=tuple(left_out),
        **counts(snapshot),
    )


def _write(
    sink: Sink,
    about: About,
    files: list[tuple[str, Path]],
    progress: Callable[[float], None] | None,
) -> None:
    sums: dict[str, tuple[int, str]] = {}
    whole, done = max(1, about.size_bytes), 0

    def step(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(min(1.0, done / whole))

    with tarfile.open(
        fileobj=cast("IO[bytes]", sink), mode="w|", format=tarfile.PAX_FORMAT
    ) as archive:
        _text(archive, ABOUT, about.dump())
        for name, path in files:
            with told(path), path.open("rb") as source:
                # What is read is what was there when it was opened, also of a file that grows.
                info = tarfile.TarInfo(name)
                info.size = os.fstat(source.fileno()).st_size
                info.mode = 0o600
                reader = _Summing(source, step)
                archive.addfile(info, cast("IO[bytes]", reader))
                sums[name] = (info.size, reader.sum.hexdigest())
        _text(archive, SUMS, json.dumps(sums).encode())


def _text(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    info.mode = 0o600
    archive.addfile(info, io.BytesIO(data))


class _Summing:
    """A file that is read once, from its beginning, and summed on the way."""

    def __init__(self, file: IO[bytes], step: Callable[[int], None]) -> None:
        self._file = file
        self._step = step
        self.sum = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Read on."""
        data = self._file.read(size)
        self.sum.update(data)
        self._step(len(data))
        return data


@contextmanager
def _sealed(file: IO[bytes], passphrase: str | None) -> Iterator[Sink]:
    """Give what the archive is written to."""
    if passphrase is None:
        yield cast("Sink", file)
        return
    header, key = new_header(passphrase)
    file.write(MAGIC + header.packed())
    sink = SealedSink(file, key, header.packed())
    yield sink
    sink.close()
