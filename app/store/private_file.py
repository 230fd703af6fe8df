"""Files that only this person may read from the moment they are there."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

# Windows would write two bytes for each end of a line.
NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def open_private(path: Path) -> IO[bytes]:
    """Open a new file for writing; FileExistsError where there is one."""
    return os.fdopen(os.open(path, NEW, 0o600), "wb")
