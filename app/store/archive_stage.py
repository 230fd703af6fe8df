"""Where a backup waits, unpacked and proven, until it takes the place of the data.

A program that starts looks here first; what it takes to look is kept small.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.paths import config_dir, data_dir
from app.store.archive_layout import CONFIG, DATA
from app.store.faults import told
from app.store.owner import process_started

if TYPE_CHECKING:
    from pathlib import Path

WHOLE: Final = "whole"
"""File that stands beside what was unpacked, once all of it is proven."""
KEPT: Final = "models"
"""Folder of this machine's data that a restore leaves here: no backup holds it."""


def stage_folder() -> Path:
    """Where a backup is unpacked: beside the data folder, so that it can be put in its place."""
    folder = data_dir()
    return folder.with_name(f"{folder.name}.restored")


def approve() -> None:
    """Let what was unpacked take the place of the data: now, or at the next start."""
    mark = stage_folder() / WHOLE
    with told(mark), mark.open("wb") as file:
        file.write(f"{os.getpid()} {process_started(os.getpid())}".encode())
        file.flush()
        os.fsync(file.fileno())


def discard() -> None:
    """Delete what was unpacked and not approved."""
    stage = stage_folder()
    with told(stage), suppress(FileNotFoundError):
        (stage / WHOLE).unlink(missing_ok=True)
        shutil.rmtree(stage)


def finish_restore() -> bool:
    """Put an approved backup in its place; also after a kill. False where there is none.

    The program must not have the database open.
    """
    stage, data = stage_folder(), data_dir()
    if not (stage / WHOLE).is_file() or _approver_lives(stage / WHOLE):
        return False
    new, old = stage / DATA, data.with_name(f"{data.name}.replaced")
    with told(data):
        if new.is_dir():
            _keep_models(data, old, new)
            if data.exists() and not old.exists():
                data.replace(old)
            if data.exists():  # made anew by a start in between, empty
                shutil.rmtree(data)
            new.replace(data)
        _put_settings(stage / CONFIG)
        shutil.rmtree(old, ignore_errors=True)
        (stage / WHOLE).unlink()
        shutil.rmtree(stage, ignore_errors=True)
    return True


def _approver_lives(mark: Path) -> bool:
    """Whether the window in which it was approved is still open: it has the database open too."""
    with told(mark):
        pid, _, began = mark.read_text("utf-8").partition(" ")
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    return began != "None" and str(process_started(int(pid))) == began


def _keep_models(data: Path, old: Path, new: Path) -> None:
    for folder in (data, old):
        if (folder / KEPT).is_dir() and not (new / KEPT).exists():
            (folder / KEPT).replace(new / KEPT)


def _put_settings(source: Path) -> None:
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        if path.is_file():
            target = config_dir() / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
