"""Sound out of a file: any container that holds some, in its own time."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

import av
import numpy as np
from av.error import FFmpegError

from audio.errors import AudioUnreadable, NoSound
from audio.types import AudioBlock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

JITTER_S: Final = 0.03
"""Containers round their time stamps; a jump beyond this is a real one."""
CANCELLED: Final = 0.05
"""Channels that share nothing add up to their powers; under this part of it they cancel each
other, as those of a line do that was wired the wrong way round."""
REMEDY: Final = "Choose a video or sound file that a player can play."


class AudioFile:
    """The sound of a file as one channel at its own rate.

    Parameters
    ----------
    path : Path
        A sound or video file.
    block_s : float
        Length of a block, seconds.

    Raises
    ------
    NoSound
        Where the file is sound enough but has none.
    AudioUnreadable
        Where it is empty, broken, or not a recording.
    """

    def __init__(self, path: Path, *, block_s: float = 0.1) -> None:
        self._path = path
        self._closed = threading.Event()
        with _opened(path) as container:
            stream = _sound_of(container, path)
            self.rate_hz: int = stream.rate
            self.duration_s: float | None = _duration_s(container, stream)
        self._block = max(1, round(block_s * self.rate_hz))

    def __iter__(self) -> Iterator[AudioBlock]:
        """Blocks from the start; each starts where the one before ends, but over real gaps."""
        waiting: list[NDArray[np.float32]] = []
        have, start_s, told = 0, 0.0, 0
        for t, samples in self._frames():
            if abs(t - (start_s + have / self.rate_hz)) > JITTER_S or not (have or told):
                yield from self._cut(waiting, start_s, whole=False)
                waiting, have, start_s = [], 0, t
            waiting.append(samples)
            have += len(samples)
            if have >= self._block:
                for block in self._cut(waiting, start_s, whole=True):
                    yield block
                    told += 1
                    start_s = block.t + len(block.samples) / self.rate_hz
                    have -= len(block.samples)
                waiting = [np.concatenate(waiting)[-have:]] if have else []
        yield from self._cut(waiting, start_s, whole=False)

    def close(self) -> None:
        """End the iteration; from any thread."""
        self._closed.set()

    def _cut(
        self, waiting: list[NDArray[np.float32]], start_s: float, *, whole: bool
    ) -> Iterator[AudioBlock]:
        if not waiting:
            return
        samples = np.concatenate(waiting)
        until = len(samples) // self._block * self._block if whole else len(samples)
        for at in range(0, until, self._block):
            if self._closed.is_set():
                return
            part = samples[at : min(at + self._block, until)]
            yield AudioBlock(start_s + at / self.rate_hz, part, self.rate_hz)

    def _frames(self) -> Iterator[tuple[float, NDArray[np.float32]]]:
        """(time, samples) of each decoded frame."""
        resampler = av.AudioResampler(format="fltp", rate=self.rate_hz)
        heard = 0
        with _opened(self._path) as container:
            stream = _sound_of(container, self._path)
            zero_s = (container.start_time or 0) / av.time_base
            try:
                for frame in container.decode(stream):
                    if self._closed.is_set():
                        return
                    t = heard / self.rate_hz if frame.time is None else frame.time - zero_s
                    frame.pts = None
                    for part in resampler.resample(frame):
                        samples = one_channel(part.to_ndarray().astype(np.float32, copy=False))
                        yield t, samples
                        t += len(samples) / self.rate_hz
                        heard += len(samples)
            except FFmpegError as error:
                if not heard:
                    raise AudioUnreadable(
                        f"The sound of “{self._path.name}” cannot be read.", REMEDY
                    ) from error
                log.info("The sound of %s ends early: %s", self._path.name, error)
        if not heard and not self._closed.is_set():
            raise NoSound(f"“{self._path.name}” holds no sound.", REMEDY)


def holds_sound(path: Path) -> bool:
    """Tell whether a recording has sound; also True where it cannot be read, which reading says."""
    try:
        with _opened(path) as container:
            return bool(container.streams.audio)
    except AudioUnreadable:
        return True


def one_channel(channels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bring channels together.

    Parameters
    ----------
    channels : (c, n) float32
        Sound, -1..1.

    Returns
    -------
    (n,) float32
        Mean of the channels, or the loudest alone where they are each other's opposite.
    """
    if len(channels) == 1:
        return np.asarray(channels[0], np.float32)
    mean = channels.mean(axis=0, dtype=np.float32)
    together = float(np.vdot(mean, mean)) * len(channels) ** 2
    if together < CANCELLED * float(np.vdot(channels, channels)):
        powers = np.square(channels, dtype=np.float64).sum(axis=1)
        return np.asarray(channels[powers.argmax()], np.float32)
    return np.asarray(mean, np.float32)


def _opened(path: Path) -> InputContainer:
    try:
        return av.open(str(path))
    except (FFmpegError, OSError) as error:
        missing = isinstance(error, FileNotFoundError)
        what = "is not there" if missing else "is not a recording that can be read"
        raise AudioUnreadable(f"“{path.name}” {what}.", REMEDY) from error


def _sound_of(container: InputContainer, path: Path) -> AudioStream:
    if not container.streams.audio:
        raise NoSound(f"“{path.name}” holds no sound.", REMEDY)
    return container.streams.audio[0]


def _duration_s(container: InputContainer, stream: AudioStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / av.time_base
