"""One Matroska file with picture and sound, written so that a kill costs half a second.

Synchronous and without threads; `recorder` runs it. Zero of the file is zero of the session.
"""

from __future__ import annotations

import os
from fractions import Fraction
from typing import TYPE_CHECKING, BinaryIO, Final

import av
import numpy as np
from av.video.frame import PictureType

from app.session.film_sound import SoundTrack
from audio.types import AudioBlock
from vision.types import Frame

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

MUXER: Final = {
    # Measured in the design: with the defaults a kill loses 3.5 s, with these 0.5 s.
    "cluster_time_limit": "500",
    "flush_packets": "1",
    # Without it the muxer holds the one track back for 10 s while the other is silent.
    "max_interleave_delta": "500000",
}
ENCODER: Final = {
    "preset": "ultrafast",
    "tune": "zerolatency",
    "crf": "23",
    "forced-idr": "1",
    "bf": "0",
}
KEY_S: Final = 1.0
"""A keyframe at least this often, seconds: seeking lands near, and a kill loses little."""
HOLD_S: Final = 0.2
"""The first picture also stands for up to this long before it; before that it is black."""
LATE_S: Final = 2.0
"""So long sound waits for the first picture, seconds: the header holds the picture's size."""
MISSING: Final = (640, 480)
"""Size of the picture track where no picture came by then, (width, height)."""
WIDEST: Final = 1280
"""Wider pictures are made smaller, pixels."""
MILLISECOND: Final = Fraction(1, 1000)


class Film:
    """A recording that is being written.

    Pictures of another size than the first are fitted into it; sound at another rate than the
    track's is resampled. Gaps stay gaps: what was not recorded is not filled with silence.

    Parameters
    ----------
    path
        Where it is written to.
    picture, sound_rate_hz
        Whether there is a picture; samples of sound a second, None for no sound.
    size
        (width, height) of the pictures where that is known; else the first one tells.
    """

    def __init__(
        self,
        path: Path | BinaryIO,
        *,
        picture: bool,
        sound_rate_hz: int | None,
        size: tuple[int, int] | None = None,
    ) -> None:
        to = str(path) if isinstance(path, os.PathLike) else path
        self._box = av.open(to, "w", format="matroska", options=dict(MUXER))
        self._picture = _PictureTrack(self._box) if picture else None
        self._sound = SoundTrack(self._box, sound_rate_hz) if sound_rate_hz is not None else None
        self._started = False
        self._early: list[AudioBlock] = []
        if self._picture is not None and size is not None:
            self._picture.prepare(*size)

    def add_frame(self, frame: Frame) -> bool:
        """Encode a picture; False where it has no track or is not later than the last one."""
        if self._picture is None:
            return False
        height, width = frame.image.shape[:2]
        self._begin(width, height)
        self._anchor(frame)
        return self._picture.write(frame)

    def add_block(self, block: AudioBlock) -> None:
        """Encode sound; what overlaps sound that is already written is left out."""
        if self._sound is None:
            return
        if self._picture is not None and not self._picture.ready:
            self._early.append(block)
            if block.t - self._early[0].t >= LATE_S:
                self._begin(*MISSING)
            return
        self._anchor(block)
        self._sound.write(block)

    def close(self) -> None:
        """Write what the encoders still hold and the index that makes the file whole."""
        try:
            if self._early:
                self._begin(*MISSING)
            for track in (self._picture, self._sound):
                if track is not None and self._started:
                    track.finish()
        finally:
            self._box.close()

    def _begin(self, width: int, height: int) -> None:
        """Take the size of the pictures, and write the sound that waited for it."""
        if self._picture is not None:
            self._picture.prepare(width, height)
        early, self._early = self._early, []
        for block in early:
            self.add_block(block)

    def _anchor(self, first: Frame | AudioBlock) -> None:
        """Put something at zero, because readers take the first stamp for the zero."""
        if self._started:
            return
        self._started = True
        if isinstance(first, Frame) and self._picture is not None:
            self._picture.hold_at_zero(first)
        elif isinstance(first, AudioBlock) and self._sound is not None:
            self._sound.silence_at_zero(first)


class _PictureTrack:
    """H.264, stamped with real times."""

    def __init__(self, box: av.container.OutputContainer) -> None:
        self._box = box
        self._stream = box.add_stream("libx264", rate=30, options=dict(ENCODER))
        self._stream.time_base = MILLISECOND
        self._stream.codec_context.time_base = MILLISECOND
        self._stream.codec_context.gop_size = 600
        self._stream.codec_context.thread_count = 1
        self._stream.pix_fmt = "yuv420p"
        self._last_ms = -1
        self._key_ms = -1e9
        self.ready = False
        """Whether the size is known."""

    def prepare(self, width: int, height: int) -> None:
        """Take the size; once it is known, it stays."""
        if self.ready:
            return
        scale = min(1.0, WIDEST / width)
        self._stream.width = max(2, round(width * scale) // 2 * 2)
        self._stream.height = max(2, round(height * scale) // 2 * 2)
        self.ready = True

    def hold_at_zero(self, first: Frame) -> None:
        """Fill the moment zero where the first picture comes later."""
        if round(first.t * 1000) > 0:
            image = first.image if first.t <= HOLD_S else np.zeros_like(first.image)
            self.write(Frame(0.0, image))

    def write(self, frame: Frame) -> bool:
        """Encode one picture; False where it is not later than the last one."""
        stamp_ms = round(frame.t * 1000)
        if stamp_ms <= self._last_ms:
            return False
        picture = av.VideoFrame.from_ndarray(self._fitted(frame.image), format="bgr24")
        picture.pts, picture.time_base = stamp_ms, MILLISECOND
        if stamp_ms - self._key_ms >= KEY_S * 1000:
            picture.pict_type = PictureType.I
            self._key_ms = stamp_ms
        self._box.mux(self._stream.encode(picture))
        self._last_ms = stamp_ms
        return True

    def finish(self) -> None:
        """Flush the encoder."""
        self._box.mux(self._stream.encode(None))

    def _fitted(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Give back the picture in the track's size, with black borders where it does not fit."""
        width, height = self._stream.width, self._stream.height
        if image.shape[:2] == (height, width):
            return np.ascontiguousarray(image)
        scale = min(width / image.shape[1], height / image.shape[0])
        inner_w, inner_h = round(image.shape[1] * scale), round(image.shape[0] * scale)
        small = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="bgr24").reformat(
            width=inner_w, height=inner_h
        )
        fitted = np.zeros((height, width, 3), np.uint8)
        top, left = (height - inner_h) // 2, (width - inner_w) // 2
        fitted[top : top + inner_h, left : left + inner_w] = small.to_ndarray()
        return fitted
