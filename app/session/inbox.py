"""Where devices and hands put things and the analysis takes them: ears never drop, eyes blink."""

from __future__ import annotations

import threading
from collections import deque
from typing import Final

from app.coach.types import Mark
from audio.types import AudioBlock
from vision.types import Frame

SOUND_S: Final = 10.0
"""How much sound may wait before it is a fault, seconds."""

Item = Frame | AudioBlock | Mark
"""What goes through an inbox."""


class Inbox:
    """An ordered bounded queue for sound and marks, and a one-place slot for pictures."""

    def __init__(self, sound_s: float = SOUND_S) -> None:
        self._limit_s = sound_s
        self._ready = threading.Condition()
        self._queue: deque[AudioBlock | Mark] = deque()
        self._slot: Frame | None = None
        self._waiting_s = 0.0
        self._closed = False
        self.shown = 0
        """How many pictures were put in."""
        self.replaced = 0
        """How many pictures gave way to a newer one before anybody looked."""
        self.overflowed = 0
        """How many sound blocks found no room; each one is a fault."""

    def show(self, frame: Frame) -> None:
        """Put the newest picture into the slot; one that nobody looked at gives way."""
        with self._ready:
            if self._closed:
                return
            self.shown += 1
            if self._slot is not None:
                self.replaced += 1
            self._slot = frame
            self._ready.notify()

    def queue(self, item: AudioBlock | Mark) -> bool:
        """Append sound or a mark; False where the sound found no room."""
        with self._ready:
            if self._closed:
                return False
            seconds = _seconds(item)
            if seconds and self._waiting_s + seconds > self._limit_s:
                self.overflowed += 1
                return False
            self._waiting_s += seconds
            self._queue.append(item)
            self._ready.notify()
            return True

    def take(self, timeout_s: float) -> Item | None:
        """Hand out what is earliest in time; None after `timeout_s`, or when closed and drained."""
        with self._ready:
            self._ready.wait_for(self._has_something, timeout_s)
            return self._pop()

    def close(self) -> None:
        """Take nothing more in; what is inside can still be taken out."""
        with self._ready:
            self._closed = True
            self._ready.notify_all()

    @property
    def drained(self) -> bool:
        """Whether it is closed and nothing is left in it."""
        with self._ready:
            return self._closed and not self._queue and self._slot is None

    def _has_something(self) -> bool:
        return bool(self._queue) or self._slot is not None or self._closed

    def _pop(self) -> Item | None:
        """Hand out the earlier of picture and queue head, so sound that waits is worked off."""
        if self._slot is not None and (not self._queue or self._slot.t < self._queue[0].t):
            frame, self._slot = self._slot, None
            return frame
        if not self._queue:
            return None
        item = self._queue.popleft()
        self._waiting_s = max(0.0, self._waiting_s - _seconds(item)) if self._queue else 0.0
        return item


def _seconds(item: AudioBlock | Mark) -> float:
    return item.samples.size / item.rate_hz if isinstance(item, AudioBlock) else 0.0
