"""Finds the frame that a film shows at a moment, exactly, by decoding from the key frame before."""

from __future__ import annotations

import logging
import os
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import av

from app.session.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

log = logging.getLogger(__name__)

MEMORY: Final = 64_000_000
"""Bytes of decoded frames that are kept, so that going back by a frame costs nothing."""
FEWEST: Final = 4
"""Frames that are kept however large they are."""
ON_S: Final = 0.5
"""A moment that is at most this far ahead is reached by decoding on."""
NEAR_S: Final = 0.4
"""Before a wanted moment, frames are decoded whole from here on."""
FAR_S: Final = 1.0
"""With the key frame further away than this, frames that nothing refers to are left out."""
MOST_THREADS: Final = 8
"""FFmpeg's own choice is one more than there are processors, which takes a quarter more time."""
EARLIER_S: Final = (0.0, 0.5, 3.0, 15.0, 90.0, float("inf"))
"""Where a film is entered too late (a wrong index), it is entered this much earlier."""
HAIR_S: Final = 1e-4
"""Less than any two frames lie apart."""


@dataclass(frozen=True, slots=True)
class FilmFrame:
    """A decoded frame with the stretch in which it is on show."""

    t_s: float
    """Seconds from the container's common zero."""
    until_s: float | None
    """When the next one replaces it, seconds; None for the last."""
    frame: VideoFrame
    """As the decoder gave it: not rotated, not scaled."""
    wide: float
    """Width of a pixel by its height."""


class NoFrames(Exception):
    """There is no picture in the file that can be decoded."""


