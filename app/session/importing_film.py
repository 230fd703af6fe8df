"""The recording of an imported video, or of a stretch of a session: copied where that can be.

What a phone writes into a film beside picture and sound (where it was, which phone) stays behind.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Final

import av

from app.errors import AppError
from app.session.film import MUXER, Film
from app.session.merge import merge
from app.store.faults import told
from audio.errors import AudioError, NoSound
from audio.sources import AudioFile
from audio.types import AudioBlock
from vision.errors import NoPicture, VisionError
from vision.orientation import AS_IT_IS, orientation_of
from vision.skipping import UNTIMED
from vision.sources import VideoFile
from vision.types import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.store.files import SessionFiles


WIDEST: Final = 1920
"""Wider pictures are made smaller, pixels: nobody sees more on the desk, and seeking stays fast."""
KEY_GAP_S: Final = 2.5
"""With keyframes further apart than this, seeking takes too long, seconds."""
PICTURE_S: Final = 1 / 31
"""Pictures that follow closer than this are left out, seconds: 30 a second are enough."""
COPIED_SOUND: Final = frozenset({"aac", "mp3", "flac", "opus", "vorbis", "pcm_s16le"})


def keep_recording(
    source: Path,
    files: SessionFiles,
    *,
    picture: bool,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Write the recording of a whole video.

    Parameters
    ----------
    source
        Any file that was analysed.
    files
        Where it is kept.
    picture
        Whether the picture is kept; else only the sound is ever written.
    progress
        Told 0..1.

    Raises
    ------
    AppError
        Where the disk is full, or the video cannot be read any more.
    """
    if picture and can_be_copied(source):
        _whole(files, lambda path: _copy(source, path, progress))
    else:
        write_recording(source, files, picture=picture, progress=progress)


