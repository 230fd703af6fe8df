"""How a live session ends: one order for the button, Ctrl-C and a pulled plug."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from app.coach.types import Mark
from app.errors import AppError

if TYPE_CHECKING:
    from app.coach.report_types import Report
    from app.session.device_threads import DeviceThreads
    from app.session.inbox import Inbox
    from app.session.keeping import Keeping
    from app.session.worker import Worker

log = logging.getLogger(__name__)

ANALYSIS_JOIN_S: Final = 30.0
"""How long the analysis may take to work off ten seconds of sound, seconds."""
KEPT: Final = "The session is not lost: its report is put together when Rapport is started again."
"""Goes on the remedy where the list of sessions could not be written at the end."""
NOT_IN_TIME: Final = (
    "The analysis of this session could not be ended in time.",
    "What is recorded is kept and analysed at the next start.",
)


def end_threads(
    devices: DeviceThreads, inbox: Inbox, analyst: Worker, keeping: Keeping | None
) -> list[BaseException]:
    """End the devices, then the analysis, then what is written; gives what went wrong, in order."""
    errors = devices.stop()
    inbox.close()
    if not analyst.join(ANALYSIS_JOIN_S):
        log.error("The analysis did not end within %s s.", ANALYSIS_JOIN_S)
        errors.append(AppError(*NOT_IN_TIME))
    elif analyst.error is not None:
        errors.append(analyst.error)
        if keeping is not None:
            _save_marks(inbox, keeping)
    return errors + (keeping.close() if keeping is not None else [])


def enter(keeping: Keeping, duration_s: float, report: Report | None) -> list[BaseException]:
    """Enter a session that ran into the store; what is not whole stays for the next start."""
    if report is None or not keeping.whole:
        return []
    try:
        keeping.finish(duration_s, report)
    except AppError as error:
        return [AppError(error.what, f"{error.remedy} {KEPT}")]
    return []


def forget(keeping: Keeping) -> list[BaseException]:
    """Leave nothing of a session that never began to run."""
    try:
        keeping.drop()
    except AppError as error:
        return [error]
    return []


def _save_marks(inbox: Inbox, keeping: Keeping) -> None:
    """Keep what was said by hand after the analysis failed: nobody took it any more."""
    while not inbox.drained:
        item = inbox.take(0.0)
        if isinstance(item, Mark):
            keeping.note([item])
