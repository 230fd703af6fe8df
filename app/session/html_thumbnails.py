"""Small pictures of moments in a video, found by seeking instead of decoding all of it."""

from __future__ import annotations

import base64
import io
import logging
from typing import TYPE_CHECKING, Final

import av
import numpy as np

from vision.opencv import cv2
from vision.orientation import orientation_of, upright

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

log = logging.getLogger(__name__)

WIDTH_PX: Final = 480
"""Twice the width at which a page shows it, for sharp screens."""

MOST_FRAMES: Final = 900
"""Half a minute at 30 a second: a file with no keyframe for longer gets no thumbnail."""

QUALITY: Final = 78
"""JPEG quality; a thumbnail is then 15 to 30 kB."""
BACK_S: Final = (0.0, 2.0, 10.0)
"""How long before a moment it is looked for a keyframe, seconds, one after the other: a transport
stream is entered anywhere, and gives nothing before the next one."""
LATE_S: Final = 0.5
"""A picture that comes so much later than the moment shows another one."""


def thumbnails(video: Path | bytes, moments: Sequence[float]) -> list[str | None]:
    """Take a picture at each moment.

    Parameters
    ----------
    video
        Any file that PyAV reads, or what is in one.
    moments
        Seconds from the container's common zero.

    Returns
    -------
    list
        A data URI each, or None where there is no picture.
    """
    try:
        source = io.BytesIO(video) if isinstance(video, bytes) else str(video)
        with av.open(source, "r") as container:
            covers = av.stream.Disposition.attached_pic
            films = [one for one in container.streams.video if not one.disposition & covers]
            if not films:
                return [None] * len(moments)
            stream = films[0]
            stream.thread_type = "AUTO"
            return [_picture(container, stream, moment) for moment in moments]
    except (av.FFmpegError, OSError) as error:
        log.info("no thumbnails: %s", error)
        return [None] * len(moments)


def _picture(container: InputContainer, stream: VideoStream, moment: float) -> str | None:
    frame = _frame_at(container, stream, moment)
    if frame is None:
        return None
    wide = frame.width * float(stream.sample_aspect_ratio or 1)
    scale = min(1.0, WIDTH_PX / wide, WIDTH_PX / frame.height)
    width, height = (max(2, round(side * scale / 2) * 2) for side in (wide, frame.height))
    small = frame.reformat(width=width, height=height, format="bgr24").to_ndarray()
    small = small.astype(np.uint8, copy=False)
    shown = upright(small, orientation_of(frame))
    done, data = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not done:
        return None
    return "data:image/jpeg;base64," + base64.b64encode(data.tobytes()).decode("ascii")


def _frame_at(container: InputContainer, stream: VideoStream, moment: float) -> VideoFrame | None:
    """Give the picture at a moment; the last one if the film ends before it."""
    for back_s in BACK_S:
        frame = _decoded_to(container, stream, moment, back_s)
        if frame is not None:
            return frame
    return None


def _decoded_to(
    container: InputContainer, stream: VideoStream, moment: float, back_s: float
) -> VideoFrame | None:
    """Seek to the keyframe so long before the moment and decode up to it."""
    zero = (container.start_time or 0) / av.time_base
    try:
        container.seek(int((zero + moment - back_s) * av.time_base))
        latest = None
        for count, frame in enumerate(container.decode(stream)):
            if latest is None and frame.time is not None and frame.time - zero > moment + LATE_S:
                return None
            latest = frame
            if frame.time is not None and frame.time - zero >= moment:
                break
            if count >= MOST_FRAMES:
                return None
    except av.FFmpegError as error:
        log.info("no picture at %.1f s: %s", moment, error)
        return None
    return latest