def write_recording(
    source: Path,
    files: SessionFiles,
    *,
    picture: bool,
    start_s: float = 0.0,
    end_s: float = inf,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Write a stretch of a recording anew; what begins at `start_s` begins at 0 in it."""
    video, sound = _open(source, picture=picture, start_s=start_s)
    if video is None and sound is None:
        return
    length = (video.duration_s if video else None) or (sound.duration_s if sound else None)
    until = min(end_s, length or end_s)

    def write(path: Path) -> None:
        film = Film(
            path,
            picture=video is not None,
            sound_rate_hz=sound.rate_hz if sound else None,
            size=video.size if video else None,
        )
        try:
            for item in merge(_pictures(video, start_s, end_s), _blocks(sound, start_s, end_s)):
                if isinstance(item, Frame):
                    film.add_frame(item)
                elif isinstance(item, AudioBlock):
                    film.add_block(item)
                if progress is not None and until < inf:
                    progress(min(1.0, item.t / max(until - start_s, PICTURE_S)))
        except (VisionError, AudioError) as error:
            raise AppError.from_told(error) from error
        finally:
            film.close()

    _whole(files, write)


def can_be_copied(source: Path) -> bool:
    """Whether a video plays and seeks well as it is: then it is copied, not written anew."""
    with av.open(str(source)) as box:
        if not box.streams.video or box.format.name in UNTIMED:
            return False
        stream = box.streams.video[0]
        width, context = stream.codec_context.width, stream.codec_context
        plain = context.name == "h264" and context.pix_fmt in {"yuv420p", "yuvj420p"}
        heard = box.streams.audio[0].codec_context.name if box.streams.audio else "aac"
        if not plain or width > WIDEST or heard not in COPIED_SOUND:
            return False
        first = next(box.decode(stream), None)
        if first is None or orientation_of(first) != AS_IT_IS or _not_square(stream):
            return False
    return _key_gap_s(source) <= KEY_GAP_S


def _not_square(stream: av.VideoStream) -> bool:
    ratio = stream.sample_aspect_ratio
    return ratio is not None and ratio not in (0, 1)


def _key_gap_s(source: Path) -> float:
    """Tell the longest stretch without a keyframe, seconds; endless where packets lack times."""
    widest, last = 0.0, 0.0
    with av.open(str(source)) as box, suppress(av.error.InvalidDataError):
        for packet in box.demux(box.streams.video[0]):
            if packet.pts is None or packet.time_base is None:
                if packet.size:
                    return inf
                continue
            t = float(packet.pts * packet.time_base)
            widest = max(widest, t - last)
            last = t if packet.is_keyframe else last
    return widest


def _copy(source: Path, target: Path, progress: Callable[[float], None] | None) -> None:
    """Copy the first picture and the first sound, packet by packet, on a clock that begins at 0."""
    # Zero is where the first of both begins, as everything else reads it; stamps before it are
    # the muxer's business only.
    options = {**MUXER, "avoid_negative_ts": "disabled"}
    with (
        av.open(str(source)) as box,
        av.open(str(target), "w", format="matroska", options=options) as out,
    ):
        zero_s = (box.start_time or 0) / av.time_base
        length_s = (box.duration or 0) / av.time_base
        streams = [*box.streams.video[:1], *box.streams.audio[:1]]
        tracks = {one.index: out.add_stream_from_template(one) for one in streams}
        for track in tracks.values():
            track.metadata.clear()
        reached_s = 0.0
        with suppress(av.error.InvalidDataError):
            for packet in box.demux(*streams):
                if packet.dts is None or packet.pts is None or packet.time_base is None:
                    continue
                shift = round(zero_s / packet.time_base)
                packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
                reached_s = max(reached_s, float(packet.pts * packet.time_base))
                if progress is not None and length_s:
                    progress(min(1.0, reached_s / length_s))
                packet.stream = tracks[packet.stream.index]
                out.mux(packet)


def _whole(files: SessionFiles, write: Callable[[Path], None]) -> None:
    """Write the recording under its name only once it is whole."""
    part = files.recording_part
    try:
        with told(files.recording):
            files.make()
            write(part)
            files.complete()
    except av.FFmpegError as error:
        raise AppError(
            "The picture or sound of this video could not be kept.",
            "Play it in a media player; if that fails too, record it anew.",
        ) from error
    finally:
        with suppress(AppError):
            files.drop_sink()


def _open(
    source: Path, *, picture: bool, start_s: float
) -> tuple[VideoFile | None, AudioFile | None]:
    """Open what there is of a recording, and what is wanted of it."""
    video: VideoFile | None = None
    sound: AudioFile | None = None
    try:
        if picture:
            with suppress(NoPicture):
                video = VideoFile(source, wanted=_thinned(), from_s=start_s)
        with suppress(NoSound):
            sound = AudioFile(source)
    except (VisionError, AudioError) as error:
        raise AppError.from_told(error) from error
    return video, sound


def _thinned() -> Callable[[float], bool]:
    """Make what says of each picture's time whether it is wanted."""
    last = -inf

    def wanted(t: float) -> bool:
        nonlocal last
        if t - last < PICTURE_S:
            return False
        last = t
        return True

    return wanted


def _pictures(video: VideoFile | None, start_s: float, end_s: float) -> Iterator[Frame]:
    for frame in video or ():
        if frame.t >= end_s:
            return
        yield replace(frame, t=frame.t - start_s)


def _blocks(sound: AudioFile | None, start_s: float, end_s: float) -> Iterator[AudioBlock]:
    """Give the sound of a stretch, cut to the sample."""
    for block in sound or ():
        if block.t >= end_s:
            return
        first = max(0, round((start_s - block.t) * block.rate_hz))
        last = min(len(block.samples), round(min(end_s - block.t, 1e6) * block.rate_hz))
        if first < last:
            t = block.t + first / block.rate_hz - start_s
            yield AudioBlock(max(0.0, t), block.samples[first:last], block.rate_hz)
