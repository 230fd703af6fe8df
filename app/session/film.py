"""One Matroska file with picture and sound, written so that a kill costs half a second.

Synchronous and without threads; `recorder` runs it. Zero of the file is zero of the session.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av
import numpy as np
from av.video.frame import PictureType

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
LEAD_S: Final = 1.0
"""Sound that begins this early begins with silence at zero, seconds; later it is a gap."""
GAP_S: Final = 0.02
"""Sound that comes this much later than its sample count says is a gap, seconds."""
WIDEST: Final = 1280
"""Wider pictures are made smaller, pixels."""
MILLISECOND: Final = Fraction(1, 1000)


class Film:
    """A recording that is being written.

    Pictures of another size than the first are fitted into it; sound at another rate than the
    track's is resampled. Gaps stay gaps: what was not recorded is not filled with silence.
    """

    def __init__(self, path: Path, *, picture: bool, sound_rate_hz: int | None) -> None:
        self._box = av.open(str(path), "w", format="matroska", options=dict(MUXER))
        self._picture = _PictureTrack(self._box) if picture else None
        self._sound = _SoundTrack(self._box, sound_rate_hz) if sound_rate_hz is not None else None
        self._started = False

    def add_frame(self, frame: Frame) -> bool:
        """Encode a picture; False where it has no track or is not later than the last one."""
        if self._picture is None:
            return False
        self._picture.prepare(frame)
        self._anchor(frame)
        return self._picture.write(frame)

    def add_block(self, block: AudioBlock) -> None:
        """Encode sound; what overlaps sound that is already written is left out."""
        if self._sound is None:
            return
        if self._picture is not None and not self._picture.ready:
            # The header holds the picture's size; a camera that is missing gets a small track.
            self._picture.prepare(Frame(0.0, np.zeros((480, 640, 3), np.uint8)))
        self._anchor(block)
        self._sound.write(block)

    def close(self) -> None:
        """Write what the encoders still hold and the index that makes the file whole."""
        try:
            for track in (self._picture, self._sound):
                if track is not None and self._started:
                    track.finish()
        finally:
            self._box.close()

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

    def prepare(self, frame: Frame) -> None:
        """Take the size from the first picture."""
        if self.ready:
            return
        height, width = frame.image.shape[:2]
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


class _SoundTrack:
    """FLAC, 16 bit: analysing again hears exactly what live heard."""

    def __init__(self, box: av.container.OutputContainer, rate_hz: int) -> None:
        self._box = box
        self._rate_hz = rate_hz
        self._stream = box.add_stream("flac", rate=rate_hz)
        self._stream.layout = "mono"
        self._stream.format = "s16"
        self._stream.codec_context.open()
        self._packet = int(self._stream.codec_context.frame_size)
        """How many samples the encoder takes at a time; it knows once it is open."""
        self._waiting = np.zeros(0, np.int16)
        self._begin = 0
        """Sample number, counted from zero of the session, of the first waiting sample."""
        self._resampler: av.AudioResampler | None = None
        self._resampled_hz = 0

    def silence_at_zero(self, first: AudioBlock) -> None:
        """Fill the time before the first block, or only the moment zero where it is long."""
        begin = round(first.t * self._rate_hz)
        if begin > LEAD_S * self._rate_hz:
            self._emit(np.zeros(1, np.int16), 0)
            self._begin = self._packet
        else:
            self._waiting = np.zeros(max(0, begin), np.int16)

    def write(self, block: AudioBlock) -> None:
        """Append a block at its time."""
        samples = _to_int16(block.samples)
        if block.rate_hz != self._rate_hz:
            samples = self._resample(samples, block.rate_hz)
        begin = round(block.t * self._rate_hz)
        expected = self._begin + self._waiting.size
        late = begin - expected
        if late < 0 and -late > GAP_S * self._rate_hz:
            samples = samples[-late:]
        elif late > GAP_S * self._rate_hz:
            self._flush()
            self._begin = begin
        elif not self._waiting.size:
            # Small differences are the drift that the source corrects: follow it between packets.
            self._begin = max(begin, self._begin)
        self._waiting = np.concatenate([self._waiting, samples])
        self._drain()

    def finish(self) -> None:
        """Write what waits and flush the encoder."""
        self._flush()
        self._box.mux(self._stream.encode(None))

    def _drain(self) -> None:
        while self._waiting.size >= self._packet:
            size = self._packet
            self._emit(self._waiting[:size], self._begin)
            self._waiting = self._waiting[size:]
            self._begin += size

    def _flush(self) -> None:
        """Write what waits; the encoder takes whole packets only, so silence fills the last."""
        if self._waiting.size:
            self._emit(self._waiting, self._begin)
            self._begin += self._waiting.size
            self._waiting = np.zeros(0, np.int16)

    def _emit(self, samples: NDArray[np.int16], begin: int) -> None:
        padded = np.zeros(self._packet, np.int16)
        padded[: samples.size] = samples
        sound = av.AudioFrame.from_ndarray(padded[np.newaxis, :], format="s16", layout="mono")
        sound.sample_rate = self._rate_hz
        sound.pts, sound.time_base = begin, Fraction(1, self._rate_hz)
        self._box.mux(self._stream.encode(sound))

    def _resample(self, samples: NDArray[np.int16], rate_hz: int) -> NDArray[np.int16]:
        """Bring samples of a microphone that was opened again to the track's rate."""
        if self._resampler is None or self._resampled_hz != rate_hz:
            self._resampler = av.AudioResampler("s16", "mono", self._rate_hz)
            self._resampled_hz = rate_hz
        sound = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="s16", layout="mono")
        sound.sample_rate = rate_hz
        parts = [part.to_ndarray()[0] for part in self._resampler.resample(sound)]
        return np.concatenate(parts) if parts else np.zeros(0, np.int16)


def _to_int16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Turn -1..1 into 16 bit; exact for sound that was captured as 16 bit."""
    scaled = np.rint(samples * np.float32(32768.0))
    steps: NDArray[np.int16] = np.clip(scaled, -32768, 32767).astype(np.int16)
    return steps
