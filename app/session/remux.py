"""Makes a recording whole that was cut off: the same packets, with an index and a duration."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import av

from app.errors import AppError
from app.store.files import RECORDING

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.files import SessionFiles

log = logging.getLogger(__name__)

WHOLE: Final = f"whole-{RECORDING}"
"""Name until it is known to be whole."""


def make_whole(files: SessionFiles) -> None:
    """Copy what can be read of an unfinished recording into a finished one, then delete it.

    Raises
    ------
    AppError
        Where there is nothing to be read, or no room. The unfinished one then stays.
    """
    try:
        copied = _copy(files.recording_part, files.sink(WHOLE))
    except (av.FFmpegError, OSError) as error:
        files.drop_sink(WHOLE)
        raise AppError(
            "The recording of a session that was cut off cannot be read.",
            "Its marks are kept. Check the free space of the disk, then start Rapport again.",
        ) from error
    if not copied:
        files.drop_sink(WHOLE)
        raise AppError(
            "The recording of a session that was cut off holds nothing yet.",
            "Nothing can be done about it; the session can be deleted.",
        )
    files.complete(WHOLE)
    files.rename(WHOLE, RECORDING)
    files.drop_sink()


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
