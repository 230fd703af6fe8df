"""What a backup holds, and where it may lie: nothing in one can leave the folders of Rapport."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.paths import config_dir, data_dir
from app.store.database import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIX: Final = ".rapportbackup"
MAGIC: Final = b"rapport backup 1 sealed\n"
"""Before what a passphrase seals; a backup without one is a plain tar archive."""
ABOUT: Final = "rapport-backup.json"
"""First in the archive: what is in it."""
SUMS: Final = "rapport-sums.json"
"""Last in the archive: size and SHA-256 of each file; without it the archive is not whole."""
VERSION: Final = 1
DATA: Final = "data"
CONFIG: Final = "config"
LEFT_OUT: Final = frozenset({"models", "sample", "imports"})
"""Folders of what can be fetched or made again: speech models, the sample, half-done work."""
MOST_FILES: Final = 1_000_000
LARGEST_TEXT: Final = 256 * 2**20
"""Of the two files that describe the archive, bytes."""

_PART: Final = re.compile(r"[^/\\:*?\"<>|\x00-\x1f\x7f]{1,200}")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself."""

    version: int
    """Of the archive's layout."""
    made_at: str
    """ISO 8601, UTC."""
    app_version: str
    """Version of the program that made it."""
    persons: int
    """Profiles."""
    sessions: int
    """Sessions."""
    clips: int
    """Clips in the library."""
    files: int
    """Files."""
    size_bytes: int
    """All files together."""
    sealed: bool = False
    """Whether a passphrase opens it."""
    left_out: tuple[str, ...] = ()
    """Files that could not go in, because not every system can give a file such a name; whoever
    makes the backup is told, and the file says nothing of it."""

    def dump(self) -> bytes:
        """Write it."""
        said = asdict(self)
        del said["left_out"]
        return json.dumps(said).encode()

    @classmethod
    def load(cls, data: bytes) -> About:
        """Read it; an AppError where a newer program wrote it."""
        try:
            about = cls(**json.loads(data))
            numbers = (about.persons, about.sessions, about.clips, about.files, about.size_bytes)
            if not all(isinstance(one, int) and one >= 0 for one in (about.version, *numbers)):
                raise ValueError
        except (ValueError, TypeError) as error:
            raise damaged() from error
        if about.version > VERSION:
            raise AppError(
                "This backup was made by a newer Rapport.", "Install that version, then restore it."
            )
        return about


def damaged() -> AppError:
    """Say that an archive cannot be trusted."""
    return AppError(
        "This backup is damaged, or was cut off while it was copied.",
        "Copy it again from where it was kept, or use another one. Nothing was changed.",
    )


def not_ours(name: str) -> AppError:
    """Say that a file is something else."""
    return AppError(
        f"{name} is not a backup of Rapport.",
        "Choose a file that “Back everything up” or `rapport backup` has written.",
    )


def must_be_outside(file: Path, remedy: str) -> None:
    """Refuse a backup in the folders that it is about: a restore would delete it with them."""
    for folder in (data_dir(), config_dir()):
        if file.resolve().is_relative_to(folder.resolve()):
            raise AppError(f"{file} lies in Rapport's own folder {folder}.", remedy)


def is_safe(name: str) -> bool:
    """Whether a file of an archive has a place in Rapport's folders, on every system."""
    root, *parts = name.split("/")
    if root not in {DATA, CONFIG} or not parts or len(parts) > 12 or parts[0] in LEFT_OUT:
        return False
    return all(
        _PART.fullmatch(part) and part not in {".", ".."} and not _RESERVED.fullmatch(part)
        and part == part.strip(" ").rstrip(".")
        for part in parts
    )  # fmt: skip


def to_back_up(folder: Path, root: str) -> Iterator[tuple[str, Path]]:
    """Give the files of one of the folders, with their names in the archive, but the database."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        # A link could lead anywhere, and nobody but the person made it.
        if relative.parts[0] in LEFT_OUT or path.is_symlink() or not path.is_file():
            continue
        database = root == DATA and relative.parts[0].startswith(DATABASE)
        if not database and not path.name.endswith(".part"):
            yield f"{root}/{relative.as_posix()}", path
