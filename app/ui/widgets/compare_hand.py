"""One of two players that go in step: told apart by what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtMultimedia import QVideoFrame

    from app.ui.widgets.playback import Playback

STALE_S: Final = 0.25
"""A picture older than this says nothing about where the player is."""
SETTLE_S: Final = 0.2
"""After a jump a player is left alone for so long: its first pictures come in a rush."""
RATE_STEP: Final = 0.01
"""Smaller changes of the speed are not worth telling the player."""


class Hand:
    """One side's player, and where it is by what it shows."""

    def __init__(self, playback: Playback, clock: Callable[[], float]) -> None:
        self.playback = playback
        self._clock = clock
        self._seen: tuple[float, float] | None = None
        self._rate = 1.0
        self.base = 1.0
        """The chosen speed."""
        self.settled_at = 0.0
        """From when on its position can be believed, seconds of the clock."""
        playback.sink.videoFrameChanged.connect(self._on_frame)

    def _on_frame(self, frame: QVideoFrame) -> None:
        if frame.isValid() and frame.startTime() >= 0:
            self._seen = (frame.startTime() / 1e6, self._clock())

    def forget(self) -> None:
        """Take another file: nothing of the last one counts."""
        self._seen = None
        self._rate = self.base
        self.settled_at = 0.0

    @property
    def position_s(self) -> float | None:
        """Where it is now, seconds; None while that cannot be said."""
        now = self._clock()
        if now < self.settled_at or not self.playback.playing:
            return None
        if not self.playback.has_picture:
            return self.playback.position_s
        if self._seen is None or now - self._seen[1] > STALE_S or self._seen[1] < self.settled_at:
            return None
        # Between two pictures it goes on at its speed.
        return self._seen[0] + (now - self._seen[1]) * self._rate

    def set_rate(self, rate: float) -> None:
        """Play at this speed."""
        if abs(rate - self._rate) > RATE_STEP * self.base or rate == self.base != self._rate:
            self._rate = rate
            self.playback.set_speed(rate)

    def jump(self, t: float, *, play: bool) -> None:
        """Go to a moment, and on from there."""
        self.settled_at = self._clock() + SETTLE_S
        self._seen = None
        self.playback.seek(t)
        if play and not self.playback.playing:
            self.playback.play()
