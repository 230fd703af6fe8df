"""Pitch by autocorrelation, followed over time so that an octave jump has to pay for itself.

Method: P. Boersma, "Accurate short-term analysis of the fundamental frequency and the
harmonics-to-noise ratio of a sampled sound", IFA Proceedings 17 (1993): the autocorrelation of a
windowed frame divided by that of the window, several candidates a step, the cheapest path.
"""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from audio.framing import RATE_HZ, STEP

LOWEST_HZ: Final = 60.0
HIGHEST_HZ: Final = 500.0
WINDOW: Final = 768
"""Samples of a window, 48 ms: nearly three periods of the lowest voice."""
LEFT: Final = (WINDOW - STEP) // 2
"""Samples that a window needs before its step, and after it."""
FFT: Final = 1080
"""Length of the transform: window and longest lag fit in without meeting; 2³ · 3³ · 5 is quick."""
CANDIDATES: Final = 6
VOICING: Final = 0.45
"""Strength that a voiced candidate has to beat in a loud step."""
OCTAVE_COST: Final = 0.02
"""Loss of strength per octave down, so that the period wins over its double."""
JUMP_COST: Final = 0.6
"""Cost of a change of pitch by an octave from one step to the next."""
SWITCH_COST: Final = 0.14
"""Cost of changing between voiced and unvoiced."""
LARGEST_STEP_ST: Final = 2.0
"""A larger movement in 10 ms is a jump of the tracker or creak: trained speakers change by at
most about 1 semitone in 10 ms (Xu and Sun 2002)."""
SILENCE: Final = 0.03
"""Steps whose peak is under this part of the loudest so far tend to be unvoiced."""

Array = NDArray[np.float64]