class FrameFinder:
    """Keeps a film open, and the frames round the last wanted moment. For one thread at a time."""

    def __init__(
        self,
        path: Path,
        *,
        memory: int = MEMORY,
        threads: int = 0,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._path = path
        self._memory = memory
        self._threads = threads
        self._cancelled = cancelled
        self._film: tuple[InputContainer, VideoStream] | None = None
        self._zero_s = 0.0
        self._wide = 1.0
        self._window: deque[tuple[float, VideoFrame]] = deque()
        self._more: Iterator[tuple[float, VideoFrame]] = iter(())
        self._ended = False

    def close(self) -> None:
        """Let go of the file and of all frames."""
        self._forget()
        self._shut()

    def _shut(self) -> None:
        if self._film is not None:
            self._film[0].close()
            self._film = None

    def at(self, t: float, *, backwards: bool = False) -> FilmFrame:
        """Find the frame on show at a moment.

        Parameters
        ----------
        t
            Seconds; before the first frame it is the first one, after the last the last.
        backwards
            Whether earlier moments will be wanted next: then all frames on the way are kept, as
            far as the memory reaches.

        Raises
        ------
        NoFrames
            Where there is none.
        Cancelled
            Where the search was ended from outside.
        """
        try:
            if not self._holds(t):
                self._go(t, backwards=backwards)
            return self._found(t)
        except (av.FFmpegError, OSError) as error:
            self._forget()
            raise NoFrames(str(error)) from error

    def step(self, t: float, frames: int) -> FilmFrame:
        """Find the frame so many frames after (or before) the one on show at a moment."""
        found = self.at(t, backwards=frames < 0)
        for _ in range(abs(frames)):
            if frames > 0:
                if found.until_s is None:
                    break
                found = self.at(found.until_s)
            else:
                before = self.at(max(0.0, found.t_s - HAIR_S), backwards=True)
                if before.t_s >= found.t_s:
                    break
                found = before
        return found

    # The frames that are kept

    def _holds(self, t: float) -> bool:
        """Whether the frame at a moment can be had without entering the film anew."""
        if not self._window or t < self._window[0][0]:
            return False
        if self._ended or t < self._window[-1][0] + ON_S:
            return True
        key_s = self._key_before(t)
        return key_s is not None and key_s <= self._window[-1][0]

    def _found(self, t: float) -> FilmFrame:
        while not self._ended and (self._window[-1][0] <= t or len(self._window) == 1):
            self._take_one()
        # The list is short, and a deque cannot be searched by half.
        times = [one for one, _ in self._window]
        place = max(0, bisect_right(times, t) - 1)
        until = times[place + 1] if place + 1 < len(times) else None
        return FilmFrame(times[place], until, self._window[place][1], self._wide)

    def _take_one(self) -> None:
        one = next(self._more, None)
        if one is None:
            self._ended = True
            return
        self._window.append(one)
        frame = one[1]
        most = max(FEWEST, self._memory // max(1, frame.width * frame.height * 3 // 2))
        while len(self._window) > most:
            self._window.popleft()

    def _forget(self) -> None:
        self._window.clear()
        self._more = iter(())
        self._ended = False

    # Entering the film

    def _go(self, t: float, *, backwards: bool) -> None:
        for earlier in EARLIER_S:
            for skip in (not backwards, False):
                self._forget()
                self._more = self._decode(t - earlier, t, skip=skip)
                while not self._ended and (not self._window or self._window[-1][0] <= t):
                    self._take_one()
                if self._window and self._window[0][0] <= t:
                    return
                if not skip:
                    break
            if t - earlier <= 0:  # that was the start
                break
        if not self._window:
            raise NoFrames(f"{self._path.name} holds no picture that can be read")

    def _decode(self, from_s: float, t: float, *, skip: bool) -> Iterator[tuple[float, VideoFrame]]:
        """Enter at the key frame before `from_s` and decode; with `skip`, whole only near `t`."""
        container, stream = self._enter(from_s)
        context = stream.codec_context
        context.skip_frame = "DEFAULT"
        key_s: float | None = None
        whole_s, last_s = float("-inf"), float("-inf")
        for packet in container.demux(stream):
            if self._cancelled():
                raise Cancelled
            at = self._time(packet)
            if key_s is None and at is not None:
                if not packet.is_keyframe:
                    continue
                key_s = at
                if skip and key_s < t - FAR_S:
                    whole_s = t - NEAR_S
                    context.skip_frame = "NONREF"
            if at is None or at > whole_s:
                context.skip_frame = "DEFAULT"
            for frame in self._frames(packet):
                shown = float(frame.time) - self._zero_s if frame.time is not None else None
                # Frames before the key frame refer to what was not decoded.
                if shown is None or shown <= last_s or key_s is None or shown < key_s - HAIR_S:
                    continue
                last_s = shown
                if shown > whole_s:
                    yield shown, frame

    def _frames(self, packet: Packet[VideoStream]) -> list[VideoFrame]:
        try:
            return list(packet.decode())
        except av.error.InvalidDataError:
            log.debug("a broken packet of %s is left out", self._path.name)
            return []

    def _time(self, packet: Packet[VideoStream]) -> float | None:
        if packet.pts is None or packet.time_base is None:
            return None
        return float(packet.pts * packet.time_base) - self._zero_s

    def _enter(self, from_s: float) -> tuple[InputContainer, VideoStream]:
        fresh = self._film is None
        container, stream = self._open()
        if from_s <= 0 or stream.time_base is None:
            if not fresh:
                self._shut()
            return self._open()
        try:
            offset = int((from_s + self._zero_s + HAIR_S) / stream.time_base)
            container.seek(offset, stream=stream)
        except (av.FFmpegError, OSError):
            log.debug("%s cannot be entered in its middle", self._path.name)
            self._shut()
        return self._open()

    def _open(self) -> tuple[InputContainer, VideoStream]:
        if self._film is not None:
            return self._film
        container = av.open(str(self._path))
        covers = av.stream.Disposition.attached_pic
        streams = [one for one in container.streams.video if not one.disposition & covers]
        if not streams or streams[0].codec_context is None:
            container.close()
            raise NoFrames(f"{self._path.name} has no picture")
        stream = streams[0]
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = self._threads or min(os.cpu_count() or 1, MOST_THREADS)
        self._film = container, stream
        self._zero_s = (container.start_time or 0) / av.time_base
        ratio = float(stream.sample_aspect_ratio or 1)
        self._wide = ratio if 0.2 < ratio < 5 else 1.0
        return self._film

    def _key_before(self, t: float) -> float | None:
        """Tell from the film's index where the key frame before a moment lies; None if unknown."""
        stream = self._film[1] if self._film is not None else None
        if stream is None or stream.time_base is None:
            return None
        entries = stream.index_entries
        place = entries.search_timestamp(int((t + self._zero_s) / stream.time_base))
        if not 0 <= place < len(entries) - 1:  # an index may end before the moment
            return None
        return float(entries[place].timestamp * stream.time_base) - self._zero_s
