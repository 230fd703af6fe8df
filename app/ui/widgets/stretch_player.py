"""Plays one stretch of a recording, or a take that lies in memory, and stops at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.ui.widgets.playback import Playback

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtMultimedia import QVideoFrame

EARLY_S: Final = 0.2
"""The frame on show at the start of a stretch may have begun this much earlier."""


class StretchPlayer(QObject):
    """One at a time: beginning another one ends the one before."""

    ended = Signal()
    """The stretch is over, or was stopped."""
    failed = Signal()
    """It cannot be played."""
    pictured = Signal(object)
    """A frame of the stretch, where the file has a picture."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._playback: Playback | None = None
        self._start_s = 0.0
        self._end_s: float | None = None

    @property
    def playing(self) -> bool:
        """Whether a stretch plays."""
        return self._playback is not None

    def play(self, source: Path | bytes, start_s: float = 0.0, end_s: float | None = None) -> None:
        """Play from start_s to end_s, seconds; to the end without one."""
        self.stop()
        self._start_s, self._end_s = start_s, end_s
        playback = self._playback = Playback(self)
        playback.moved.connect(self._on_moved)
        playback.state_changed.connect(self._on_state)
        playback.failed.connect(self._on_failed)
        playback.sink.videoFrameChanged.connect(self._on_frame)
        self._begun = False
        if isinstance(source, bytes):
            playback.open_bytes(source)
        else:
            playback.open(source)
        if start_s > 0:
            playback.seek(start_s)
        playback.play()

    def stop(self) -> None:
        """Stop, and let go of the file."""
        playback, self._playback = self._playback, None
        if playback is not None:
            playback.close()
            playback.deleteLater()
            self.ended.emit()

    def _on_moved(self, t: float) -> None:
        if self._end_s is not None and t >= self._end_s:
            self.stop()

    def _on_frame(self, frame: QVideoFrame) -> None:
        # Before the seek has taken hold, the file's first frame comes out.
        if frame.isValid() and frame.startTime() / 1e6 >= self._start_s - EARLY_S:
            self.pictured.emit(frame)

    def _on_state(self) -> None:
        playback = self._playback
        if playback is None:
            return
        if playback.playing:
            self._begun = True
        elif (
            self._begun
            and playback.duration_s
            and (playback.position_s >= playback.duration_s - 0.1 or playback.position_s == 0)
        ):
            self.stop()

    def _on_failed(self) -> None:
        self.stop()
        self.failed.emit()
