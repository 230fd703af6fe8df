"""Pictures of a video file, upright and at their real times."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from vision.errors import NoPicture, VideoUnreadable
from vision.orientation import orientation_of, upright
from vision.skipping import UNTIMED, Skipper
from vision.types import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction
    from pathlib import Path

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

LONGEST_SIDE_PX: Final = 1920
"""Larger pictures are made smaller while decoding: no measure gains from more."""
LARGEST_PIXELS: Final = 100_000_000
"""A picture that claims more is refused: decoding it would fill the memory."""
LATE_S: Final = 0.1
"""A file that is entered later than this after the wanted time is read from its start."""
RATE_HZ: Final = 25.0
"""Of a bare stream of pictures that says neither when they are shown nor how many a second."""
FASTEST_HZ: Final = 1000.0
"""No camera that people film each other with takes more pictures a second."""
SQUARE_TOLERANCE: Final = 0.02
"""Pixels this close to square are taken as square."""


class VideoFile:
    """Frames of a file in order, with the container's common time zero.

    Raises VideoUnreadable (NoPicture where there is only sound) at construction. A broken tail
    ends the iteration.

    Parameters
    ----------
    path : Path
        Any file that ffmpeg reads.
    wanted : callable, optional
        Asked with each picture's time, in order, whether it is wanted; what is not wanted is
        decoded, but neither turned into a picture nor given out. Saves time where few are due.
    from_s : float
        Time of the first picture that is given out, seconds; `index` counts from there.
    one_thread : bool
        Whether to decode in one thread, which takes a tenth less of all cores together; for
        whoever has other work for them.
    looks_hz : float, optional
        How often a picture is wanted at most, on a `vision.cadence.Grid`: what falls between is
        not even decoded where no other picture needs it. Only with `one_thread`.
    """

    def __init__(
        self,
        path: Path,
        *,
        wanted: Callable[[float], bool] | None = None,
        from_s: float = 0.0,
        one_thread: bool = False,
        looks_hz: float | None = None,
    ) -> None:
        self._path = path
        self._looks_hz = looks_hz if one_thread else None
        self._one_thread = one_thread
        self._wanted = wanted
        self._from_s = from_s
        self._closed = threading.Event()
        with self._open() as container:
            stream = self._stream(container)
            self.rate_hz: float | None = _number(_rate(stream))
            self.duration_s: float | None = _duration(container, stream)
            first = next(self._decode(container, stream), None)
            if first is None:
                raise _unreadable(path, "holds no picture that can be read")
            picture = _upright(first, _width_factor(stream), VideoReformatter())
            height, width = picture.shape[:2]
            self.size: tuple[int, int] = (width, height)

    def __iter__(self) -> Iterator[Frame]:
        """Decode from the start until the end or close()."""
        with self._open() as container:
            stream = self._stream(container)
            stream.thread_type = "NONE" if self._one_thread else "AUTO"
            zero_s = (container.start_time or 0) / av.time_base
            wide = _width_factor(stream)
            # One for all pictures: a frame's own is set up anew for each, with threads of its own.
            reformatter = VideoReformatter()
            skipper = None
            if self._looks_hz is not None:
                skipper = Skipper(stream, zero_s, self._from_s, self._looks_hz)
            index = 0
            last_s = float("-inf")
            for t, decoded in self._came(container, stream, zero_s, skipper):
                if t <= last_s or (self._from_s and t < self._from_s):
                    continue
                last_s = t
                wanted = self._wanted is None or self._wanted(t)
                if wanted and decoded is not None:
                    yield Frame(t, _upright(decoded, wide, reformatter), index)
                index += 1

    def close(self) -> None:
        """End the iteration soon; from any thread."""
        self._closed.set()

    def _open(self) -> InputContainer:
        try:
            if self._path.stat().st_size == 0:
                raise VideoUnreadable(
                    f"{self._path.name} is empty.",
                    "It may have been copied only in part: copy it to this computer once more.",
                )
            return av.open(str(self._path))
        except FileNotFoundError:
            raise VideoUnreadable(
                f"There is no file {self._path.name}.", "Check its name and folder."
            ) from None
        except PermissionError:
            raise VideoUnreadable(
                f"{self._path.name} may not be read.", "Check the permissions of the file."
            ) from None
        except (av.error.FFmpegError, OSError) as error:
            raise _unreadable(self._path, "is not a video, or is broken") from error

    def _stream(self, container: InputContainer) -> VideoStream:
        covers = av.stream.Disposition.attached_pic
        streams = [one for one in container.streams.video if not one.disposition & covers]
        if not streams:
            raise _no_picture(self._path)
        stream = streams[0]
        if stream.codec_context is None:
            raise _unreadable(self._path, "holds a picture in a format that cannot be read")
        if stream.width * stream.height == 0:  # guessed from bytes that mean nothing
            raise _no_picture(self._path)
        if stream.width * stream.height > LARGEST_PIXELS:
            raise VideoUnreadable(
                f"The pictures in {self._path.name} are {stream.width} × {stream.height} pixels: "
                "too large to be read.",
                "Convert it to 1920 × 1080 or less.",
            )
        return stream

    def _came(
        self,
        container: InputContainer,
        stream: VideoStream,
        zero_s: float,
        skipper: Skipper | None,
    ) -> Iterator[tuple[float, VideoFrame | None]]:
        """Give the pictures with their times; None in the place of one that was left out."""
        times = _Times(container, stream)
        for decoded in self._decode_from(container, stream, zero_s, skipper):
            if skipper is not None and decoded.pts is not None:
                yield from ((t, None) for t in skipper.left_out(decoded.pts))
            if (t := times.of(decoded)) is not None:
                yield t - zero_s, decoded
        if skipper is not None:
            yield from ((t, None) for t in skipper.left_out(None))

    def _decode_from(
        self,
        container: InputContainer,
        stream: VideoStream,
        zero_s: float,
        skipper: Skipper | None,
    ) -> Iterator[VideoFrame]:
        """Decode from the key picture before `from_s`; from the start where none is found there."""
        if self._from_s <= 0:
            yield from self._decode(container, stream, skipper)
            return
        try:
            container.seek(round((self._from_s + zero_s) * av.time_base))
        except (av.error.FFmpegError, OSError):
            log.debug("%s cannot be entered in its middle", self._path.name)
            container.seek(0)
        frames = self._decode(container, stream, skipper)
        first = next(frames, None)
        if first is None or first.time is None or first.time - zero_s > self._from_s + LATE_S:
            # Its index is wrong, or it has none and no key picture follows: it lies before.
            with self._open() as again:
                yield from self._decode(again, self._stream(again))
            return
        yield first
        yield from frames

    def _decode(
        self, container: InputContainer, stream: VideoStream, skipper: Skipper | None = None
    ) -> Iterator[VideoFrame]:
        """Decode packet by packet: one broken packet does not end the file, a broken tail does."""
        came = False
        packets = container.demux(stream)
        try:
            for packet in packets if skipper is None else skipper.packets(packets):
                if self._closed.is_set():
                    return
                try:
                    frames = packet.decode()
                except av.error.InvalidDataError:
                    log.debug("a broken packet of %s is left out", self._path.name)
                    continue
                for frame in frames:
                    if self._closed.is_set():
                        return
                    came = True
                    yield frame
        except (av.error.FFmpegError, OSError) as error:
            if not came:
                raise _unreadable(self._path, "holds no picture that can be read") from error
            log.info("%s ends early: the rest of the file is broken", self._path.name)


class _Times:
    """Says when pictures are shown, also where the file does not."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._untimed = container.format.name in UNTIMED
        self._counted = self._untimed or container.start_time is None
        self._step_s = 1.0 / float(stream.guessed_rate or stream.average_rate or RATE_HZ)
        self._next_s = 0.0

    def of(self, picture: VideoFrame) -> float | None:
        """Give the time of the next decoded picture, in the container's own count, seconds."""
        stamp = picture.dts if self._untimed else picture.pts
        if stamp is not None and picture.time_base is not None:
            t = float(stamp * picture.time_base)
        elif self._counted:
            t = self._next_s
        else:  # where others have times, one that has none lies before the zero of the file
            return None
        self._next_s = t + self._step_s
        return t


