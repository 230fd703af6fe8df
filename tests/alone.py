"""Tests in two processes at a time, but for those that need the machine alone.

A live session on emulated devices runs by the clock. What another test takes of two cores, it
misses, and what it then reports is the load and not a defect.
"""

from __future__ import annotations

import contextlib
from typing import IO, TYPE_CHECKING

try:
    import fcntl
except ImportError:  # Windows has no such locks, and its tests run in one process.
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def machine(folder: Path, *, alone: bool) -> Iterator[None]:
    """Share the machine with the other processes that lock in `folder`, or have it alone.

    Who wants it alone waits at the door, where nobody passes it.
    """
    if fcntl is None:
        yield
        return
    with _opened(folder, "door") as door, _opened(folder, "room") as room:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        if not alone:
            fcntl.flock(door, fcntl.LOCK_UN)
        yield


def _opened(folder: Path, name: str) -> IO[str]:
    """Open a lock; whoever ended just now may take the folder away meanwhile."""
    while True:
        with contextlib.suppress(FileNotFoundError, FileExistsError):
            folder.mkdir(exist_ok=True)
            return (folder / name).open("w")
