"""A spoken comment: the microphone for a minute or two, and its sound as a small WAV file.

While one speaks, what is heard goes block by block into a file of its own, so that a kill loses
nothing that was said; `wav_of_part` makes a comment of what such a file holds.
"""

from __future__ import annotations

import io
import logging
import struct
import threading
import wave
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, Final

import numpy as np
import soxr

from app.errors import AppError, Told
from app.session.clock import SessionClock
from audio.errors import AudioError
from audio.sources import Microphone

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from app.session.source_loop import Source
    from audio.microphones import MicrophoneList
    from audio.types import AudioBlock

log = logging.getLogger(__name__)

RATE_HZ: Final = 16000
"""Speech needs no more, and a review stays small enough to send."""
MOST_S: Final = 120.0
"""A comment that was forgotten ends here, seconds."""
LEAST_S: Final = 0.3
"""Shorter than this nobody said anything, seconds."""
JOIN_S: Final = 5.0
FULL: Final = 32767
HEAD_BYTES: Final = 44
RATE_AT: Final = 24
"""Where a WAV file says its samples a second."""
MOST_RATE_HZ: Final = 400_000


class SpokenNote:
    """Start it, look at it from a timer, stop it: then it gives its sound.

    Parameters
    ----------
    inputs
        The program's list of microphones.
    microphone
        Id of the microphone; empty for the system's own choice.
    source
        Takes the place of the microphone; tests give a fake.
    sink
        Opens the file that takes what is heard as it comes; None for none.
    """

    def __init__(
        self,
        *,
        inputs: MicrophoneList,
        microphone: str = "",
        source: Source[AudioBlock] | None = None,
        sink: Callable[[], IO[bytes]] | None = None,
    ) -> None:
        self._sink = sink
        self._source = source or Microphone(microphone or None, SessionClock().raw, inputs=inputs)
        self._lock = threading.Lock()
        self._blocks: list[AudioBlock] = []
        self._length_s = 0.0
        self._fault: Exception | None = None
        self._thread = threading.Thread(target=self._listen, name="spoken-note", daemon=True)

    def start(self) -> None:
        """Open the microphone; what is wrong with it shows as a fault."""
        self._thread.start()

    @property
    def length_s(self) -> float:
        """How much was heard so far, seconds."""
        with self._lock:
            return self._length_s

    @property
    def over(self) -> bool:
        """Whether nothing more comes: it was long enough, or the microphone went."""
        return self._thread.ident is not None and not self._thread.is_alive()

    def stop(self) -> bytes:
        """Close the microphone and give what was heard as a WAV file of 16 bits.

        May be called again, and from another thread: it gives the same.

        Raises
        ------
        AppError
            Where the microphone could not be opened, or nothing was heard.
        """
        self._source.close()
        if self._thread.ident is not None:
            self._thread.join(JOIN_S)
        with self._lock:
            blocks, fault = list(self._blocks), self._fault
        if sum(block.samples.size / block.rate_hz for block in blocks) >= LEAST_S:
            return _wav(blocks)
        if isinstance(fault, AppError):
            raise fault
        if isinstance(fault, Told):
            raise AppError.from_told(fault)
        raise AppError(
            "Nothing was heard.", "Check the microphone, and speak a little longer."
        ) from fault

    def _listen(self) -> None:
        try:
            with ExitStack() as stack:
                part = stack.enter_context(self._sink()) if self._sink is not None else None
                self._hear(part)
        except (AppError, AudioError, OSError) as error:
            with self._lock:
                self._fault = error
        finally:
            self._source.close()

    def _hear(self, part: IO[bytes] | None) -> None:
        for block in self._source:
            if part is not None and not self._wrote(part, block):
                part = None
            with self._lock:
                self._blocks.append(block)
                self._length_s += block.samples.size / block.rate_hz
                enough = self._length_s >= MOST_S
            if enough:
                break

    def _wrote(self, part: IO[bytes], block: AudioBlock) -> bool:
        """Write a block to the file of its own; False where the disk takes no more.

        The comment goes on without it: only a kill would ask for it.
        """
        try:
            if not self._length_s:
                part.write(_file(block.samples[:0], block.rate_hz))
            part.write(_whole(block.samples))
            part.flush()
        except OSError as error:
            log.warning("A spoken comment is not written down while it is spoken: %s", error)
            return False
        return True


def wav_of_part(content: bytes) -> bytes | None:
    """Make a comment's sound of what a kill left; None where nothing was heard."""
    if len(content) < HEAD_BYTES:
        return None
    (rate_hz,) = struct.unpack_from("<I", content, RATE_AT)
    sound = content[HEAD_BYTES : HEAD_BYTES + (len(content) - HEAD_BYTES) // 2 * 2]
    samples = np.frombuffer(sound, "<i2").astype(np.float32) / FULL
    if not 0 < rate_hz < MOST_RATE_HZ or samples.size < LEAST_S * rate_hz:
        return None
    return _file(soxr.resample(samples, rate_hz, RATE_HZ))


def _wav(blocks: list[AudioBlock]) -> bytes:
    samples = np.concatenate([block.samples for block in blocks])
    return _file(soxr.resample(samples.astype(np.float32), blocks[0].rate_hz, RATE_HZ))


def _file(samples: NDArray[np.float32], rate_hz: int = RATE_HZ) -> bytes:
    """Write a WAV file; with no samples it is the beginning of one."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate_hz)
        out.writeframes(_whole(samples))
    return file.getvalue()


def _whole(samples: NDArray[np.float32]) -> bytes:
    return (np.clip(samples, -1.0, 1.0) * FULL).astype("<i2").tobytes()
