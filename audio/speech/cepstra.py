"""Sound to the features that the acoustic model knows, whatever the size of the blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from audio.framing import RATE_HZ, STEP
from audio.speech.denoise import Denoiser

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

WINDOW: Final = 410
"""Samples of a frame, 25.6 ms."""
FFT: Final = 512
BANDS: Final = 25
LOW_HZ: Final = 130.0
HIGH_HZ: Final = 6800.0
COUNT: Final = 13
"""Cepstral coefficients of a frame."""
PREEMPHASIS: Final = 0.97
LIFTER: Final = 22
FULL_SCALE: Final = 32768.0
"""The model was made from samples of 16 bits."""
CHUNK: Final = 50
"""Frames that leave together, 0.5 s."""
FIRST: Final = 300
"""Frames that are awaited before the first leave: the mean of less says little about a voice."""
REACH: Final = 3
"""Frames on either side that slope and curvature look at."""
MEMORY_S: Final = 15.0
"""How long a frame counts for the mean of the voice (time constant)."""
NEPER: Final = 5.0 * float(np.log(10.0)) / 10.0
"""Change of the zeroth coefficient for one decibel."""
ACTIVE_DB: Final = 30.0
"""Frames this far under the talk's top, and softer ones, do not count for the mean."""
FALL_DB: Final = 0.5
"""How much the remembered top sinks with every chunk, dB."""


