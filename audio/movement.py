"""How much pitch moves, and how lively that makes a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from audio.levels import quantile
from audio.pitch import LARGEST_STEP_ST, semitones

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROW: Final = 9
"""Voiced steps in a row that a movement needs."""
MOVE_S: Final = 0.04
"""Time over which a movement is taken."""
LARGE: Final = 0.75
"""Part of the movements that the one standing for all of them exceeds: most of talk is level, and
it is the movements on stressed syllables that make it lively."""
RANGE: Final = (0.05, 0.95)
"""Parts of the pitches between which their range is taken."""
OCTAVE_OFF_ST: Final = 9.0
"""What lies further from the middle of the pitches is another octave."""
MOVE_SHARE: Final = 2.0 / 3.0
"""Weight of movement against range in the geometric mean. Chosen, with LARGE, on ravdess and emodb
from five weights: the same in ten of eleven folds that left a speaker out."""
NEEDED: Final = 10
"""Movements that liveliness needs at the least."""


class Moved(NamedTuple):
    """What some steps added."""

    moves_st: NDArray[np.float64]
    """(m,) movements that became certain, semitones in 40 ms, never negative."""
    held_st: NDArray[np.float64]
    """(k,) pitch of the steps that stand in such a row, semitones above 100 Hz; each once."""


class PitchMovement:
    """Movement of pitch inside voiced stretches, from step to step.

    A median over 5 steps takes out single wrong steps; nine voiced steps without a jump must
    stand in a row, so that neither the edges of voicing nor an octave jump nor creak counts.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget the past."""
        self._past = np.full(ROW - 1, np.nan)
        self._told = np.zeros(ROW - 1, bool)

    def push(self, hz: NDArray[np.float32]) -> Moved:
        """Take the pitch of the next steps.

        Parameters
        ----------
        hz : (n,) float32
            Pitch of each step of 10 ms, Hz; NaN where unvoiced.

        Returns
        -------
        Moved
            At most n movements; the pitches may be those of some steps before as well.
        """
        st = np.concatenate([self._past, semitones(hz, 100.0)])
        at = np.arange(len(hz))[:, None] + np.arange(ROW)
        rows = st[at]
        # A comparison with NaN is false: a row with an unvoiced step falls out here too.
        with np.errstate(invalid="ignore"):
            whole = (np.abs(np.diff(rows, axis=1)) <= LARGEST_STEP_ST).all(axis=1)
        rows = rows[whole]
        held = np.zeros(len(st), bool)
        held[at[whole]] = True
        before = np.concatenate([self._told, np.zeros(len(hz), bool)])
        self._past, self._told = st[-(ROW - 1) :], (held | before)[-(ROW - 1) :]
        # Middle of five: sorting them is much quicker than numpy's own median of a few rows.
        early, late = np.sort(rows[:, :5], axis=1)[:, 2], np.sort(rows[:, -5:], axis=1)[:, 2]
        return Moved(np.abs(late - early), st[held & ~before])


def lively_st(moves_st: NDArray[np.float64], held_st: NDArray[np.float64]) -> float | None:
    """How lively pitch is: how far it moves and how wide it ranges, in one.

    Parameters
    ----------
    moves_st : (m,) float64
        Movements in 40 ms, semitones.
    held_st : (k,) float64
        Pitch of the steps they were taken from, semitones.

    Returns
    -------
    float or None
        Geometric mean of the movement that a quarter of them exceed and the range from the 5th
        to the 95th percentile, semitones; twice the value is twice as lively. None with too
        little voice.
    """
    if len(moves_st) < NEEDED:
        return None
    ordered = np.sort(held_st)
    middle = ordered[len(ordered) // 2]
    held = ordered[np.abs(ordered - middle) <= OCTAVE_OFF_ST].tolist()
    low, high = (quantile(held, part) for part in RANGE)
    moved = quantile(moves_st.tolist(), LARGE)
    return float(moved**MOVE_SHARE * (high - low) ** (1.0 - MOVE_SHARE))
