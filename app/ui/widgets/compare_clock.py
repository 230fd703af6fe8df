"""Plays two recordings in step: one clock, of which the side that is heard is the hand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.coach.review_align import FIRST, SECOND, Alignment, aligned, chase
from app.ui.widgets.compare_hand import Hand
from app.ui.widgets.playback import Playback

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtMultimedia import QVideoFrame

TICK_MS: Final = 20
SIDES: Final = (FIRST, SECOND)
END_S: Final = 0.1


class LockStep(QObject):
    """Two players on one axis; a side is silent outside its recording."""

    moved = Signal(float)
    """Where both are, seconds on the axis."""
    state_changed = Signal()
    """It began, paused, or sounds from another side."""
    pictured = Signal(int, object)
    """A side shows another picture, a QVideoFrame."""
    loaded = Signal(int, bool)
    """A side's recording is there, and whether it has a picture."""
    failed = Signal(int)
    """A side's recording cannot be played."""

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._hands: list[Hand | None] = [None, None]
        self._there = [False, False]
        self.alignment: Alignment = aligned((0.0, 0.0))
        self._axis_s = 0.0
        self._at = 0.0
        self._speed = 1.0
        self._playing = False
        self.heard = FIRST
        """The side that sounds."""
        self.muted = False
        """Whether none does."""
        self.loop: tuple[float, float] | None = None
        """Stretch of the axis that is played again and again, seconds; None for none."""
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.step)

    # What it plays

    def open(self, side: int, path: Path | None) -> Playback | None:
        """Load a side's recording; None for a side without one."""
        self.pause()
        self._close(side)
        if path is None:
            return None
        hand = self._hands[side] or self._make(side)
        hand.forget()
        self._there[side] = True
        hand.playback.open(path)
        hand.playback.set_speed(self._speed)
        self._share_sound()
        return hand.playback

    def _make(self, side: int) -> Hand:
        """Make a side's player; it stays, for players that come and go are not safe in Qt."""
        playback = Playback(self)
        hand = self._hands[side] = Hand(playback, self._clock)
        playback.sink.videoFrameChanged.connect(lambda frame: self._on_frame(side, frame))
        playback.state_changed.connect(lambda: self._on_state(side))
        playback.failed.connect(lambda: self.failed.emit(side))
        return hand

    def _on_frame(self, side: int, frame: QVideoFrame) -> None:
        if self._there[side] and frame.isValid():
            self.pictured.emit(side, frame)

    def _on_state(self, side: int) -> None:
        hand = self._hands[side]
        if self._there[side] and hand is not None and hand.playback.duration_s:
            self.loaded.emit(side, hand.playback.has_picture)

    def _close(self, side: int) -> None:
        hand = self._hands[side]
        if hand is not None and self._there[side]:
            hand.playback.close()
        self._there[side] = False

    def align(self, alignment: Alignment) -> None:
        """Lay the sides together anew; both show the moment at which they meet."""
        self.pause()
        self.alignment = alignment
        self.loop = None
        self.seek(0.0)

    def close(self) -> None:
        """Let go of both recordings."""
        self._timer.stop()
        self._playing = False
        for side in SIDES:
            self._close(side)

    @property
    def playing(self) -> bool:
        """Whether they play."""
        return self._playing

    @property
    def audible(self) -> bool:
        """Whether this machine can be heard."""
        return any(hand.playback.has_sound_output for _, hand in self._both())

    @property
    def axis_s(self) -> float:
        """Where both are, seconds on the axis."""
        return self._axis_s

    @property
    def drift_s(self) -> float | None:
        """How far the second side is ahead of the first, seconds; None unless both are seen."""
        first, second = self._told(FIRST), self._told(SECOND)
        if first is None or second is None:
            return None
        return self.alignment.on_axis(SECOND, second) - self.alignment.on_axis(FIRST, first)

    # Hands

    def play(self) -> None:
        """Let both go on, from the beginning where they stood at the end."""
        if self._axis_s >= self.alignment.end_s - 0.05:
            self._axis_s = self.alignment.start_s
        self._playing = True
        self._at = self._clock()
        for side, hand in self._both():
            inside = self.alignment.inside(side, self._axis_s)
            hand.jump(self.alignment.held(side, self._axis_s), play=inside)
        self._timer.start()
        self.state_changed.emit()

    def pause(self) -> None:
        """Let both stand still, at the same moment."""
        if not self._playing:
            return
        self._playing = False
        self._timer.stop()
        for side, hand in self._both():
            hand.playback.pause()
            hand.set_rate(self._speed)
            hand.jump(self.alignment.held(side, self._axis_s), play=False)
        self.state_changed.emit()

    def toggle(self) -> None:
        """Play, or pause."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def seek(self, axis_s: float) -> None:
        """Bring both to a time of the axis, seconds."""
        self._axis_s = self.alignment.within(axis_s)
        self._at = self._clock()
        for side, hand in self._both():
            inside = self.alignment.inside(side, self._axis_s)
            if not inside:
                hand.playback.pause()
            held = self.alignment.held(side, self._axis_s)
            hand.jump(held, play=self._playing and inside)
        self.moved.emit(self._axis_s)

    def set_speed(self, speed: float) -> None:
        """Play both faster or slower, in the same pitch."""
        self._speed = speed
        self._at = self._clock()
        for _, hand in self._both():
            hand.base = speed
            hand.set_rate(speed)

    def hear(self, side: int) -> None:
        """Let the other side sound."""
        self.heard, self.muted = side, False
        self._share_sound()
        self.state_changed.emit()

    def mute(self, *, on: bool) -> None:
        """Let none sound, or the chosen one again."""
        self.muted = on
        self._share_sound()
        self.state_changed.emit()

    def _share_sound(self) -> None:
        for side, hand in self._both():
            hand.playback.set_muted(self.muted or side != self.heard)

    def _both(self) -> list[tuple[int, Hand]]:
        return [
            (side, hand)
            for side, hand in enumerate(self._hands)
            if hand is not None and self._there[side]
        ]

    # The clock

    def step(self) -> None:
        """Look where both are, and bring the one that follows back into step."""
        if not self._playing:
            return
        now = self._clock()
        self._axis_s += (now - self._at) * self._speed
        self._at = now
        leader = self._leader()
        if leader is not None:
            told = self._told(leader)
            if told is not None:
                self._axis_s = self.alignment.on_axis(leader, told)
        for side, hand in self._both():
            self._keep(side, hand, follows=side != leader)
        self._turn()
        self.moved.emit(self._axis_s)

    def _told(self, side: int) -> float | None:
        return next((hand.position_s for at, hand in self._both() if at == side), None)

    def _leader(self) -> int | None:
        """Let the side that is heard lead, so that its sound is never bent; else the other."""
        for side in (self.heard, SECOND - self.heard):
            if self._there[side] and self.alignment.inside(side, self._axis_s):
                return side
        return None

    def _keep(self, side: int, hand: Hand, *, follows: bool) -> None:
        inside = self.alignment.inside(side, self._axis_s)
        if not inside:
            if hand.playback.playing:
                hand.playback.pause()
            return
        wanted = self.alignment.own(side, self._axis_s)
        ends_s = hand.playback.duration_s
        if ends_s and wanted >= ends_s - END_S:
            return  # the file is a bit shorter than the session
        if not hand.playback.playing:
            if self._clock() >= hand.settled_at:
                hand.jump(wanted, play=True)
            return
        if not follows:
            hand.set_rate(self._speed)
            return
        told = hand.position_s
        if told is None:
            return
        way = chase(wanted - told)
        if way.jump:
            hand.jump(wanted, play=True)
        hand.set_rate(self._speed * way.rate)

    def _turn(self) -> None:
        """Begin the loop again, or stop at the end."""
        if self.loop is not None and self._axis_s >= self.loop[1]:
            self.seek(self.loop[0])
        elif self._axis_s >= self.alignment.end_s:
            self._axis_s = self.alignment.end_s  # a busy machine looks late, and beyond the end
            self.pause()
