"""Faults of disk and database in words that a person can act on."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DatabaseFault = DBAPIError | sqlite3.Error
"""SQLAlchemy's wrapping, or the driver's own while a connection is being prepared."""

FULL: Final = ("The disk is full; {path} could not be written.", "Free some space and try again.")
READ_ONLY: Final = (
    "{path} cannot be written.",
    "Allow writing in its folder, or set RAPPORT_HOME to a folder that you may write to.",
)
LOCKED: Final = (
    "{path} is in use by another program.",
    "Close other windows of Rapport, or whatever has the file open, and try again.",
)
MISSING: Final = (
    "{path} is not there any more.",
    "It may have been moved or deleted by hand. What else is kept can still be opened.",
)
FORBIDDEN: Final = ("{path} may not be opened.", "Allow your user to read and write it.")
DAMAGED: Final = (
    "The list of sessions in {path} is damaged.",
    "Close Rapport and start it again: the damaged file is then kept aside, nothing is deleted.",
)

BY_ERRNO: Final = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.ENOENT: MISSING,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
}
HELD: Final = (
    "{path} may not be opened or changed.",
    "Close whatever has it open, or allow your user to read and write it.",
)
BY_WINERROR: Final = {5: HELD, 32: LOCKED, 33: LOCKED}
"""Windows' own numbers: there a file that somebody has open is not replaced or deleted, and errno
calls that a missing right."""
BY_SQLITE: Final = {
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_CANTOPEN": READ_ONLY,
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_PROTOCOL": LOCKED,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED,
    "SQLITE_IOERR": (
        "{path} could not be read or written.",
        "Check the disk that it is on, then try again.",
    ),
}
"""By the first two words of SQLite's own error name; the rest of the name is detail."""


ROOM_BYTES: Final = 64 * 2**10
"""With less room than this SQLite cannot work; its smallest step beside a database is 32 KB."""


class DiskFault(AppError):
    """The operating system refused a file or a folder, which is told along."""

    def __init__(self, what: str, remedy: str, path: Path) -> None:
        super().__init__(what, remedy)
        self.path = path


def of_os(error: OSError, path: Path) -> DiskFault:
    """Say what the operating system refused, and what to do."""
    windows = BY_WINERROR.get(getattr(error, "winerror", None) or 0)
    what, remedy = windows or BY_ERRNO.get(
        error.errno or 0,
        (f"{{path}} could not be used: {error.strerror}.", "Check the disk that it is on."),
    )
    return DiskFault(what.format(path=path), remedy, path)


def of_database(error: DatabaseFault, path: Path) -> AppError | None:
    """Say what the database refused; None where the fault is the program's own."""
    name = sqlite_name(error)
    if name not in BY_SQLITE:
        return None
    # What it keeps beside the database is mapped into memory, and tells nothing of its room.
    full = name == "SQLITE_IOERR" and _is_full(path)
    what, remedy = FULL if full else BY_SQLITE[name]
    return AppError(what.format(path=path), remedy)


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < ROOM_BYTES
    except OSError:
        return False


def sqlite_name(error: DatabaseFault) -> str:
    """SQLite's primary name of the error, such as SQLITE_BUSY; empty without one."""
    raw = error.orig if isinstance(error, DBAPIError) else error
    name: str = getattr(raw, "sqlite_errorname", "")
    return "_".join(name.split("_")[:2])


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn faults of disk and database into AppErrors; the program's own go through untouched."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        words = of_database(error, path)
        if words is None:
            raise
        raise words from error
    except OSError as error:
        raise of_os(error, path) from error
