"""The short-time spectrum that level, syllables and speech edges read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from audio.framing import RATE_HZ, STEP, STEPS

if TYPE_CHECKING:
    from numpy.typing import NDArray

WINDOW: Final = 400
"""Samples of a window, 25 ms."""
LEFT: Final = (WINDOW - STEP) // 2
"""Samples that a window needs before its step, and after it."""
FFT: Final = 512
"""Length of the transform."""
BANDS: Final = 24
"""Number of bands."""
LOW_HZ: Final = 100.0
HIGH_HZ: Final = 7000.0


def _mel(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(2595.0 * np.log10(1.0 + hz / 700.0))


def band_weights() -> NDArray[np.float64]:
    """(257, 24) triangular bands, evenly spaced in mel between 100 and 7000 Hz."""
    low_mel, high_mel = _mel(np.array([LOW_HZ, HIGH_HZ])).tolist()
    edges_mel = np.linspace(low_mel, high_mel, BANDS + 2)
    bins_mel = _mel(np.arange(FFT // 2 + 1) * RATE_HZ / FFT)[:, None]
    rise = (bins_mel - edges_mel[:-2]) / (edges_mel[1:-1] - edges_mel[:-2])
    fall = (edges_mel[2:] - bins_mel) / (edges_mel[2:] - edges_mel[1:-1])
    return np.asarray(np.clip(np.minimum(rise, fall), 0.0, None))


class Spectrum:
    """Power in 24 bands of each step of 10 ms."""

    def __init__(self) -> None:
        self._window = np.hanning(WINDOW)
        self._taps = np.arange(WINDOW)
        self._weights = band_weights() / float(np.sum(self._window**2) * FFT / 2)

    def bands(self, samples: NDArray[np.float32], steps: int) -> NDArray[np.float64]:
        """Power of each band and step.

        Parameters
        ----------
        samples : (steps * 160 + 240,) float32
            The steps with 120 samples before and 120 after them, 16 kHz.
        steps : int
            How many steps of 10 ms.

        Returns
        -------
        (steps, 24) float64
            Power; 1 would be a full-scale square wave within one band.
        """
        frames = samples[np.arange(steps)[:, None] * STEP + self._taps]
        spectrum = np.fft.rfft(frames * self._window, FFT, axis=1)
        power = spectrum.real**2 + spectrum.imag**2
        if steps % STEPS == 0:
            # A product a hop: a larger one may be rounded otherwise, and how much sound came at
            # once must not matter.
            power = power.reshape(-1, STEPS, power.shape[1])
        return np.asarray(power @ self._weights).reshape(steps, BANDS)
