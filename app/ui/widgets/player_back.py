"""A film that runs backwards: which moment it stands at, told often enough to look smooth."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

SPEEDS: Final = (1.0, 2.0, 4.0)
"""Speeds of J, one after the other."""
TELL_MS: Final = 40


class BackRun(QObject):
    """Counts down from a moment to the film's start."""

    moved = Signal(float)
    """Where it stands, seconds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speed = 0.0
        self._from_s = 0.0
        self._since = 0.0
        self._tell = QTimer(self)
        self._tell.setInterval(TELL_MS)
        self._tell.timeout.connect(self._on_tell)

    @property
    def speed(self) -> float:
        """How fast it runs; 0 while it does not."""
        return self._speed

    def start(self, t: float, *, faster: bool = False) -> None:
        """Run back from a moment, seconds; faster than before where it may be."""
        known = (speed for speed in SPEEDS if speed > self._speed)
        self._speed = next(known, SPEEDS[-1]) if faster else SPEEDS[0]
        self._from_s, self._since = t, time.monotonic()
        self._tell.start()

    def stop(self) -> None:
        """Stand still."""
        self._tell.stop()
        self._speed = 0.0

    def _on_tell(self) -> None:
        gone = self._speed * (time.monotonic() - self._since)
        self.moved.emit(max(0.0, self._from_s - gone))
