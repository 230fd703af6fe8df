"""Whether the disk has room for a recording, told before one practises for nothing."""

from __future__ import annotations

import logging
import shutil
from typing import TYPE_CHECKING, Final

from app.errors import AppError

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

RESERVE_BYTES: Final = 64 * 2**20
"""So much of the disk is left free, so that report and database can still be written."""
LITTLE_BYTES: Final = 4 * RESERVE_BYTES
"""With less than this a recording ends after some minutes, or does not begin."""


def little_room(folder: Path) -> AppError | None:
    """Tell that a recording in this folder would end early; None where there is room enough."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        log.info("The free space of %s is not known: %s", folder, error)
        return None
    if free >= LITTLE_BYTES:
        return None
    return AppError(
        "The disk is nearly full: a recording would end early, or not begin.",
        "Free some space first, or choose “Report only” under what is kept.",
    )
