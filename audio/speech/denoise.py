"""Steady noise taken out of the bands' power, as it was when the acoustic model was trained.

Power-normalised processing after Kim and Stern (PNCC, 2012): the lower envelope of each band is
its noise; what remains is held above its own lower envelope and masked after peaks in time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

SMOOTH: Final = 0.7
"""Weight of the past in the smoothed power."""
RISE: Final = 0.995
"""Weight of the past where an envelope is exceeded: it follows upwards in 2 s."""
FALL: Final = 0.5
"""Weight of the past where it is undercut."""
FADE: Final = 0.85
"""What is left of a peak after a frame; sound under it is masked."""
MASKED: Final = 0.2
"""Share of the peak that masked sound is set to."""
GAIN: Final = 20.0
"""Largest change of a band, up or down."""
NEIGHBOURS: Final = 4
"""Bands on either side over which the gain is smoothed."""


class Denoiser:
    """Follows the noise of each band through a stream of frames."""

    def __init__(self, bands: int) -> None:
        at = np.arange(bands)
        near = np.abs(at[:, None] - at) <= NEIGHBOURS
        self._mix = (near / near.sum(axis=1, keepdims=True)).T
        self._state: tuple[Array, Array, Array, Array] | None = None

    def push(self, power: Array) -> Array:
        """Take the power of the next frames, (n, bands); give it without the noise."""
        gains = np.empty_like(power)
        for t, frame in enumerate(power):
            if self._state is None:
                self._state = (frame, frame / GAIN, frame / GAIN, np.zeros_like(frame))
            smooth, noise, floor, peak = self._state
            smooth = SMOOTH * smooth + (1.0 - SMOOTH) * frame
            noise = _envelope(noise, smooth)
            signal = np.maximum(smooth - noise, 1.0)
            floor = _envelope(floor, signal)
            faded = peak * FADE
            masked = np.where(signal < faded, peak * MASKED, signal)
            peak = np.maximum(signal, faded)
            gains[t] = np.maximum(masked, floor) / np.maximum(smooth, 1e-9)
            self._state = (smooth, noise, floor, peak)
        return np.asarray(power * (np.clip(gains, 1.0 / GAIN, GAIN) @ self._mix))


def _envelope(past: Array, now: Array) -> Array:
    """Follow the lower envelope: slowly up, quickly down."""
    keep = np.where(now >= past, RISE, FALL)
    return np.asarray(keep * past + (1.0 - keep) * now)
