"""Finding videos in folders, and knowing the same video again under another name."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.paths import is_endless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from app.store.imports import Import
    from app.store.store import Store
    from app.store.types import KeepPolicy

log = logging.getLogger(__name__)

ENDINGS: Final = frozenset(
    (
        *(".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".3gp", ".3g2", ".mts", ".m2ts"),
        *(".mpg", ".mpeg", ".wmv", ".m4a", ".mp3", ".wav", ".ogg", ".oga", ".opus", ".flac"),
        *(".aac", ".amr"),
    )
)
"""Files with these endings are taken out of a folder; a file that is named is taken whatever."""
MOST: Final = 1000
"""Files that one import takes."""
LOOKED_AT: Final = 1 << 20
"""Of a file's beginning, middle and end, bytes: a 4 GB film is known again in 10 ms."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to import under some names."""

    videos: tuple[Path, ...]
    """In the order in which a person counts: film 2 before film 10."""
    left_out: int
    """Files in the folders that are neither video nor sound."""
    dead: tuple[Path, ...] = ()
    """Links in the folders that lead nowhere, and are named like a video or sound file."""


def find_videos(paths: Iterable[Path]) -> Found:
    """Find the videos in folders and among files; each once, hidden ones left alone.

    Raises
    ------
    AppError
        Where there is no video, a folder cannot be read, or there are far too many.
    """
    videos: dict[Path, None] = {}
    dead: list[Path] = []
    left_out = 0
    named = list(paths)
    for path in named:
        for one in _under(path):
            _must_be_text(one)
            if not one.exists():
                dead += [one] * (one.suffix.lower() in ENDINGS)
            elif one.suffix.lower() in ENDINGS or not path.is_dir():
                videos[one] = None
            else:
                left_out += 1
            if len(videos) > MOST:
                raise AppError(
                    f"These are more than {MOST} videos.", "Import them folder by folder."
                )
    if not videos:
        name = named[0].name if len(named) == 1 else "this"
        if dead:
            raise AppError(dead_link(dead[0]), "Put the file back, or plug its disk in again.")
        raise AppError(
            f"There is no video in {name}.",
            f"Choose a folder with videos ({', '.join(sorted(ENDINGS)[:6])} and others).",
        )
    return Found(tuple(sorted(videos, key=_counted)), left_out, tuple(sorted(dead, key=_counted)))


def _must_be_text(path: Path) -> None:
    """Refuse a name that no list can keep; some disks hold names that are no text."""
    name = os.fsencode(path).decode(errors="replace")
    if name != str(path):
        raise AppError(f"The name {name} holds signs that are no text.", "Rename it and try again.")


def dead_link(path: Path) -> str:
    """Say that a link leads nowhere."""
    return f"{path.name} was left out: it is a link to a file that is not there."


def fingerprint(path: Path) -> str | None:
    """Give what a video is known again by; None where it cannot be read."""
    try:
        size = path.stat().st_size
        found = hashlib.blake2b(str(size).encode(), digest_size=16)
        with path.open("rb") as file:
            for at in (0, max(0, size // 2 - LOOKED_AT // 2), max(0, size - LOOKED_AT)):
                file.seek(at)
                found.update(file.read(LOOKED_AT))
    except OSError as error:
        log.info("No fingerprint of %s: %s", path.name, error)
        return None
    return found.hexdigest()


def add_videos(
    store: Store,
    person_id: str,
    paths: Sequence[Path],
    keep: KeepPolicy,
    *,
    mine: bool = False,
    progress: Callable[[float], None] | None = None,
) -> tuple[list[Import], Found]:
    """Put videos into the queue; gives them, and what was found, with what was left out."""
    found = find_videos(paths)
    prints: list[tuple[Path, str | None]] = []
    for at, video in enumerate(found.videos):
        prints.append((video.absolute(), fingerprint(video)))
        if progress is not None:
            progress((at + 1) / len(found.videos))
    return store.imports.add(person_id, prints, keep, mine=mine), found


def _under(path: Path) -> Iterator[Path]:
    """Give a file, or all files in a folder and its folders, and links that lead nowhere."""
    if not path.is_dir():
        if not path.exists():
            raise AppError(f"There is no {path.name}.", "Check its name and folder.")
        if is_endless(path):
            raise AppError(f"{path.name} is not a file.", "Name videos, or a folder with videos.")
        yield path
        return

    def refused(error: OSError) -> None:
        raise AppError(
            f"The folder {path.name} cannot be read: {error.strerror}.",
            "Allow your user to read it, or copy the videos elsewhere.",
        ) from error

    for folder, folders, names in os.walk(path, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            whole = Path(folder, name)
            dead = whole.is_symlink() and not whole.exists()
            if not name.startswith(".") and (whole.is_file() or dead):
                yield whole


def _counted(path: Path) -> tuple[object, ...]:
    """Sort numbers in names as numbers; numbers and letters are never held against each other."""
    parts = re.split(r"(\d+)", str(path).casefold())
    return tuple((1, int(one), "") if one.isdigit() else (0, 0, one) for one in parts)
