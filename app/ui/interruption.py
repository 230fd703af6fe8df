"""Ctrl-C in the terminal, or the system's wish to end, takes the way of closing the window."""

from __future__ import annotations

import logging
import signal
from typing import TYPE_CHECKING, Any, Final, Self

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QWidget

log = logging.getLogger(__name__)

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
LOOK_MS: Final = 200


class Interruption:
    """Remembers that the program was asked to end, from before there is a window to close.

    Python sees a signal only when it runs, at any line, even inside a paint. So it is only noted
    there; a timer lets Python run, and closes the window from the event loop.
    """

    def __init__(self) -> None:
        self.asked = False
        self._before: list[tuple[signal.Signals, Any]] = []
        self._timer: QTimer | None = None

    def __enter__(self) -> Self:
        """Take over the signals."""
        self._before = [(number, signal.signal(number, self._note)) for number in SIGNALS]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the signals back."""
        for number, handler in self._before:
            signal.signal(number, handler)
        if self._timer is not None:
            self._timer.stop()
            self._timer.deleteLater()

    def watch(self, window: QWidget) -> None:
        """Close this window once the program was asked to end."""
        self._timer = QTimer()
        self._timer.timeout.connect(lambda: self._look(window))
        self._timer.start(LOOK_MS)

    def _note(self, number: int, frame: object) -> None:
        del number, frame
        self.asked = True

    def _look(self, window: QWidget) -> None:
        if self.asked:
            self.asked = False
            log.info("asked to end: the window is closed")
            window.close()
