"""What a take leaves to be played: its sound, and its film where it has a picture, in memory."""

from __future__ import annotations

import io
import logging
import sys
import threading
import wave
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from app.errors import AppError
from app.session.recorder import Recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.session.clock import SessionClock
    from app.session.source_loop import Source
    from audio.types import AudioBlock
    from vision.types import Frame

log = logging.getLogger(__name__)

T = TypeVar("T")


class Overheard(Generic[T]):
    """A source that notes what comes out of it; made when it is first read."""

    def __init__(self, make: Callable[[], Source[T]], note: Callable[[T], None]) -> None:
        self._make = make
        self._note = note
        self._lock = threading.Lock()
        self._source: Source[T] | None = None
        self._closed = False

    def __iter__(self) -> Iterator[T]:
        """Give what the source gives, and note it."""
        with self._lock:
            if self._closed:
                return
            source = self._source = self._make()
        for item in source:
            self._note(item)
            yield item

    def close(self) -> None:
        """End the source."""
        with self._lock:
            self._closed = True
            if self._source is not None:
                self._source.close()


class _Memory:
    """A place for a recording that never touches the disk."""

    def __init__(self) -> None:
        self.recording_part = io.BytesIO()

    def free_bytes(self) -> int:
        """Not asked for: a take is a minute at most, some ten megabytes."""
        return sys.maxsize

    def complete(self) -> None:
        """Nothing to name."""


class TakeRecording:
    """Takes blocks and pictures in their devices' threads; the film is encoded beside them.

    Parameters
    ----------
    clock
        The take's; the film begins at its zero, as the report does.
    picture
        Whether there is a camera.
    """

    def __init__(self, clock: SessionClock, *, picture: bool) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._blocks: list[AudioBlock] = []
        self._memory = _Memory()
        self._recorder = Recorder(self._memory, picture=True, sound=True) if picture else None
        self._started = False

    def start(self) -> None:
        """Start the thread that encodes, where there is a picture."""
        if self._recorder is not None:
            self._recorder.start()
            self._started = True

    def note_block(self, block: AudioBlock) -> None:
        """Take a block, stamped with the clock's raw time."""
        with self._lock:
            self._blocks.append(block)
        self._offer(block)

    def note_frame(self, frame: Frame) -> None:
        """Take a picture, stamped with the clock's raw time."""
        self._offer(frame)

    def _offer(self, item: Frame | AudioBlock) -> None:
        if self._recorder is None or not self._clock.begun:
            return
        item = replace(item, t=self._clock.session_time(item.t))
        if item.t >= 0.0:
            self._recorder.offer(item)

    def film(self) -> bytes:
        """End the film and give it, Matroska with picture and sound; empty without a picture.

        A take whose film could not be made still has its sound and its facts.
        """
        recorder, started = self._recorder, self._started
        self._recorder, self._started = None, False
        if recorder is None or not started:
            return b""
        try:
            recorder.close()
        except AppError as error:
            log.info("A take goes without its film: %s", error)
            return b""
        return self._memory.recording_part.getvalue() if recorder.recorded else b""

    def wav(self) -> bytes:
        """Everything heard so far as a WAV file of 16 bits; empty where nothing came."""
        with self._lock:
            blocks = list(self._blocks)
        if not blocks:
            return b""
        samples = np.concatenate([block.samples for block in blocks])
        whole = (np.clip(samples, -1.0, 1.0) * 32767).astype("<i2")
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(blocks[0].rate_hz)
            out.writeframes(whole.tobytes())
        return file.getvalue()
