"""Which program runs a session or works on a video: known by its number and its beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from app.store.tables import SessionRow
    from app.store.tables_sharing import ImportRow


def owner_lives(row: SessionRow | ImportRow) -> bool:
    """Whether the process that runs this session, or works on this video, is still there."""
    return row.owner_pid is not None and process_started(row.owner_pid) == row.owner_started


def process_started(pid: int) -> float | None:
    """Tell when a process began, seconds since 1970; None where there is none of this number."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return None
