"""Which program works on something: process numbers are used again, so their start counts too."""

from __future__ import annotations

import psutil


def lives(pid: int | None, began: float | None) -> bool:
    """Whether the process that works on something is still there."""
    return pid is not None and started(pid) == began


def started(pid: int) -> float | None:
    """Tell when a process began, seconds since 1970; None where there is none of this number."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return None
