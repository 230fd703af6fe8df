"""Syllables without words: peaks of level that a real dip separates."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from audio.framing import STEP_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

ABOVE_FLOOR_DB: Final = 8.0
"""A nucleus stands at least this far above the room's floor."""
MEMORY: Final = 100
"""Steps of level that are remembered: a second, longer than any rise to a peak."""
ONSET_FROM_DB: Final = 20.0
ONSET_TO_DB: Final = 3.0
"""Part of the rise, under the peak, whose steepness is the onset's."""
VOWEL_BANDS: Final = slice(2, 17)
"""Bands of about 270 to 3000 Hz, where vowels outshine consonants."""
VOICE_BANDS: Final = slice(1, 19)
"""Bands of about 200 to 3800 Hz."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How finely peaks are told apart."""

    bands: slice
    """Bands whose power is summed."""
    steps: int
    """Odd number of steps of 10 ms that the level is smoothed over."""
    dip_db: float
    """Two peaks are two syllables where the level between them falls by this much."""


NUCLEI: Final = Scale(VOWEL_BANDS, 7, 1.5)
"""The scale of the syllable nuclei themselves."""
FINE: Final = Scale(VOICE_BANDS, 3, 2.0)
"""Finds the short syllables of fast speech, and two peaks in a long vowel."""
COARSE: Final = Scale(VOICE_BANDS, 9, 1.0)
"""Finds each long vowel once, and misses short syllables."""


@dataclass(frozen=True, slots=True)
class Nucleus:
    """One syllable."""

    t: float
    """Seconds since the start of the stretch."""
    level_db: float
    """Level at its peak, dB full scale."""
    onset_db_s: float
    """How steeply level rises to the peak, dB a second."""


class NucleusFinder:
    """Finds peaks of the level in the vowels' bands that a real dip separates."""

    def __init__(self, scale: Scale = NUCLEI) -> None:
        self._scale = scale
        window = np.hanning(scale.steps + 2)[1:-1]
        self._window = window / window.sum()
        late = scale.steps // 2
        self._raw: list[float] = [-120.0] * (2 * late)
        self._step = -late
        self._talk: list[bool] = [False] * late
        self._past: deque[float] = deque(maxlen=MEMORY)
        self._rising = True
        self._low = -120.0
        self._top = -120.0
        self._top_step = 0
        self._vouched = False

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
        level = 10.0 * np.log10(bands[:, self._scale.bands].sum(axis=1) + 1e-12)
        raw = np.concatenate([self._raw, level])
        smooth = np.convolve(raw, self._window, mode="valid")
        told = self._talk + talk.tolist()
        found: list[Nucleus] = []
        for value, voiced in zip(smooth.tolist(), told, strict=False):
            nucleus = self._climb(value, voiced=voiced, floor_db=floor_db)
            if nucleus is not None:
                found.append(nucleus)
        self._raw = raw[len(raw) - len(self._raw) :].tolist()
        self._talk = told[len(smooth) :]
        return found

    def _climb(self, value: float, *, voiced: bool, floor_db: float) -> Nucleus | None:
        step, self._step = self._step, self._step + 1
        self._past.append(value)
        if self._rising:
            if value > self._top:
                self._top, self._top_step = value, step
            self._vouched |= voiced
            if value < self._top - self._scale.dip_db:
                return self._turn(value, floor_db)
        else:
            self._low = min(self._low, value)
            if value > self._low + self._scale.dip_db:
                self._rising = True
                self._top, self._top_step = value, step
                self._vouched = voiced
        return None

    def _turn(self, value: float, floor_db: float) -> Nucleus | None:
        self._rising, self._low = False, value
        if not self._vouched or self._top < floor_db + ABOVE_FLOOR_DB:
            return None
        before = list(self._past)[: len(self._past) - (self._step - 1 - self._top_step)]
        return Nucleus((self._top_step + 0.5) * STEP_S, self._top, onset_db_s(before))


def onset_db_s(levels: list[float]) -> float:
    """How steeply level rises to a peak.

    Parameters
    ----------
    levels : list of float
        Level of each step of 10 ms up to the peak, which comes last, dB; not empty.

    Returns
    -------
    float
        dB a second between ONSET_FROM_DB and ONSET_TO_DB under the peak, or from the lowest
        step on the way down to there: what lies deeper is the end of the sound before, and what
        lies higher is the vowel itself.
    """
    top = levels[-1]
    at = len(levels) - 1
    while at > 0 and levels[at] > top - ONSET_TO_DB:
        at -= 1
    high = at
    while at > 0 and levels[at] > top - ONSET_FROM_DB and levels[at - 1] < levels[at]:
        at -= 1
    if high == at:
        return (top - levels[at]) / (STEP_S * max(1, len(levels) - 1 - at))
    return (levels[high] - levels[at]) / (STEP_S * (high - at))
