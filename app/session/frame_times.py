"""When the pictures of a film come on show, read from its packets: nothing is decoded.

A phone films at no steady rate, so that a moment worked out from the rate it tells lies beside the
picture that is meant.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from math import inf
from typing import TYPE_CHECKING, Final

import av

if TYPE_CHECKING:
    from pathlib import Path

    from av.container import InputContainer
    from av.video.stream import VideoStream

log = logging.getLogger(__name__)

AROUND_S: Final = 2.0
"""So much of the film on each side of a moment is read at a time, seconds."""


class FrameTimes:
    """Keeps a film open, and the times round the last wanted moment. For one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._film: tuple[InputContainer, VideoStream] | None = None
        self._unreadable = False
        self._times: list[float] = []
        self._known = (0.0, 0.0)

    def close(self) -> None:
        """Let go of the film."""
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
            self.close()
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
        low, high = self._known
        if self._unreadable or (self._times and low <= t <= high):
            return self._times
        container, stream = self._film or self._open()
        zero_s = (container.start_time or 0) / av.time_base
        if stream.time_base is None:
            return []
        from_s = max(0.0, t - AROUND_S)
        container.seek(int((from_s + zero_s) / stream.time_base), stream=stream)
        times: list[float] = []
        high = inf
        for packet in container.demux(stream):
            if packet.is_discard or not packet.size:
                continue
            if packet.pts is None:
                raise ValueError("a picture has no time")
            # No picture comes on show before it is decoded: what follows is later than this.
            if packet.dts is not None and packet.dts * stream.time_base - zero_s > t + AROUND_S:
                high = t + AROUND_S / 2
                break
            times.append(float(packet.pts * stream.time_base) - zero_s)
        self._times = sorted(one for one in times if one >= 0.0)
        # Towards the ends, what is some pictures further on may not have been read.
        first = self._times[0] + AROUND_S / 2 if from_s and self._times else 0.0
        self._known = (min(t, first), high)
        return self._times

    def _open(self) -> tuple[InputContainer, VideoStream]:
        container = av.open(str(self._path))
        covers = av.stream.Disposition.attached_pic
        streams = [one for one in container.streams.video if not one.disposition & covers]
        if not streams:
            container.close()
            raise ValueError("there is no picture in it")
        self._film = container, streams[0]
        return self._film
