"""A file that plays like a device: its pictures and its sound come at the pace of the clock."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from audio.sources import AudioFile
from audio.types import AudioBlock
from vision.sources import VideoFile
from vision.types import Frame

if TYPE_CHECKING:
    from pathlib import Path

Clock = Callable[[], float]

TOGETHER_S: Final = 10.0
"""How long one player waits for the other to be ready, seconds."""
LATE_S: Final = 0.25
"""A picture that is later than this is left out, as a camera would leave it out."""


class Playback:
    """The moment at which a file's picture and sound begin together."""

    def __init__(self, clock: Clock, players: int = 1) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._origin: float | None = None
        self._ready = threading.Barrier(players) if players > 1 else None

    def origin(self) -> float:
        """Clock time of the file's zero: when the last of its players is ready."""
        if self._ready is not None:
            # Broken where one of them was closed before it began: the other plays alone.
            with contextlib.suppress(threading.BrokenBarrierError):
                self._ready.wait(timeout=TOGETHER_S)
        with self._lock:
            if self._origin is None:
                self._origin = self._clock()
            return self._origin

    def abandon(self) -> None:
        """Let the others begin without this one."""
        if self._ready is not None:
            self._ready.abort()


class PacedVideo:
    """The pictures of a file at its own pace; a camera source. Ends with the file."""

    def __init__(self, path: Path, clock: Clock, playback: Playback | None = None) -> None:
        self._file = VideoFile(path)
        self._clock = clock
        self._playback = playback or Playback(clock)
        self._closed = threading.Event()
        self.rate_hz = self._file.rate_hz

    def __iter__(self) -> Iterator[Frame]:
        """Decode ahead by one picture and hand each over when it is due."""
        origin: float | None = None
        for frame in self._file:
            if origin is None:
                origin = self._playback.origin()
            due = origin + frame.t
            wait = due - self._clock()
            if self._closed.is_set() or (wait > 0 and self._closed.wait(wait)):
                return
            if wait > -LATE_S:
                yield Frame(due, frame.image, frame.index)

    def close(self) -> None:
        """End the iteration soon; from any thread."""
        self._closed.set()
        self._playback.abandon()
        self._file.close()


class PacedSound:
    """The sound of a file at its own pace; a microphone source. Ends with the file."""

    def __init__(
        self,
        path: Path,
        clock: Clock,
        playback: Playback | None = None,
        *,
        block_s: float = 0.02,
    ) -> None:
        self._file = AudioFile(path, block_s=block_s)
        self._clock = clock
        self._playback = playback or Playback(clock)
        self._closed = threading.Event()
        self.rate_hz = self._file.rate_hz

    def __iter__(self) -> Iterator[AudioBlock]:
        """Hand each block over once its last sample would have been heard."""
        origin: float | None = None
        for block in self._file:
            if origin is None:
                origin = self._playback.origin()
            start = origin + block.t
            wait = start + len(block.samples) / block.rate_hz - self._clock()
            if self._closed.is_set() or (wait > 0 and self._closed.wait(wait)):
                return
            yield AudioBlock(start, block.samples, block.rate_hz)

    def close(self) -> None:
        """End the iteration soon; from any thread."""
        self._closed.set()
        self._playback.abandon()
        self._file.close()


def paced_sources(path: Path, clock: Clock) -> tuple[PacedVideo, PacedSound]:
    """Picture and sound of one file that begin together."""
    playback = Playback(clock, players=2)
    return PacedVideo(path, clock, playback), PacedSound(path, clock, playback)
