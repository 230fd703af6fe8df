"""Sharp: how steeply the stressed syllables of the last seconds set in."""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

WINDOW_S: Final = 4.0
"""Seconds that the measure looks back."""
NEEDED: Final = 4
"""Stressed syllables that must be there, and so twice as many in all."""
MEMORY: Final = 20
"""Syllables that say what is stressed: the louder half of them."""
SOFT_DB: Final = 1.5
"""How gently a syllable comes to count as stressed round the middle level: a hair's difference of
level, as another device or another start of the grid makes it, must not add or drop a syllable."""


class OnsetWindow:
    """Onset slopes of the stressed syllables of the last seconds."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=MEMORY)
        self._slopes: deque[tuple[float, float, float]] = deque()

    def push(self, t: float, onset_db_s: float, level_dbfs: float) -> float:
        """Take a syllable at t; how much it counts as stressed is given back, 0 to 1."""
        self._levels.append(level_dbfs)
        over_db = level_dbfs - float(np.median(np.fromiter(self._levels, dtype=np.float64)))
        weight = 1.0 / (1.0 + float(np.exp(-np.clip(over_db / SOFT_DB, -30.0, 30.0))))
        self._slopes.append((t, onset_db_s, weight))
        return weight

    def mean_db_s(self, t: float) -> float | None:
        """Mean slope over the last seconds before t, dB a second; None with too few syllables."""
        while self._slopes and t - self._slopes[0][0] > WINDOW_S:
            self._slopes.popleft()
        total = sum(weight for *_, weight in self._slopes)
        if len(self._slopes) < 2 * NEEDED or total <= 0.0:
            return None
        return sum(slope * weight for _, slope, weight in self._slopes) / total


def above_own(mean_db_s: float, own_mean: float, own_sd: float) -> float:
    """How much steeper than own normal the onsets are, in own standard deviations.

    Parameters
    ----------
    mean_db_s : float
        Mean slope of the stressed syllables of the last seconds, dB a second.
    own_mean, own_sd : float
        Usual slope and its standard deviation between syllables, dB a second; own_sd above 0.

    Returns
    -------
    float
        In standard deviations of a mean over NEEDED syllables: single syllables scatter twice
        as far as such a mean does, and would hide that a whole sentence is sharper.
    """
    return (mean_db_s - own_mean) / (own_sd / float(np.sqrt(NEEDED)))
