"""When the pictures of a film come on show, read from its packets: nothing is decoded.

A phone films at no steady rate, so that a moment worked out from the rate it tells lies beside the
picture that is meant.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from itertools import pairwise
from math import inf
from threading import Event
from typing import TYPE_CHECKING, Final

import av

from app.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.container import InputContainer
    from av.video.stream import VideoStream

log = logging.getLogger(__name__)

AROUND_S: Final = 2.0
"""So much of the film on each side of a moment is read at a time, seconds."""
FAR_S: Final = 30.0
"""With key pictures further apart, reading round a moment would hold the screen up for more than
a picture's time: 0.36 to 0.73 s were measured in a film of 20 minutes with a single one."""
JOIN_S: Final = 1.0
"""So long the screen waits for the reader to let go of the film, seconds. It asks after each
packet, so only a network drive that does not answer takes longer; the reader then ends later."""


class FrameTimes:
    """Keeps a film open, and the times round the last wanted moment. For one thread.

    Reading the times round a moment begins at the key picture before it, which is quick in a film
    that has many. One that has few is read through ahead, in a thread of its own.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._film: tuple[InputContainer, VideoStream] | None = None
        self._unreadable = False
        self._times: list[float] = []
        self._known = (0.0, 0.0)
        self._ahead: Worker | None = None
        self._closed = Event()
        self._whole: list[float] | None = None
        """All times, once they were read ahead."""

    def read_ahead(self) -> None:
        """Read all times beside the screen, where that saves it a long wait."""
        if self._ahead is None:
            self._ahead = Worker("rapport frame times", self._read_whole)
            self._ahead.start()

    def close(self) -> None:
        """Let go of the film."""
        self._closed.set()
        if self._ahead is not None:
            self._ahead.join(JOIN_S)
        self._shut()

    def _shut(self) -> None:
        if self._film is not None:
            self._film[0].close()
        self._film, self._times = None, []

    def snapped(self, t: float, on: int = 0) -> float | None:
        """Give when the nearest picture comes on show, or the one so many further on.

        Parameters
        ----------
        t
            Seconds from the container's common zero.
        on
            How many pictures further, or back; it ends with the film.

        Returns
        -------
        float or None
            Seconds; None where the film does not tell its times.
        """
        try:
            times = self._around(t)
        except (av.FFmpegError, OSError, ValueError) as error:
            log.info("the times of the pictures of %s cannot be read: %s", self._path.name, error)
            self._unreadable = True
            self._shut()
            return None
        if not times:
            return None
        after = bisect_left(times, t)
        nearest = min(
            (one for one in (after - 1, after) if 0 <= one < len(times)),
            key=lambda one: abs(times[one] - t),
        )
        return times[min(max(0, nearest + on), len(times) - 1)]

    def _around(self, t: float) -> list[float]:
        whole = self._whole
        if whole is not None:
            return whole
        low, high = self._known
        if self._unreadable or (self._times and low <= t <= high):
            return self._times
        if self._film is None:
            self._film = _open(self._path)
        from_s = max(0.0, t - AROUND_S)
        times: list[float] = []
        high = inf
        for shown_s, decoded_s in _moments(*self._film, from_s):
            # No picture comes on show before it is decoded: what follows is later than this.
            if decoded_s is not None and decoded_s > t + AROUND_S:
                high = t + AROUND_S / 2
                break
            times.append(shown_s)
        self._times = sorted(one for one in times if one >= 0.0)
        # Towards the ends, what is some pictures further on may not have been read.
        first = self._times[0] + AROUND_S / 2 if from_s and self._times else 0.0
        self._known = (min(t, first), high)
        return self._times

    def _read_whole(self) -> None:
        """Read every time, where key pictures lie far apart; what stands in the way is told later.

        The worker's own part: it opens the film for itself.
        """
        try:
            container, stream = _open(self._path)
            with container:
                if _widest_s(container, stream) < FAR_S:
                    return
                times: list[float] = []
                for shown_s, _ in _moments(container, stream, 0.0):
                    if self._closed.is_set():
                        return
                    times.append(shown_s)
        except (av.FFmpegError, OSError, ValueError) as error:
            log.info("the times of %s are not read ahead: %s", self._path.name, error)
            return
        self._whole = sorted(one for one in times if one >= 0.0)


def _moments(
    container: InputContainer, stream: VideoStream, from_s: float
) -> Iterator[tuple[float, float | None]]:
    """Enter at the key picture before a moment; give when each comes on show, and is decoded."""
    if stream.time_base is None:
        raise ValueError("the film tells no times")
    zero_s = (container.start_time or 0) / av.time_base
    container.seek(int((from_s + zero_s) / stream.time_base), stream=stream)
    for packet in container.demux(stream):
        if packet.is_discard or not packet.size:
            continue
        if packet.pts is None:
            raise ValueError("a picture has no time")
        decoded = None if packet.dts is None else float(packet.dts * stream.time_base) - zero_s
        yield float(packet.pts * stream.time_base) - zero_s, decoded


def _widest_s(container: InputContainer, stream: VideoStream) -> float:
    """Tell the longest stretch of a film without a key picture, as its index has it, seconds."""
    if stream.time_base is None:
        return 0.0
    zero_s = (container.start_time or 0) / av.time_base
    ends_s = (container.duration or 0) / av.time_base
    # Matroska, in which our own recordings are, has its index read by the first seek only.
    container.seek(int(zero_s / stream.time_base), stream=stream)
    keys = [
        float(one.timestamp * stream.time_base) - zero_s
        for one in stream.index_entries
        if one.is_keyframe
    ]
    return max(after - before for before, after in pairwise([0.0, *keys, ends_s]))


def _open(path: Path) -> tuple[InputContainer, VideoStream]:
    container = av.open(str(path))
    covers = av.stream.Disposition.attached_pic
    streams = [one for one in container.streams.video if not one.disposition & covers]
    if not streams:
        container.close()
        raise ValueError("there is no picture in it")
    return container, streams[0]
