"""Which program runs a session or works on a video: known by its number and its beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import psutil

if TYPE_CHECKING:
    from app.store.tables import SessionRow
    from app.store.tables_sharing import ImportRow

CLOCK_STEP_S: Final = 5.0
"""So much the clock may be put right by while a process runs: its beginning moves with it."""


def owner_lives(row: SessionRow | ImportRow) -> bool:
    """Whether the process that runs this session, or works on this video, is still there."""
    return row.owner_pid is not None and lives(row.owner_pid, row.owner_started)


def lives(pid: int, started: float | None) -> bool:
    """Whether the process of this number that began then is still there."""
    began = process_started(pid)
    return began is not None and started is not None and abs(began - started) < CLOCK_STEP_S


def process_started(pid: int) -> float | None:
    """Tell when a process began, seconds since 1970; None where there is none of this number."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return None
