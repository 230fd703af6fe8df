"""Syllable nuclei without words, and the articulation rate that follows from them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

DIP_DB: Final = 2.0
"""Two peaks are two syllables where the level between them falls by this much."""
ABOVE_FLOOR_DB: Final = 8.0
"""A nucleus stands at least this far above the room's floor."""
STEP_S: Final = 0.01
VOWEL_BANDS: Final = slice(2, 17)
"""Bands of about 270 to 3000 Hz, where vowels outshine consonants."""
SMOOTHING: Final = np.hanning(9)[1:-1] / np.hanning(9)[1:-1].sum()
"""Smooths over 40 ms, well under the shortest syllable."""
WINDOW_TALK_S: Final = 9.0
"""Talk that the pace is taken over; rate stabilises after 8.9 s (EVIDENCE §2)."""
WINDOW_S: Final = 20.0
"""How far back that talk may reach."""
NEEDED_TALK_S: Final = 5.0
"""Talk that must be there before a pace is told."""


@dataclass(frozen=True, slots=True)
class Nucleus:
    """One syllable."""

    t: float
    """Seconds since the start of the stretch."""
    level_db: float
    """Level at its peak, dB full scale."""
    onset_db_s: float
    """Steepest rise of level on the way to the peak, dB a second."""


class NucleusFinder:
    """Finds peaks of the level in the vowels' bands that a real dip separates."""

    def __init__(self) -> None:
        self._raw: list[float] = [-120.0] * 6
        self._step = -3
        self._last = -120.0
        self._rising = True
        self._low = -120.0
        self._top = -120.0
        self._top_step = 0
        self._slope = 0.0
        self._vouched = False
        self._talk: list[bool] = [False] * 3

    def push(
        self, bands: NDArray[np.float64], talk: NDArray[np.bool_], floor_db: float
    ) -> list[Nucleus]:
        """Take further steps.

        Parameters
        ----------
        bands : (n, 24) float64
            Power in each band.
        talk : (n,) bool
            Whether each step is voiced speech.
        floor_db : float
            Level of the room in the same bands, dB.

        Returns
        -------
        list of Nucleus
            Those that became certain; their times may lie up to some tenths of a second back.
        """
        level = 10.0 * np.log10(bands[:, VOWEL_BANDS].sum(axis=1) + 1e-12)
        raw = np.concatenate([self._raw, level])
        smooth = np.convolve(raw, SMOOTHING, mode="valid")
        told = self._talk + talk.tolist()
        found: list[Nucleus] = []
        for value, voiced in zip(smooth.tolist(), told, strict=False):
            nucleus = self._climb(value, voiced=voiced, floor_db=floor_db)
            if nucleus is not None:
                found.append(nucleus)
        self._raw = raw[-6:].tolist()
        self._talk = told[len(smooth) :]
        return found

    def _climb(self, value: float, *, voiced: bool, floor_db: float) -> Nucleus | None:
        step, self._step = self._step, self._step + 1
        slope, self._last = (value - self._last) / STEP_S, value
        if self._rising:
            self._slope = max(self._slope, slope)
            if value > self._top:
                self._top, self._top_step = value, step
            self._vouched |= voiced
            if value < self._top - DIP_DB:
                return self._turn(value, floor_db)
        else:
            self._low = min(self._low, value)
            if value > self._low + DIP_DB:
                self._rising = True
                self._top, self._top_step = value, step
                self._slope, self._vouched = slope, voiced
        return None

    def _turn(self, value: float, floor_db: float) -> Nucleus | None:
        self._rising, self._low = False, value
        if not self._vouched or self._top < floor_db + ABOVE_FLOOR_DB:
            return None
        return Nucleus((self._top_step + 0.5) * STEP_S, self._top, self._slope)


class PaceWindow:
    """Articulation rate over the last 9 s of talk, pauses left out."""

    def __init__(self) -> None:
        self._hops: deque[tuple[float, float, int]] = deque()
        self._talk_s = 0.0
        self._nuclei = 0

    def push(self, t: float, talk_s: float, nuclei: int) -> None:
        """Take a hop that ends at t: its seconds of talk and its count of nuclei."""
        self._hops.append((t, talk_s, nuclei))
        self._talk_s += talk_s
        self._nuclei += nuclei
        while self._hops and (
            self._talk_s - self._hops[0][1] >= WINDOW_TALK_S or t - self._hops[0][0] > WINDOW_S
        ):
            _, gone_s, gone = self._hops.popleft()
            self._talk_s -= gone_s
            self._nuclei -= gone

    @property
    def syl_s(self) -> float | None:
        """Syllables a second of talk, or None while there is too little of it."""
        return self._nuclei / self._talk_s if self._talk_s >= NEEDED_TALK_S else None
