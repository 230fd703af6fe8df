"""Pictures of the moments, fetched from the recording one after the other beside the player."""

from __future__ import annotations

import logging
from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtMultimedia import QVideoFrame

log = logging.getLogger(__name__)

PATIENCE_MS: Final = 4000
"""A picture that has not come by then is left out."""
NEAR_S: Final = 0.5
"""A frame this near to the wanted time shows the moment."""


class Thumbnails(QObject):
    """Seeks a silent second player to each moment and hands out the pictures."""

    made = Signal(str, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player: QMediaPlayer | None = None
        self._sink: QVideoSink | None = None
        self._wanted: deque[tuple[str, float]] = deque()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._next)
        self._done = QTimer(self)
        self._done.setSingleShot(True)
        self._done.timeout.connect(self.stop)

    def fetch(self, path: Path, moments: Mapping[str, float]) -> None:
        """Begin with these moments, id to seconds; whatever was wanted before is dropped."""
        self.stop()
        if not moments or not path.is_file():
            return
        self._wanted = deque(moments.items())
        self._player = QMediaPlayer(self)
        self._sink = QVideoSink(self)
        self._player.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        self._patience.start()

    def stop(self) -> None:
        """Let go of the file."""
        self._patience.stop()
        self._done.stop()
        self._wanted.clear()
        if self._player is not None:
            # What it still has to tell would be taken for the next player's.
            self._player.blockSignals(True)
            self._player.stop()
            self._player.deleteLater()
            self._player = None
        if self._sink is not None:
            self._sink.blockSignals(True)
            self._sink.deleteLater()
            self._sink = None

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status == QMediaPlayer.MediaStatus.LoadedMedia and self._player is not None:
            # Each seek tells the status again.
            self._player.mediaStatusChanged.disconnect(self._on_status)
            if not self._player.hasVideo():
                self.stop()
                return
            self._player.pause()
            self._seek()
        elif status == QMediaPlayer.MediaStatus.InvalidMedia:
            log.info("no pictures of the moments: the recording cannot be read")
            self.stop()

    def _seek(self) -> None:
        if self._player is not None and self._wanted:
            self._player.setPosition(round(self._wanted[0][1] * 1000))
            self._patience.start()

    def _on_frame(self, frame: QVideoFrame) -> None:
        if not self._wanted or not frame.isValid():
            return
        key, t = self._wanted[0]
        if frame.startTime() >= 0 and abs(frame.startTime() / 1e6 - t) > NEAR_S:
            return  # still the picture of an earlier moment
        self.made.emit(key, frame.toImage())
        self._next()

    def _next(self) -> None:
        if self._wanted:
            self._wanted.popleft()
        if self._wanted:
            self._seek()
        else:
            self._done.start(0)  # not from inside the player's own signal
