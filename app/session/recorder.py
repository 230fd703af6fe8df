"""The recording of a session: offered items go through a queue to a thread that encodes."""

from __future__ import annotations

import errno
import logging
import threading
from collections import deque
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

import av

from app.errors import AppError
from app.session.film import Film
from app.session.room import RESERVE_BYTES
from app.session.worker import Worker
from audio.types import AudioBlock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vision.types import Frame

log = logging.getLogger(__name__)

FRAMES_S: Final = 2.0
"""How many seconds of pictures may wait for the encoder; more are left out."""
WAIT_S: Final = 1.0
"""How long the first picture waits for the first sound, whose rate the file's header holds."""
RATE_HZ: Final = 48000
"""Rate of the sound track where no sound came in that time."""
CHECK_S: Final = 1.0
"""How often the free space is asked for, seconds of recording."""
JOIN_S: Final = 20.0
"""How long the encoder may take to work off what waits at the end, seconds."""


class Place(Protocol):
    """Where a recording goes: a session's folder, or memory."""

    @property
    def recording_part(self) -> Path | BinaryIO:
        """What is written to."""

    def free_bytes(self) -> int:
        """Room that is left, bytes."""

    def complete(self) -> None:
        """Give what was written its name."""


class Recorder:
    """Takes pictures and sound from their threads and writes one file beside them.

    A full disk or a failing encoder ends the recording, not the session: `on_fault` is told
    once, from the writer's thread, and what was written stays.
    """

    def __init__(
        self,
        files: Place,
        *,
        picture: bool,
        sound: bool,
        on_fault: Callable[[AppError], None] | None = None,
        free_bytes: Callable[[], int] | None = None,
    ) -> None:
        self._files = files
        self._takes_picture = picture
        self._takes_sound = sound
        self._on_fault = on_fault
        self._free_bytes = free_bytes or files.free_bytes
        self._ready = threading.Condition()
        self._frames: deque[Frame] = deque()
        self._blocks: deque[AudioBlock] = deque()
        self._closed = False
        self._film: Film | None = None
        self._checked_s = -CHECK_S
        self._worker = Worker("rapport writer", self._run)
        self._left_in_file = False
        self.recorded = 0
        """How many pictures are in the file."""
        self.left_out = 0
        """How many pictures are not, because the encoder was behind or the stamp did not grow."""
        self.fault: AppError | None = None
        """What ended the recording early."""
        self.whole = False
        """Whether the writer has ended, and what it wrote has its name."""

    def start(self) -> None:
        """Start the writer's thread."""
        self._worker.start()

    def offer(self, item: Frame | AudioBlock) -> None:
        """Queue a picture or sound; never waits. Pictures beyond two seconds are left out."""
        with self._ready:
            if self._closed or self.fault is not None or self._worker.error is not None:
                return
            if isinstance(item, AudioBlock):
                if self._takes_sound:
                    self._blocks.append(item)
            elif self._takes_picture:
                if self._frames and item.t - self._frames[0].t > FRAMES_S:
                    self.left_out += 1
                    return
                self._frames.append(item)
            self._ready.notify()

    def close(self) -> None:
        """Work off what waits, make the file whole and give it its name."""
        with self._ready:
            self._closed = True
            self._ready.notify_all()
        if not self._worker.join(JOIN_S):
            log.error("The writer thread did not end within %s s.", JOIN_S)
            raise AppError(
                "The recording could not be ended in time.",
                "It is made whole at the next start of Rapport.",
            )
        if self._left_in_file:
            self._files.complete()
        self.whole = True
        if self._worker.error is not None:
            raise self._worker.error

    def _run(self) -> None:
        try:
            self._open_when_known()
            while (batch := self._next()) is not None:
                for item in batch:
                    self._write(item)
        except (OSError, av.FFmpegError) as error:
            self._fail(error)
        finally:
            self._finish()

    def _open_when_known(self) -> None:
        """Wait for the first sound, because the header holds its rate; then open the file."""
        with self._ready:
            self._ready.wait_for(self._anything)
            if self._takes_sound:
                self._ready.wait_for(lambda: bool(self._blocks) or self._closed, WAIT_S)
            if not (self._blocks or self._frames):
                return
            rate_hz = self._blocks[0].rate_hz if self._blocks else RATE_HZ
        self._film = Film(
            self._files.recording_part,
            picture=self._takes_picture,
            sound_rate_hz=rate_hz if self._takes_sound else None,
        )

    def _anything(self) -> bool:
        return bool(self._blocks or self._frames or self._closed)

    def _next(self) -> list[Frame | AudioBlock] | None:
        """Everything that waits, sound first; None at the end."""
        with self._ready:
            self._ready.wait_for(self._anything)
            batch: list[Frame | AudioBlock] = list(self._blocks)
            self._blocks.clear()
            if self._frames:
                # One picture a turn, so that those behind it still count as waiting.
                batch.append(self._frames.popleft())
            return batch or None

    def _write(self, item: Frame | AudioBlock) -> None:
        if self._film is None:
            return
        self._check_space(item.t)
        if isinstance(item, AudioBlock):
            self._film.add_block(item)
        elif self._film.add_frame(item):
            self.recorded += 1
        else:
            self.left_out += 1
        self._left_in_file = True

    def _check_space(self, t: float) -> None:
        if t - self._checked_s < CHECK_S:
            return
        self._checked_s = t
        if self._free_bytes() < RESERVE_BYTES:
            raise OSError(errno.ENOSPC, "kept free for the report")

    def _fail(self, error: OSError | av.FFmpegError) -> None:
        fault = _fault(error)
        with self._ready:
            self.fault = fault
            self._blocks.clear()
            self._frames.clear()
        log.info("The recording ended early: %s", error)
        if self._on_fault is not None:
            self._on_fault(fault)

    def _finish(self) -> None:
        if self._film is None:
            return
        try:
            self._film.close()
        except (OSError, av.FFmpegError) as error:
            if self.fault is None:
                self._fail(error)


def _fault(error: OSError | av.FFmpegError) -> AppError:
    if error.errno == errno.ENOSPC:
        return AppError(
            "The disk is full, so the recording stopped here.",
            "What was recorded so far is kept. Free some space before the next session.",
        )
    if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
        return AppError(
            "The recording cannot be written, because its folder is write-protected.",
            "Allow Rapport to write into its data folder; `rapport doctor` shows where it is.",
        )
    return AppError(
        "The recording stopped, because it could not be written.",
        f"What was recorded so far is kept. The system says: {error.strerror or error}.",
    )
