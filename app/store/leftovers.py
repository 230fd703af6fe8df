"""What a kill leaves in the middle of an atomic write: a part that nobody will ever finish.

A recording's own part, and what was spoken when the program was killed, have other names: they
are made whole, not deleted.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.store.owner import CLOCK_STEP_S, process_started

if TYPE_CHECKING:
    from pathlib import Path

PART: Final = ".part"
"""Ending of a file that is still being written."""
_NAMED: Final = re.compile(
    rf".+\.(?P<pid>[0-9]+)-[0-9a-f]{{8}}{re.escape(PART)}(-journal|-wal|-shm)?"
)
"""Such a name; SQLite puts files of its own beside a part that is a database."""

log = logging.getLogger(__name__)


def part_name(name: str) -> str:
    """Name the part of a file or folder that this process is about to write; no two are alike."""
    return f"{name}.{os.getpid()}-{secrets.token_hex(4)}{PART}"


def clear(root: Path) -> None:
    """Delete the parts whose processes are gone, in a folder and in the folders of it."""
    for path in (*root.glob(f"*{PART}*"), *root.glob(f"*/*{PART}*")):
        named = _NAMED.fullmatch(path.name)
        # Gone meanwhile, or held open: then it stays until the next start.
        with suppress(OSError):
            if named and _is_left(path, int(named["pid"])):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
                log.info("what was only half written was deleted: %s", path.name)


def _is_left(path: Path, pid: int) -> bool:
    """Whether nobody writes to it: another process may have got the number of the one that did."""
    began = process_started(pid)
    return began is None or path.stat().st_mtime < began - CLOCK_STEP_S
