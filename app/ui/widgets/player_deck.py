"""What plays a film and shows it standing still: Qt for what moves, a reader for exact frames."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.widgets.playback import USUAL_FRAME_S, Playback
from app.ui.widgets.player_back import BackRun
from app.ui.widgets.player_still import StillPictures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtMultimedia import QVideoFrame

    from app.session.frames import Picture

FASTER: Final = (1.0, 1.5, 2.0)
"""Speeds of L, one after the other."""
SETTLE_MS: Final = 250
"""After standing still for so long, Qt is brought to the same moment, ready to play."""
STALE_S: Final = 0.2
"""Right after a start, a frame further than this before it is from where Qt stood before."""
PATIENCE_S: Final = 1.0
END_S: Final = 0.05


class Deck(QObject):
    """Plays, steps, shuttles and loops one film. Times are the film's, seconds."""

    moved = Signal(float)
    state_changed = Signal()
    """It began, paused, ended, turned, or learnt what the file holds."""
    failed = Signal()
    """The file cannot be played."""
    framed = Signal(object)
    """A `QVideoFrame` of the running film."""
    pictured = Signal(object, object)
    """A `QImage` of the standing film, and the (width, height) of the whole picture."""

    def __init__(self, fit: Callable[[], tuple[int, int]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fit = fit
        self.playback = Playback(self)
        self.still = StillPictures(self)
        self._t = 0.0
        self._frame_s: float | None = None
        self._wants_play = False
        self._qt_is_here = True
        self._stepping = False
        self.loop: tuple[float, float] | None = None
        self._speed = 1.0
        self._since = (0.0, 0.0)
        self._ran = False
        self._back = BackRun(self)
        self._back.moved.connect(self._go_back)
        self._settle = QTimer(self)
        self._settle.setInterval(SETTLE_MS)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._bring_qt)
        self.playback.moved.connect(self._on_moved)
        self.playback.state_changed.connect(self._on_state)
        self.playback.failed.connect(self._on_failed)
        self.playback.sink.videoFrameChanged.connect(self._on_frame)
        self.still.made.connect(self._on_picture)
        self.still.failed.connect(self._on_still_failed)

    # What it plays

    def open(self, path: Path) -> None:
        """Load a film and show its first frame."""
        self._reset()
        self.playback.open(path)
        self.still.open(path)
        self.still.want(0.0, self._fit())

    def close(self) -> None:
        """Let go of the film."""
        self._reset()
        self.still.close()
        self.playback.close()

    def _reset(self) -> None:
        self._back.stop()
        self._settle.stop()
        self._t, self._frame_s = 0.0, None
        self.loop = None
        self._wants_play, self._ran, self._stepping = False, False, False
        self._qt_is_here = True

    # Where it stands

    @property
    def playing(self) -> bool:
        """Whether it runs, forwards or backwards."""
        return self.playback.playing or self._back.speed > 0

    @property
    def rate(self) -> float:
        """Speed and direction; 0 where it stands still."""
        return self._speed if self.playback.playing else -self._back.speed

    @property
    def position_s(self) -> float:
        """Where it stands."""
        return self.playback.position_s if self.playback.playing else self._t

    @property
    def frame_time_s(self) -> float | None:
        """When the frame on show comes on show; None without a picture."""
        if self.playback.playing:
            frame = self.playback.frame
            return frame.startTime() / 1e6 if frame.isValid() else None
        return self._frame_s

    # Hands

    def play(self) -> None:
        """Go on; from the beginning where it stood at the end, and inside the loop if any."""
        self._stop_back()
        if self.playback.playing:
            return
        start = self._t
        if self.loop is not None and not self.loop[0] <= start < self.loop[1] - END_S:
            start = self.loop[0]
        elif self.playback.duration_s and start >= self.playback.duration_s - END_S:
            start = 0.0
        self._settle.stop()
        self.still.forget()
        self._wants_play = True
        self._since = (start, time.monotonic())
        if self._qt_is_here and start == self._t:
            self.playback.play()
        else:
            self.playback.play_from(start)
        self._qt_is_here = True

    def pause(self) -> None:
        """Stand still."""
        self._wants_play = False
        self._stop_back()
        if self.playback.playing:
            self.playback.pause()

    def seek(self, t: float) -> None:
        """Go to a moment; a later wish replaces an earlier one."""
        self._stop_back()
        if self.playback.playing:
            self.playback.seek(t)
            return
        self._stand(t)
        self._stepping = False
        self.still.want(t, self._fit())
        self.moved.emit(t)

    def step_frames(self, frames: int) -> None:
        """Stand still, so many frames on or back."""
        self.pause()
        if not self.still.usable:
            self.seek(max(0.0, self._t + frames * USUAL_FRAME_S))
            return
        self._settle.start()
        self._qt_is_here = False
        self._stepping = True
        self.still.step(self._t, frames, self._fit())

    def shuttle(self, direction: int) -> None:
        """Run on (1) or back (-1), faster with each call; 0 stands still."""
        if direction == 0:
            self.pause()
            self.set_speed(1.0)
        elif direction > 0:
            running = self.playback.playing
            faster = next((s for s in FASTER if s > self._speed), FASTER[-1])
            self.set_speed(faster if running else 1.0)
            self.play()
        else:
            faster_back = self._back.speed > 0
            if not faster_back:
                self.pause()
                self.set_speed(1.0)
            self._settle.stop()
            self._qt_is_here = False
            self._back.start(self._t, faster=faster_back)
        self.state_changed.emit()

    @property
    def speed(self) -> float:
        """How fast it plays; 1 is as it was."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Play faster or slower, in the same pitch."""
        if speed != self._speed:
            self._speed = speed
            self.playback.set_speed(speed)
            self.state_changed.emit()

    def renew(self) -> None:
        """Make the standing picture anew: the stage has another size."""
        if not self.playing and self.still.usable and self._frame_s is not None:
            self.still.want(self._t, self._fit())

    # Backwards

    def _go_back(self, t: float) -> None:
        self._t = t
        self._stepping = False
        if not self.still.waiting or t == 0.0:
            self.still.want(t, self._fit(), backwards=True)
        self.moved.emit(t)
        if t == 0.0:
            self._stop_back()

    def _stop_back(self) -> None:
        if self._back.speed > 0:
            self._back.stop()
            self._stand(self._t)
            self.still.want(self._t, self._fit())
            self.state_changed.emit()

    # What Qt and the reader tell

    def _stand(self, t: float) -> None:
        self._t = t
        self._qt_is_here = False
        self._settle.start()

    def _bring_qt(self) -> None:
        if self.still.waiting:
            self._settle.start()  # two decoders at once would only hold each other up
        elif not self.playing and not self._qt_is_here:
            self._qt_is_here = True
            self.playback.seek(self._t)

    def _on_moved(self, t: float) -> None:
        if not self.playback.playing:
            return
        if self.loop is not None and t >= self.loop[1]:
            self.playback.seek(self.loop[0])
            return
        self.moved.emit(t)

    def _on_state(self) -> None:
        running = self.playback.playing
        if self._wants_play and not running and self.playback.at_end:
            self._wants_play = False
            if self.loop is not None:
                self._t = self.loop[1]
                self._ran = False
                self.play()
                return
        if self._ran and not running:
            self._came_to_rest()
        self._ran = running
        self.state_changed.emit()

    def _came_to_rest(self) -> None:
        """Show the frame that Qt stopped at as an exact one."""
        self._t, middle = self.playback.rest
        self._frame_s = self._t if self.still.usable else None
        self._stepping = False
        self.still.want(middle, self._fit())
        self.moved.emit(self._t)

    def _on_frame(self, frame: QVideoFrame) -> None:
        if not frame.isValid():
            return
        if not self.playback.playing:
            if not self.still.usable:
                self.framed.emit(frame)
            return
        start, since = self._since
        early = frame.startTime() / 1e6 < start - STALE_S
        if not early or time.monotonic() - since > PATIENCE_S:  # else where Qt stood before
            self.framed.emit(frame)

    def _on_picture(self, picture: Picture, image: QImage) -> None:
        if self.playback.playing:
            return
        self._frame_s = picture.t_s
        if self._stepping:
            self._stepping = False
            self._t = picture.t_s
            self.moved.emit(self._t)
        self.pictured.emit(image, picture.size)

    def _on_still_failed(self) -> None:
        if self.playback.has_picture and not self.playing:
            self.playback.seek(self._t)

    def _on_failed(self) -> None:
        self.still.close()
        self.failed.emit()
