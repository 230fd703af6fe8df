"""Opens both halves of a file, or says why there is neither."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Final

import av

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


def _is_text(path: Path) -> bool:
    """Tell whether ffmpeg would paint the file's letters as the pictures of a terminal."""
    try:
        with av.open(str(path)) as container:
            return container.format.name == "tty"
    except (av.FFmpegError, OSError):
        return False  # whoever opens it next says what is wrong with it
