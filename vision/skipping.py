"""Which pictures of a film need not even be decoded: nobody looks at them, and no other needs them.

Encoders write pictures that no other picture refers to, half of all in some films. A decoder that
is told so before such a packet leaves it out; all other pictures come out the same to the last bit.
"""

from __future__ import annotations

import heapq
from collections import deque
from typing import TYPE_CHECKING, Final

from vision.cadence import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

    VideoPacket = Packet[VideoStream]

CODECS: Final = frozenset({"h264", "hevc"})
"""Codecs whose decoders were seen to leave all other pictures as they are."""
UNTIMED: Final = frozenset({"avi"})
"""Containers that keep no time of showing: what ffmpeg makes up for it is wrong with B-pictures."""


class Skipper:
    """Tells a decoder, packet by packet, what it may leave out.

    Packets come in the order of decoding and looks are due in the order of showing, so a few
    packets wait until it is known that none of an earlier time will follow. A stream whose packets
    lack their times is decoded whole.

    Parameters
    ----------
    stream
        What the packets are of; decoded in one thread.
    zero_s
        The container's time zero, seconds.
    from_s
        Pictures before this are not looked at, seconds.
    looks_hz
        How often a picture is looked at, on a `Grid`.
    """

    def __init__(self, stream: VideoStream, zero_s: float, from_s: float, looks_hz: float) -> None:
        self._context: VideoCodecContext = stream.codec_context
        self._base = stream.time_base
        self._whole = (
            self._context.name not in CODECS
            or stream.container.format.name in UNTIMED
            or self._base is None
        )
        self._zero_s = zero_s
        self._from_s = from_s
        self._grid = Grid(looks_hz)
        self._waiting: deque[VideoPacket] = deque()
        self._later: list[int] = []
        self._due: dict[int, bool] = {}
        self._left: deque[int] = deque()
        self._told_whole = True

    def packets(self, packets: Iterable[VideoPacket]) -> Iterator[VideoPacket]:
        """Hand packets on; the decoder is told of each right before."""
        for packet in packets:
            self._take(packet)
            while self._waiting and (self._whole or self._known(self._waiting[0])):
                yield self._next()
        while self._waiting:
            yield self._next()

    def left_out(self, before: int | None) -> Iterator[float]:
        """Give the times, in seconds, of what was left out before a picture (None: at the end)."""
        while self._left and (before is None or self._left[0] <= before):
            pts = self._left.popleft()
            if pts != before:
                yield self._time(pts)

    def _take(self, packet: VideoPacket) -> None:
        self._waiting.append(packet)
        if self._whole:
            return
        if packet.pts is None or packet.dts is None:
            # The last one, which is empty, ends the waiting too.
            self._whole = True
            self._due.clear()
            return
        if packet.is_discard:
            # Cut off by an edit list: decoded for the sake of others only, and never shown.
            self._due[packet.pts] = False
        else:
            heapq.heappush(self._later, packet.pts)
        while self._later and self._later[0] < packet.dts:
            self._decide(heapq.heappop(self._later))

    def _decide(self, pts: int) -> None:
        t = self._time(pts)
        due = t >= self._from_s and self._grid.due(t)
        self._due[pts] = due
        if not due:
            self._left.append(pts)

    def _known(self, packet: VideoPacket) -> bool:
        return packet.pts in self._due

    def _next(self) -> VideoPacket:
        packet = self._waiting.popleft()
        pts = packet.pts
        self._tell(whole=pts is None or self._due.pop(pts, True))
        return packet

    def _tell(self, *, whole: bool) -> None:
        if whole != self._told_whole:
            self._told_whole = whole
            self._context.skip_frame = "DEFAULT" if whole else "NONREF"

    def _time(self, pts: int) -> float:
        return float(pts * self._base) - self._zero_s if self._base is not None else 0.0
