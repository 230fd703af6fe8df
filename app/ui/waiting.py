"""Waiting for background work without a call from another thread into Qt."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from app.errors import AppError, Told

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

log = logging.getLogger(__name__)

LOOK_MS: Final = 30

T = TypeVar("T")


class Waiter(QObject, Generic[T]):
    """Looks at a Future until it is done, then says so on the Qt thread, once."""

    def __init__(
        self,
        future: Future[T],
        then: Callable[[T], object],
        failed: Callable[[AppError], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._future = future
        self._then: Callable[[T], object] = then
        self._failed: Callable[[AppError], object] = failed
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    def drop(self) -> None:
        """Stop waiting; what the work brings is of no interest any more. Twice does nothing."""
        if not isValid(self):
            return
        self._timer.stop()
        # The callbacks usually hold our parent: without them nothing is left in a circle.
        self._then = self._failed = _nothing
        self.deleteLater()

    def look(self) -> None:
        """See whether the work is done."""
        if not self._future.done():
            return
        then, failed = self._then, self._failed
        self.drop()
        if self._future.cancelled():
            return
        error = self._future.exception()
        if error is None:
            then(self._future.result())
        else:
            failed(as_told(error))


def _nothing(_: object) -> None:
    """Stand for a callback that is no longer wanted."""


def as_told(error: BaseException) -> AppError:
    """Put any error into two sentences; our own faults go to the log with their trace."""
    if isinstance(error, AppError):
        return error
    if isinstance(error, Told):
        return AppError.from_told(error)
    log.error("background work failed", exc_info=error)
    return AppError(
        "Something in Rapport went wrong.",
        "Try again; if it happens again, the log file says more.",
    )
