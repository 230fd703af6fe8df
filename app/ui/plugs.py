"""Tells when a microphone was plugged in or pulled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtMultimedia import QMediaDevices

if TYPE_CHECKING:
    from collections.abc import Callable

SETTLE_MS: Final = 500
"""A headset comes in several steps, and PortAudio is to see the last of them."""


class MicrophoneWatch(QObject):
    """Calls `changed` once for each change, when `ready` says that there is time for it.

    What it saw last counts, not how often it was told: a wireless headset may come and go by itself
    as its microphone is opened and closed, and would be looked for in a circle.
    """

    def __init__(
        self,
        parent: QObject,
        ready: Callable[[], bool],
        changed: Callable[[], object],
        inputs: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._ready, self._changed = ready, changed
        self._inputs = inputs or _inputs
        self._seen = self._inputs()
        self.settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self.settle.timeout.connect(self._look)
        self._devices = QMediaDevices(self)
        self._devices.audioInputsChanged.connect(self.settle.start)

    def _look(self) -> None:
        now = self._inputs()
        if now == self._seen:
            return
        if not self._ready():
            self.settle.start()
            return
        self._seen = now
        self._changed()


def _inputs() -> tuple[bytes, frozenset[bytes]]:
    """Ids of the default input and of all: the program's own choice follows the default."""
    default = bytes(QMediaDevices.defaultAudioInput().id().data())
    return default, frozenset(bytes(one.id().data()) for one in QMediaDevices.audioInputs())
