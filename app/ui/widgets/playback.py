"""The recording's sound and picture through Qt Multimedia, as one small object."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QTimer, QUrl, Signal
from PySide6.QtMultimedia import (
    QAudioOutput,
    QMediaDevices,
    QMediaMetaData,
    QMediaPlayer,
    QVideoFrame,
    QVideoSink,
)

from app.session.frame_times import FrameTimes

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

LOOK_MS: Final = 33
USUAL_FRAME_S: Final = 0.04
STEP_S: Final = 0.25
"""The frame on show and the told position are never further apart than this, but in a seek."""
SEEK_EVERY_S: Final = 0.05
"""While the playhead is dragged, the decoder is asked no more often than this."""


class Playback(QObject):
    """Plays one file. Works on a machine without sound output: then it is silent."""

    moved = Signal(float)
    """The position in seconds, at most 30 times a second while it plays, and after a seek."""
    state_changed = Signal()
    """It began, paused, ended, or learnt what the file holds."""
    failed = Signal()
    """The file cannot be played."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = QMediaPlayer(self)
        self._sink = QVideoSink(self)
        self._player.setVideoSink(self._sink)
        # Qt before 6.10 always keeps the pitch, and has no such method.
        keep_pitch = getattr(self._player, "setPitchCompensation", None)
        if keep_pitch is not None:
            keep_pitch(True)
        self._sound: QAudioOutput | None = None
        self._held: QBuffer | None = None
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._find_sound)
        self._find_sound()
        self._wanted_s: float | None = None
        self._times: FrameTimes | None = None
        self._flows = False
        self._asked_at = 0.0
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._player.playbackStateChanged.connect(self._on_state)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.errorOccurred.connect(self._on_error)

    @property
    def sink(self) -> QVideoSink:
        """Where the frames come out."""
        return self._sink

    @property
    def frame(self) -> QVideoFrame:
        """The newest frame; not valid before the first."""
        return self._sink.videoFrame()

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._player.playbackState() == QMediaPlayer.PlaybackState.PlayingState

    @property
    def has_picture(self) -> bool:
        """Whether the file has a picture; known once it is loaded."""
        return self._player.hasVideo()

    def snapped(self, t: float, on: int = 0) -> float:
        """Give the moment of the nearest picture, or of one so many further on, seconds.

        It goes by the times of the pictures themselves; where the film does not tell them by the
        rate that it tells, and without that a moment stays where it is.
        """
        exact = self._times.snapped(t, on) if self._times is not None else None
        if exact is not None:
            return exact
        told = self._player.metaData().value(QMediaMetaData.Key.VideoFrameRate)
        rate = float(told) if isinstance(told, int | float) and told > 0 else 0.0
        return round(t * rate + on) / rate if rate else t + on * USUAL_FRAME_S

    def read_times(self) -> None:
        """Have the times of the pictures ready, where looking them up takes long."""
        if self._times is not None:
            self._times.read_ahead()

    @property
    def has_sound_output(self) -> bool:
        """Whether this machine can be heard."""
        return self._sound is not None

    @property
    def position_s(self) -> float:
        """Where it stands, seconds."""
        told = self._player.position() / 1000
        if not self._flows:
            return told
        # Qt tells the position in steps of a tenth; the frame on show is nearer to the truth.
        frame = self._sink.videoFrame()
        shown = frame.startTime() / 1e6 if frame.isValid() else 0.0
        return max(told, shown) if abs(shown - told) < STEP_S else told

    @property
    def rest(self) -> tuple[float, float]:
        """Start of the frame on show and a moment inside it, seconds; the position without one."""
        told, frame = self.position_s, self._sink.videoFrame()
        start = max(0.0, frame.startTime() / 1e6) if frame.isValid() else 0.0
        if not frame.isValid() or abs(start - told) >= STEP_S:
            return told, told
        return start, start + max(0.001, (frame.endTime() - frame.startTime()) / 2e6)

    @property
    def duration_s(self) -> float:
        """How long the file says it is, seconds; 0 before it is known."""
        return self._player.duration() / 1000

    def open(self, path: Path) -> None:
        """Load a file and show its first frame."""
        self._forget_times()
        self._times = FrameTimes(path)
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        self._player.pause()

    def open_bytes(self, content: bytes) -> None:
        """Load a file that lies in memory only."""
        self._held = QBuffer(self)
        self._held.setData(QByteArray(content))
        self._held.open(QIODevice.OpenModeFlag.ReadOnly)
        self._player.setSourceDevice(self._held, QUrl("take.wav"))
        self._player.pause()

    def close(self) -> None:
        """Let go of the file."""
        self._look.stop()
        self._wanted_s = None
        self._forget_times()
        self._player.stop()
        self._player.setSource(QUrl())

    def _forget_times(self) -> None:
        times, self._times = self._times, None
        if times is not None:
            times.close()

    def play(self) -> None:
        """Go on; from the beginning where it stood at the end."""
        if self.duration_s and self.position_s >= self.duration_s - 0.05:
            self._player.setPosition(0)
        self._player.play()

    def play_from(self, t: float) -> None:
        """Go on from a moment, seconds."""
        self._wanted_s = None
        self._flows = False
        if self._player.playbackState() == QMediaPlayer.PlaybackState.StoppedState:
            self._player.pause()  # a stopped player goes nowhere
        self._player.setPosition(round(t * 1000))
        self._player.play()

    @property
    def at_end(self) -> bool:
        """Whether it has played to the end."""
        return self._player.mediaStatus() == QMediaPlayer.MediaStatus.EndOfMedia

    def pause(self) -> None:
        """Stand still."""
        self._player.pause()

    def seek(self, t: float) -> None:
        """Go to a moment, seconds; a later wish replaces an earlier one."""
        self._wanted_s = max(0.0, t)
        wait = self._asked_at + SEEK_EVERY_S - time.monotonic()
        if wait <= 0:
            self._ask()
        else:
            QTimer.singleShot(int(wait * 1000) + 1, self, self._ask)

    def set_speed(self, speed: float) -> None:
        """Play faster or slower, in the same pitch."""
        self._player.setPlaybackRate(speed)

    def set_muted(self, muted: bool) -> None:
        """Be silent, or heard again."""
        if self._sound is not None:
            self._sound.setMuted(muted)

    def _ask(self) -> None:
        if self._wanted_s is None:
            return
        wanted, self._wanted_s = self._wanted_s, None
        self._flows = False
        self._asked_at = time.monotonic()
        if self._player.playbackState() == QMediaPlayer.PlaybackState.StoppedState:
            self._player.pause()  # a stopped player shows no frames
        self._player.setPosition(round(wanted * 1000))
        self.moved.emit(wanted)

    def _on_look(self) -> None:
        if self._wanted_s is None:
            # From the second look after a seek on, the frame on show is one that followed it.
            self.moved.emit(self.position_s)
            self._flows = self.playing or self._flows

    def _on_state(self, state: QMediaPlayer.PlaybackState) -> None:
        if state == QMediaPlayer.PlaybackState.PlayingState:
            self._look.start()
        else:
            self._look.stop()
            self._on_look()
        self.state_changed.emit()

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        known = (QMediaPlayer.MediaStatus.LoadedMedia, QMediaPlayer.MediaStatus.EndOfMedia)
        if status in known:
            self.state_changed.emit()

    def _on_error(self, error: QMediaPlayer.Error, text: str) -> None:
        log.info("the recording cannot be played: %s %s", error, text)
        self.failed.emit()

    def _find_sound(self) -> None:
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            return
        if self._sound is None:
            self._sound = QAudioOutput(device, self)
            self._player.setAudioOutput(self._sound)
        else:
            self._sound.setDevice(device)
        self.state_changed.emit()
