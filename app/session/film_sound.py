"""The sound track of a recording: exact samples at their real times."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from audio.types import AudioBlock

LEAD_S: Final = 1.0
"""Sound that begins this early begins with silence at zero, seconds; later it is a gap."""
GAP_S: Final = 0.02
"""Sound that comes this much later than its sample count says is a gap, seconds."""


class SoundTrack:
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
