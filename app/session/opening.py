"""Opens both halves of a file, or says why there is neither."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import av

from app.coach.words import format_time
from app.errors import AppError
from app.session.watching import Watched, open_video
from audio.errors import AudioError, NoSound
from audio.sources import AudioFile
from vision.errors import NoPicture, VideoUnreadable

if TYPE_CHECKING:
    from pathlib import Path

    from vision.sources import VideoFile

log = logging.getLogger(__name__)

BLOCK_S: Final = 1.0
"""Sound that is heard at once, seconds: many steps together take less time each."""
JOINABLE: Final = frozenset({"mpegts", "mpeg"})
"""Containers whose files people join end to end; each part keeps a clock of its own."""
BACK_S: Final = 1.0
"""Packets may come this much out of their order, seconds."""
AHEAD_S: Final = 12 * 3600.0
"""A leap beyond this is a clock that went far back: ffmpeg takes it for one that came round."""
BEHIND: Final = 25
"""So many in a row that come later than that are no fault of a few, but another recording."""


def open_both(path: Path, watched: Watched) -> tuple[VideoFile | None, AudioFile | None]:
    """Open both halves of a file; an AppError where there is neither."""
    if path.is_dir():
        raise AppError(
            f"{path.name or path} is a folder.", "Name the video or sound files inside it."
        )
    if path.exists() and not path.is_file():
        # A pipe would wait for ever, and a device has no end.
        raise AppError(f"{path.name} is not a file.", "Name a video or sound file.")
    if _is_text(path):
        raise AppError(*_no_recording(path))
    joined_s = _joined_at(path)
    if joined_s is not None:
        raise AppError(
            f"{path.name} is several recordings joined to one file: at {format_time(joined_s)} its "
            "times begin anew.",
            "Give the recordings one by one, or let a video program write one film of them.",
        )
    video: VideoFile | None = None
    sound: AudioFile | None = None
    unreadable: VideoUnreadable | None = None
    try:
        video = open_video(path, watched)
    except VideoUnreadable as error:
        unreadable = error
    try:
        sound = AudioFile(path, block_s=BLOCK_S)
    except AudioError as error:
        if video is None:
            raise _neither(path, unreadable, error) from error
        if not isinstance(error, NoSound):
            log.info("The sound of %s is left out: %s", path.name, error.what)
    return video, sound


def _neither(path: Path, picture: VideoUnreadable | None, sound: AudioError) -> AppError:
    """Say why a file gives neither picture nor sound."""
    if isinstance(picture, NoPicture):
        # A container with neither: captions, or a text that begins like some.
        neither = isinstance(sound, NoSound)
        return AppError(*_no_recording(path)) if neither else AppError.from_told(sound)
    empty = not os.access(path, os.R_OK) or path.stat().st_size == 0
    if picture is not None and (isinstance(sound, NoSound) or empty):
        return AppError.from_told(picture)
    return AppError(*_no_recording(path))


def _no_recording(path: Path) -> tuple[str, str]:
    return (
        f"{path.name} is neither a video nor a sound file, or it is broken.",
        "Play it in a media player; if that fails too, record it anew.",
    )


def _joined_at(path: Path) -> float | None:
    """Tell where the times of a file begin anew, seconds; None where they do not.

    Picture and sound of what follows would be taken for those of the beginning.
    """
    newest: dict[int, float] = {}
    behind: dict[int, int] = {}
    with suppress(av.FFmpegError, OSError), av.open(str(path)) as box:
        if box.format.name not in JOINABLE:
            return None
        zero_s = (box.start_time or 0) / av.time_base
        for packet in box.demux(*box.streams.video[:1], *box.streams.audio[:1]):
            if packet.dts is None or packet.time_base is None:
                continue
            stream, t = packet.stream_index, float(packet.dts * packet.time_base)
            last = newest.get(stream, t)
            behind[stream] = behind.get(stream, 0) + 1 if t < last - BACK_S else 0
            if behind[stream] == BEHIND or t > last + AHEAD_S:
                return max(0.0, last - zero_s)
            newest[stream] = max(last, t)
    return None


def _is_text(path: Path) -> bool:
    """Tell whether ffmpeg would paint the file's letters as the pictures of a terminal."""
    try:
        with av.open(str(path)) as container:
            return container.format.name == "tty"
    except (av.FFmpegError, OSError):
        return False  # whoever opens it next says what is wrong with it