def _no_picture(path: Path) -> NoPicture:
    return NoPicture(f"{path.name} has no picture.", "Its sound can be analysed on its own.")


def _upright(frame: VideoFrame, wide: float, reformatter: VideoReformatter) -> NDArray[np.uint8]:
    """(height, width, 3) BGR with square pixels, turned and mirrored as the film asks."""
    width, height = _fitted(round(frame.width * wide), frame.height)
    picture = reformatter.reformat(frame, width, height, "bgr24", threads=1)
    image = picture.to_ndarray()
    return upright(image.astype(np.uint8, copy=False), orientation_of(frame))


def _fitted(width: int, height: int) -> tuple[int, int]:
    scale = min(1.0, LONGEST_SIDE_PX / max(width, height, 1))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _width_factor(stream: VideoStream) -> float:
    """Width of a pixel by its height; old camcorder files do not have square ones."""
    ratio = _number(stream.sample_aspect_ratio)
    if ratio is None or not 0.2 < ratio < 5 or abs(ratio - 1) < SQUARE_TOLERANCE:
        return 1.0
    return ratio


def _rate(stream: VideoStream) -> Fraction | None:
    """Pictures a second; a DV file gives the ticks of its clock for their average."""
    average = stream.average_rate
    return average if average and average < FASTEST_HZ else stream.guessed_rate


def _duration(container: InputContainer, stream: VideoStream) -> float | None:
    if container.duration is not None:
        return float(container.duration / av.time_base)
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return None


def _number(ratio: Fraction | None) -> float | None:
    return float(ratio) if ratio else None


def _unreadable(path: Path, fault: str) -> VideoUnreadable:
    return VideoUnreadable(
        f"{path.name} {fault}.", "Play it in a video player; if that fails too, record it anew."
    )