class PitchTracker:
    """Pitch of each step of 10 ms, decided some steps late for the sake of the path."""

    def __init__(self) -> None:
        self._window = np.hanning(WINDOW)
        self._taps = np.arange(WINDOW)
        self._lags = np.arange(RATE_HZ // int(HIGHEST_HZ) - 2, int(RATE_HZ / LOWEST_HZ) + 3)
        own = np.fft.irfft(np.abs(np.fft.rfft(self._window, FFT)) ** 2, FFT)
        self._own = own[self._lags] / own[0]
        bins_hz = np.fft.rfftfreq(FFT, 1.0 / RATE_HZ)
        # Above 3 kHz a voice carries more breath than harmonics; under 50 Hz a room rumbles.
        self._weight = 1.0 / (1.0 + (bins_hz / 3000.0) ** 8) * (bins_hz > 50.0)
        self._loudest = 0.0
        self._score = np.zeros(CANDIDATES + 1)
        self._last = np.full(CANDIDATES + 1, np.nan)
        self._ahead: deque[tuple[Array, Array, Array]] = deque()
        self._hz: list[Array] = []
        self._back: list[NDArray[np.intp]] = []

    def push(self, samples: NDArray[np.float32], steps: int) -> None:
        """Take further steps: `measure` them, and `follow` the pitch through them."""
        self.measure(samples, steps)
        self.follow(steps)

    def measure(self, samples: NDArray[np.float32], steps: int) -> None:
        """Find the candidates of further steps; many at once take less time each.

        Parameters
        ----------
        samples : (steps * 160 + 608,) float32
            The steps with 304 samples before and 304 after them, 16 kHz.
        steps : int
            How many steps of 10 ms.
        """
        frames = samples[np.arange(steps)[:, None] * STEP + self._taps]
        frames = frames - frames.mean(axis=1, keepdims=True)
        hz, strength = self._candidates(frames)
        unvoiced = self._unvoiced(frames)
        local = np.concatenate([strength, unvoiced[:, None]], axis=1)
        hz = np.concatenate([hz, np.full((steps, 1), np.nan)], axis=1)
        previous = np.concatenate([self._last[None], hz[:-1]])
        self._ahead.extend(zip(hz, local, _transition(previous, hz), strict=True))
        self._last = hz[-1]

    def follow(self, steps: int) -> None:
        """Follow the pitch through the next steps that were measured: what is told depends on it.

        A step is decided by those that were followed when it is taken, and by no later ones.
        """
        for _ in range(steps):
            hz, local, cost = self._ahead.popleft()
            total = self._score[:, None] - cost
            self._back.append(total.argmax(axis=0))
            score = total.max(axis=0) + local
            self._score = score - score.max()
            self._hz.append(hz)

    def take(self, steps: int) -> NDArray[np.float32]:
        """Decide and forget the oldest `steps` steps: (steps,) Hz, NaN where unvoiced."""
        state = int(self._score.argmax())
        path = np.full(len(self._hz), np.nan, np.float32)
        for i in range(len(self._hz) - 1, -1, -1):
            path[i] = self._hz[i][state]
            state = int(self._back[i][state])
        del self._hz[:steps], self._back[:steps]
        return path[:steps]

    def _candidates(self, frames: Array) -> tuple[Array, Array]:
        spectrum = np.fft.rfft(frames * self._window, FFT, axis=1)
        power = (spectrum.real**2 + spectrum.imag**2) * self._weight
        own = np.fft.irfft(power, FFT, axis=1)
        r = own[:, self._lags] / (np.maximum(own[:, :1], 1e-12) * self._own)
        inner = r[:, 1:-1]
        peak = (inner > r[:, :-2]) & (inner >= r[:, 2:]) & (inner > 0.2)
        lags = self._lags[1:-1].astype(np.float64)
        worth = np.where(peak, inner - OCTAVE_COST * np.log2(lags), -np.inf)
        best = np.argpartition(-worth, CANDIDATES, axis=1)[:, :CANDIDATES]
        rows = np.arange(len(frames))[:, None]
        before, at, after = r[rows, best], r[rows, best + 1], r[rows, best + 2]
        bend = before - 2.0 * at + after
        real = peak[rows, best]
        shift = 0.5 * (before - after) / np.where(real, bend, 1.0) * real
        hz = RATE_HZ / (lags[best] + shift)
        # The true peak lies between two lags: without its height, a double period wins by chance.
        height = np.minimum(at - 0.25 * (before - after) * shift, 1.0)
        strength = height - OCTAVE_COST * np.log2(HIGHEST_HZ / hz)
        strength = np.where(real, strength, -1e9)
        return np.where(real, hz, LOWEST_HZ), strength

    def _unvoiced(self, frames: Array) -> Array:
        peaks = np.abs(frames).max(axis=1)
        out = np.empty(len(frames))
        for i, peak in enumerate(peaks):
            # The loudest step so far fades by half in 7 s: a shout must not silence the rest.
            self._loudest = max(float(peak), self._loudest * 0.999, 1e-5)
            loud = peak / self._loudest
            out[i] = VOICING + max(0.0, 2.0 - (loud / SILENCE) / (1.0 + VOICING))
        return out


def _transition(before: Array, after: Array) -> Array:
    """Price each change of candidate between neighbouring steps: (steps, from, to)."""
    with np.errstate(invalid="ignore"):
        jump = JUMP_COST * np.abs(np.log2(after[:, None, :] / before[:, :, None]))
    was, becomes = np.isnan(before)[:, :, None], np.isnan(after)[:, None, :]
    return np.where(was & becomes, 0.0, np.where(was | becomes, SWITCH_COST, jump))


def semitones(hz: NDArray[np.float32], reference_hz: float) -> Array:
    """Pitch above a reference, semitones; NaN stays NaN."""
    return np.asarray(12.0 * np.log2(np.asarray(hz, dtype=np.float64) / reference_hz))


def within_range(
    hz: NDArray[np.float32], low_hz: float | None, high_hz: float | None
) -> NDArray[np.float32]:
    """Pitch with what lies far outside the own range taken out.

    Parameters
    ----------
    hz : (n,) float32
        Pitch of each step, Hz; NaN where unvoiced.
    low_hz, high_hz : float or None
        5th and 95th percentile of the own pitch. Half an octave beyond them still counts:
        below lies creak and halved pitch, above doubled pitch.

    Returns
    -------
    (n,) float32
        NaN where unvoiced or outside.
    """
    if low_hz is None or high_hz is None:
        return hz
    inside = (hz >= low_hz / 2**0.5) & (hz <= high_hz * 2**0.5)
    return np.where(inside, hz, np.float32(np.nan))