class Frames:
    """Mel-frequency cepstra of a stream, frame by frame, the steady noise taken out.

    Parameters
    ----------
    filters : (257, 25)
        Mel filters; those of `bank`.
    """

    def __init__(self, filters: Array | None = None) -> None:
        self._filters = BANK if filters is None else filters
        self._rest = np.zeros(0)
        self._before = 0.0
        self._denoiser = Denoiser(BANDS)

    def push(self, samples: NDArray[np.float32]) -> Array:
        """Take further 16 kHz samples, -1..1; the cepstra of the frames that are whole, (n, 13)."""
        scaled = samples.astype(np.float64) * FULL_SCALE
        if len(scaled):
            sharp = scaled - PREEMPHASIS * np.concatenate([[self._before], scaled[:-1]])
            self._before = float(scaled[-1])
            self._rest = np.concatenate([self._rest, sharp])
        count = max(0, (len(self._rest) - WINDOW) // STEP + 1)
        if not count:
            return np.zeros((0, COUNT))
        power = band_power(self._rest[: (count - 1) * STEP + WINDOW], self._filters)
        self._rest = self._rest[count * STEP :]
        return np.asarray(np.log(self._denoiser.push(power) + 1e-4) @ COSINES)


class Cepstra:
    """Mel-frequency cepstra with slope and curvature, the running mean of the voice taken off.

    Frames leave in chunks of half a second that lie on a grid of their own, so that the size of
    the blocks changes nothing; the first 3 s wait for each other.

    Parameters
    ----------
    filters : (257, 25)
        Mel filters; those of `bank`.
    """

    def __init__(self, filters: Array | None = None) -> None:
        self._filters = filters
        self._reset()

    def _reset(self) -> None:
        self._source = Frames(self._filters)
        self._frames = np.zeros((0, COUNT))
        self._first = True
        self._sum = np.zeros(COUNT)
        self._weight = 0.0
        self._top = -np.inf

    def push(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take further 16 kHz samples, -1..1.

        Returns
        -------
        (n, 39) float32
            Features of the frames that left, 100 a second; n may be 0.
        """
        new = self._source.push(samples)
        edge = np.repeat(new[:1], REACH, axis=0) if not len(self._frames) else new[:0]
        self._frames = np.concatenate([self._frames, edge, new])
        return self._leave(last=False)

    def finish(self) -> NDArray[np.float32]:
        """Give the features of the last frames; what comes next begins afresh."""
        if len(self._frames):
            self._frames = np.concatenate(
                [self._frames, np.repeat(self._frames[-1:], REACH, axis=0)]
            )
        out = self._leave(last=True)
        self._reset()
        return out

    def _leave(self, *, last: bool) -> NDArray[np.float32]:
        out = [np.zeros((0, 3 * COUNT), np.float32)]
        while True:
            ready = len(self._frames) - 2 * REACH
            wanted = FIRST if self._first else CHUNK
            count = wanted if ready >= wanted else ready if last else 0
            if count <= 0:
                return np.concatenate(out)
            block = self._frames[: count + 2 * REACH]
            self._listen(block[REACH:-REACH])
            out.append(features(block, self._sum / self._weight))
            self._frames = self._frames[count:]
            self._first = False

    def _listen(self, frames: Array) -> None:
        """Take frames into the mean of the voice, (n, 13)."""
        level = frames[:, 0]
        self._top = max(float(level.max()), self._top - FALL_DB * NEPER)
        active = frames[level > self._top - ACTIVE_DB * NEPER]
        keep = float(np.exp(-len(active) * STEP / RATE_HZ / MEMORY_S))
        self._sum = keep * self._sum + active.sum(axis=0)
        self._weight = keep * self._weight + len(active)


def features(frames: Array, mean: Array) -> NDArray[np.float32]:
    """Add slope and curvature.

    Parameters
    ----------
    frames : (n + 6, 13)
        Cepstra, with three frames before and after those that are wanted.
    mean : (13,)
        Mean of the voice.

    Returns
    -------
    (n, 39) float32
        Cepstra without the mean, slope over 4 frames, change of slope.
    """
    count = len(frames) - 2 * REACH

    def at(shift: int) -> Array:
        return frames[REACH + shift : REACH + shift + count]

    slope = at(2) - at(-2)
    curve = (at(3) - at(-1)) - (at(1) - at(-3))
    return np.asarray(np.concatenate([at(0) - mean, slope, curve], axis=1), np.float32)


def band_power(sharp: Array, filters: Array) -> Array:
    """Power in 25 mel bands of frames of 25.6 ms every 10 ms.

    Parameters
    ----------
    sharp : (m,)
        Pre-emphasised samples at 16 kHz, in steps of 16 bits; m >= 410.
    filters : (257, 25)
        Mel filters.

    Returns
    -------
    (n, 25)
        Power, in squared steps.
    """
    count = (len(sharp) - WINDOW) // STEP + 1
    at = np.arange(count)[:, None] * STEP + np.arange(WINDOW)
    spectrum = np.fft.rfft(sharp[at] * HAMMING, FFT, axis=1)
    return np.asarray((spectrum.real**2 + spectrum.imag**2) @ filters)


def bank(warp: float = 1.0) -> Array:
    """Triangles of equal area on the mel scale, corners on the grid of the spectrum.

    Parameters
    ----------
    warp : float
        Factor on all corners, above 1 for voices whose formants lie higher than usual.

    Returns
    -------
    (257, 25)
        Weight of each step of the spectrum in each band.
    """
    low_mel, high_mel = (2595.0 * np.log10(1.0 + hz / 700.0) for hz in (LOW_HZ, HIGH_HZ))
    corners = 700.0 * (10.0 ** (np.linspace(low_mel, high_mel, BANDS + 2) / 2595.0) - 1.0)
    step = RATE_HZ / FFT
    corners = np.floor(corners * warp / step + 0.5) * step
    hz = np.arange(FFT // 2 + 1)[:, None] * step
    low, middle, high = corners[:-2], corners[1:-1], corners[2:]
    shape = np.minimum((hz - low) / (middle - low), (high - hz) / (high - middle))
    return np.asarray(np.maximum(shape, 0.0) * 2.0 / (high - low))


def _cosines() -> Array:
    """Cosine transform with the lifter in it, (25, 13); the zeroth is 5 times the bands' mean."""
    order = np.arange(COUNT)
    turn = np.cos(np.pi * (np.arange(BANDS)[:, None] + 0.5) * order / BANDS)
    size = np.sqrt(np.where(order == 0, 1.0, 2.0) / BANDS)
    lift = 1.0 + LIFTER / 2.0 * np.sin(np.pi * order / LIFTER)
    return np.asarray(turn * size * lift)


HAMMING: Final = np.hamming(WINDOW)
BANK: Final = bank()
COSINES: Final = _cosines()
