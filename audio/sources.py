"""Where sound comes from: one protocol for microphone and file."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from audio.errors import MicrophoneUnavailable
from audio.microphones import busy, index_of, sound_system
from audio.recording import AudioFile
from audio.timing import SampleClock
from audio.types import AudioBlock

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from audio.microphones import MicrophoneList

__all__ = ["AudioFile", "BlockSource", "Microphone"]

SILENT_S: Final = 2.0
"""A microphone that calls back no more for this long has been unplugged."""
HELD_S: Final = 30.0
"""Sound that waits to be taken; what comes on top of it is lost and counted."""


class BlockSource(Protocol):
    """Blocks of sound, in order."""

    rate_hz: int

    def __iter__(self) -> Iterator[AudioBlock]: ...

    def close(self) -> None:
        """Make the iteration end soon; from any thread."""


class Status(Protocol):
    """What is used of PortAudio's flags."""

    input_overflow: bool


class Stream(Protocol):
    """What is used of a sounddevice stream."""

    samplerate: float

    def start(self) -> None: ...

    def abort(self) -> None: ...

    def close(self) -> None: ...


Callback = Callable[[memoryview, int, object, Status], None]
OpenStream = Callable[[str | None, int, int, Callback, Callable[[], None]], Stream]
"""(device, rate_hz, samples of a block, callback, when finished) -> a stream, not yet started."""


def open_stream(
    device: str | None, rate_hz: int, block: int, callback: Callback, finished: Callable[[], None]
) -> Stream:
    """Open an input of PortAudio at the rate wished for, or else at the device's own.

    Raises
    ------
    MicrophoneUnavailable
        Where it is not there or cannot be opened.
    """
    system = sound_system()
    index = index_of(device, system)
    own_hz = int(system.query_devices(index)["default_samplerate"])
    failure: Exception | None = None
    for rate in dict.fromkeys((rate_hz, own_hz)):
        try:
            stream: Stream = system.RawInputStream(
                device=index,
                samplerate=rate,
                blocksize=round(block * rate / rate_hz),
                channels=1,
                dtype="int16",
                callback=callback,
                finished_callback=finished,
            )
        except system.PortAudioError as error:
            failure = error
        else:
            return stream
    raise MicrophoneUnavailable(*busy(failure or Exception())) from failure


class Microphone:
    """A live input. The callback only copies, counts and puts; iterating gives the blocks.

    Parameters
    ----------
    device : str or None
        Id of a MicrophoneInfo, or None for the default.
    clock : callable
        Seconds on the session clock.
    inputs : MicrophoneList
        The program's; told while the stream is open.
    rate_hz : int
        Wished for; where the device has another, `rate_hz` tells which after the first block.
    block_s : float
        Length of a block, seconds.
    opener : callable
        Opens the stream; a test gives its own.
    silent_s : float
        Without a callback for this long it counts as unplugged.
    """

    def __init__(
        self,
        device: str | None,
        clock: Callable[[], float],
        *,
        inputs: MicrophoneList,
        rate_hz: int = 48000,
        block_s: float = 0.02,
        opener: OpenStream = open_stream,
        silent_s: float = SILENT_S,
    ) -> None:
        self.rate_hz = rate_hz
        self.overflows = 0
        """How often sound was lost between the device and us."""
        self._device = device
        self._clock = clock
        self._block_s = block_s
        self._opener = opener
        self._inputs = inputs
        self._silent_s = silent_s
        self._held: queue.Queue[tuple[bytes, float, bool] | None] = queue.Queue()
        self._limit = round(HELD_S / block_s)
        self._closed = threading.Event()
        self._lost = False

    def __iter__(self) -> Iterator[AudioBlock]:
        """Open the device and give its blocks until `close`.

        Raises
        ------
        MicrophoneUnavailable
            Where it cannot be opened, or was unplugged.
        """
        if self._closed.is_set():
            return
        with self._inputs.in_use():
            yield from self._blocks()

    def close(self) -> None:
        """End the iteration; from any thread."""
        self._closed.set()
        self._held.put(None)

    def _blocks(self) -> Iterator[AudioBlock]:
        block = round(self.rate_hz * self._block_s)
        stream = self._opener(self._device, self.rate_hz, block, self._take, self._wake)
        try:
            self.rate_hz = int(stream.samplerate)
            self._start(stream)
            timing = SampleClock(self.rate_hz)
            while (got := self._next()) is not None:
                raw, arrived, lost = got
                samples = from_int16(raw)
                t = timing.stamp(len(samples), arrived, lost=lost)
                yield AudioBlock(t, samples, self.rate_hz, lost)
        finally:
            stream.abort()
            stream.close()

    def _start(self, stream: Stream) -> None:
        try:
            stream.start()
        except Exception as error:
            # sounddevice's own error class is only known once PortAudio is there.
            if type(error).__name__ != "PortAudioError":
                raise
            raise MicrophoneUnavailable(*busy(error)) from error

    def _take(self, data: memoryview, _frames: int, _time: object, status: Status) -> None:
        """PortAudio's thread: copy, count, put."""
        lost = bool(status.input_overflow) or self._lost
        self.overflows += lost
        self._lost = self._held.qsize() >= self._limit
        if not self._lost:
            self._held.put((bytes(data), self._clock(), lost))

    def _wake(self) -> None:
        """PortAudio's thread: the stream ended, by `close` or by itself."""
        self._held.put(None)

    def _next(self) -> tuple[bytes, float, bool] | None:
        try:
            got = self._held.get(timeout=self._silent_s)
        except queue.Empty:
            got = None
        if self._closed.is_set():
            return None
        if got is None:
            raise MicrophoneUnavailable(
                "The microphone has stopped giving sound.",
                "Plug it in again, or choose another one on the Practise page.",
            )
        return got


def from_int16(raw: bytes) -> NDArray[np.float32]:
    """16-bit samples as floats, exactly: each is a multiple of 1/32768."""
    return np.frombuffer(raw, dtype=np.int16).astype(np.float32) / np.float32(32768.0)
