"""Blocks of any size and rate in, one 16 kHz stream on the hop grid out, sample-exact."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import soxr

from audio.types import HOP_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from audio.types import AudioBlock

RATE_HZ: Final = 16000
"""Rate at which everything is analysed."""
HOP: Final = 1600
"""Samples of a hop."""
STEP: Final = 160
"""Samples of an analysis step of 10 ms."""
STEP_S: Final = STEP / RATE_HZ
"""Length of an analysis step, seconds."""
STEPS: Final = HOP // STEP
"""Steps of a hop."""
GAP_S: Final = 0.25
"""A jump of the block times beyond this starts afresh."""
SLIP_S: Final = 0.02
"""A deviation of the block times beyond this is made good by samples put in or left out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of 16 kHz samples; pieces of one stretch follow on each other without a hole."""

    fresh: bool
    """True where it begins a stretch; its first sample then lies exactly on the hop grid."""
    hop: int
    """Number of the hop (its start is hop x 0.1 s) in which the stretch of this piece began."""
    samples: NDArray[np.float32]
    """(n,), 16 kHz; n may be 0."""


class Framer:
    """Resamples a stream and cuts its head to the hop grid, whatever the size of the blocks."""

    def __init__(self) -> None:
        self._resampler: soxr.ResampleStream | None = None
        self._rate_hz = 0
        self._t0 = 0.0
        self._taken = 0
        self._last = np.float32(0.0)
        self._hop = 0
        self._skip = 0
        self._fresh = True

    def push(self, block: AudioBlock) -> list[Piece]:
        """Take one block; a jump in its time ends the running stretch and starts another."""
        if len(block.samples) == 0:
            return []
        samples = np.asarray(block.samples, dtype=np.float32)
        if not np.isfinite(samples).all():
            samples = np.nan_to_num(samples)
        pieces: list[Piece] = []
        off_s = block.t - (self._t0 + self._taken / self._rate_hz) if self._rate_hz else math.inf
        if block.rate_hz != self._rate_hz or abs(off_s) > GAP_S:
            pieces += self.finish()
            self._start(block)
        elif off_s > SLIP_S:
            samples = np.concatenate([self._bridge(samples[0], off_s), samples])
        elif off_s < -SLIP_S:
            samples = samples[round(-off_s * self._rate_hz) :]
        if len(samples):
            self._taken += len(samples)
            self._last = samples[-1]
            pieces += self._resampled(samples, last=False)
        return pieces

    def finish(self) -> list[Piece]:
        """Give what the resampler still holds; the next block starts afresh."""
        pieces = self._resampled(np.zeros(0, np.float32), last=True) if self._rate_hz else []
        self._rate_hz = 0
        self._resampler = None
        return pieces

    def _start(self, block: AudioBlock) -> None:
        self._rate_hz = block.rate_hz
        self._t0 = block.t
        self._taken = 0
        self._hop = math.ceil(block.t / HOP_S - 1e-6)
        self._skip = max(0, round((self._hop * HOP_S - block.t) * RATE_HZ))
        self._fresh = True
        if block.rate_hz != RATE_HZ:
            self._resampler = soxr.ResampleStream(block.rate_hz, RATE_HZ, 1, dtype="float32")

    def _bridge(self, until: np.float32, length_s: float) -> NDArray[np.float32]:
        """Draw a straight line over lost samples, so that the filling itself makes no click."""
        n = round(length_s * self._rate_hz)
        return np.linspace(self._last, until, n + 2, dtype=np.float32)[1:-1]

    def _resampled(self, samples: NDArray[np.float32], *, last: bool) -> list[Piece]:
        if self._resampler is not None:
            samples = self._resampler.resample_chunk(samples, last=last)
        cut = min(self._skip, len(samples))
        self._skip -= cut
        samples = samples[cut:]
        if len(samples) == 0:
            return []
        piece = Piece(self._fresh, self._hop, samples)
        self._fresh = False
        return [piece]
