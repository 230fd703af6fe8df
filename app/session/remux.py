"""Makes a recording whole that was cut off: the same packets, with an index and a duration."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import av

from app.errors import AppError

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)


def make_whole(part: Path, whole: Path) -> None:
    """Copy what can be read of `part` into `whole`, then delete `part`.

    Raises
    ------
    AppError
        Where there is nothing to be read, or no room. `part` then stays where it is.
    """
    beside = whole.with_name(f"{whole.name}.whole")
    try:
        copied = _copy(part, beside)
    except (av.FFmpegError, OSError) as error:
        beside.unlink(missing_ok=True)
        raise AppError(
            "The recording of a session that was cut off cannot be read.",
            "Its marks are kept. Check the free space of the disk, then start Rapport again.",
        ) from error
    if not copied:
        beside.unlink(missing_ok=True)
        raise AppError(
            "The recording of a session that was cut off holds nothing yet.",
            "Nothing can be done about it; the session can be deleted.",
        )
    beside.replace(whole)
    part.unlink(missing_ok=True)


def _copy(part: Path, beside: Path) -> int:
    """Copy packet by packet until the end or the first broken one; gives how many."""
    copied = 0
    with av.open(str(part)) as source, av.open(str(beside), "w", format="matroska") as target:
        tracks = {
            stream.index: target.add_stream_from_template(stream)
            for stream in (*source.streams.video, *source.streams.audio)
        }
        try:
            for packet in source.demux(*source.streams.video, *source.streams.audio):
                if packet.dts is None:
                    continue
                packet.stream = tracks[packet.stream.index]
                target.mux(packet)
                copied += 1
        except av.error.InvalidDataError:
            log.info("The recording ends in the middle of a packet, as a kill leaves it.")
    return copied
