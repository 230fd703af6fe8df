"""Whether pitch rises or falls where a phrase ends."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import numpy as np

from audio.pitch import LARGEST_STEP_ST, semitones

if TYPE_CHECKING:
    from numpy.typing import NDArray

TAIL: Final = 60
"""Steps of 10 ms before the end of a phrase that are looked at: its last syllables."""
NEEDED: Final = 15
"""Voiced steps that must be in them."""
ROW: Final = 5
"""Voiced steps in a row, without a jump, that count: creak and edges of voicing come shorter."""
WIDEST_ST: Final = 8.0
"""What lies further from the middle of a tail than this is another octave."""
HELD: Final = 3
"""Phrases that the measure averages: one question alone is no habit."""
HELD_S: Final = 30.0
"""How long a phrase's end counts."""


def end_slope_st(hz: NDArray[np.float32]) -> float | None:
    """How far pitch rises over the end of a phrase.

    Parameters
    ----------
    hz : (n,) float32
        Pitch of the last steps of 10 ms of the phrase, Hz; NaN where unvoiced.

    Returns
    -------
    float or None
        Middle of the last third of what is voiced above that of its first third, semitones;
        negative falls. None with too little voice.
    """
    st = semitones(hz, 100.0)
    there = np.flatnonzero(~np.isnan(st))
    if len(there) < NEEDED:
        return None
    broken = (np.diff(there) > 1) | (np.abs(np.diff(st[there])) > LARGEST_STEP_ST)
    rows = np.split(there, np.flatnonzero(broken) + 1)
    held = np.concatenate([row for row in rows if len(row) >= ROW] or [np.zeros(0, np.intp)])
    kept = st[held]
    if len(kept):
        kept = kept[np.abs(kept - np.median(kept)) <= WIDEST_ST]
    if len(kept) < NEEDED:
        return None
    third = len(kept) // 3
    return float(np.median(kept[-third:]) - np.median(kept[:third]))


class PhraseEnds:
    """The ends of the last phrases of one voice."""

    def __init__(self) -> None:
        self._hz = np.full(TAIL, np.nan, np.float32)
        self._ends: deque[tuple[float, float]] = deque(maxlen=HELD)
        self._talked = False

    def interrupt(self) -> None:
        """Somebody else speaks, or a gap: what was being said has no known end."""
        self._hz = np.full(TAIL, np.nan, np.float32)
        self._talked = False

    def push(self, t: float, hz: NDArray[np.float32], *, talking: bool) -> float | None:
        """Take the next hop, which ends at t; the slope of the phrase that ended by it, if any."""
        self._hz = np.concatenate([self._hz, hz])[-2 * TAIL :]
        ended = self._talked and not talking
        self._talked = talking
        voiced = np.flatnonzero(~np.isnan(self._hz))
        if not ended or not len(voiced):
            return None
        last = int(voiced[-1]) + 1
        slope = end_slope_st(self._hz[max(0, last - TAIL) : last])
        self._hz = np.full(TAIL, np.nan, np.float32)
        if slope is not None:
            self._ends.append((t, slope))
        return slope

    def slope_st(self, t: float) -> float | None:
        """Mean of the last phrases before t, semitones; None with fewer than two."""
        slopes = [slope for end, slope in self._ends if t - end <= HELD_S]
        return float(np.mean(slopes)) if len(slopes) >= 2 else None
