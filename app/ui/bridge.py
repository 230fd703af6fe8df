"""The screen pulls: one timer looks at the newest picture and at the snapshot."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.session.plan import Snapshot
    from app.ui.services import Live
    from vision.types import Frame

LOOK_MS: Final = 33
NUMBERS_S: Final = 0.25
"""Numbers on screen change at most four times a second."""


class LiveView(Protocol):
    """A page that shows a live session."""

    def show_picture(self, frame: Frame | None) -> None:
        """Show the newest picture."""

    def show_state(self, snapshot: Snapshot) -> None:
        """Show what must not wait: hint, lights, level."""

    def show_numbers(self, snapshot: Snapshot) -> None:
        """Show what changes at most four times a second."""


class LiveBridge(QObject):
    """Looks 30 times a second at a session, and at nothing while there is none."""

    def __init__(
        self,
        view: LiveView,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._clock = clock
        self._live: Live | None = None
        self._numbers_due = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def live(self) -> Live | None:
        """The session that is looked at."""
        return self._live

    def watch(self, live: Live) -> None:
        """Look at a session from now on."""
        self._live = live
        self._numbers_due = 0.0
        self._timer.start()

    def release(self) -> None:
        """Look at nothing; the last picture goes."""
        self._timer.stop()
        self._live = None
        self._view.show_picture(None)

    def look(self) -> None:
        """Look once; the last value always shows, because looking never stops before release."""
        live = self._live
        if live is None:
            return
        self._view.show_picture(live.picture())
        snapshot = live.snapshot()
        self._view.show_state(snapshot)
        now = self._clock()
        if now >= self._numbers_due:
            self._numbers_due = now + NUMBERS_S
            self._view.show_numbers(snapshot)
