"""Sharp: how steeply the stressed syllables of the last seconds set in."""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

WINDOW_S: Final = 4.0
"""Seconds that the measure looks back."""
NEEDED: Final = 4
"""Stressed syllables that must be there."""
MEMORY: Final = 20
"""Syllables that say what is stressed: the louder half of them."""


class OnsetWindow:
    """Onset slopes of the stressed syllables of the last seconds."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=MEMORY)
        self._slopes: deque[tuple[float, float]] = deque()

    def push(self, t: float, onset_db_s: float, level_dbfs: float) -> float | None:
        """Take a syllable at t; its slope is given back where it is stressed."""
        self._levels.append(level_dbfs)
        if level_dbfs < float(np.median(np.fromiter(self._levels, dtype=np.float64))):
            return None
        self._slopes.append((t, onset_db_s))
        return onset_db_s

    def mean_db_s(self, t: float) -> float | None:
        """Mean slope over the last seconds before t, dB a second; None with too few syllables."""
        while self._slopes and t - self._slopes[0][0] > WINDOW_S:
            self._slopes.popleft()
        if len(self._slopes) < NEEDED:
            return None
        return float(np.mean([slope for _, slope in self._slopes]))


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
