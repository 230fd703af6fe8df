"""How fast the shape of the spectrum changes: a pace that no peak has to be found for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from audio.levels import FLOOR_DBFS
from audio.spectrum import BANDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR: Final = 2
"""Steps between two shapes that are still those of one sound."""
FAR: Final = (10, 13, 16, 19)
"""Steps between two shapes that seldom are: 0.10 to 0.19 s, about a syllable; several, so that
syllables as even as a clock do not meet themselves."""
LONGEST: Final = max(FAR)
EACH: Final = np.ones(LONGEST + 1, np.int8)
"""Counts the steps of talk up to a step; numpy's sliding windows take five times as long."""
DEPTH_DB: Final = 45.0
"""Bands further under the level of the talk than this count as that far under."""


class ShapeChange:
    """Sums how much the spectrum's shape differs from what it was 20 ms and about 150 ms before.

    Neither level nor tilt of the microphone counts: a shape is the level of each band less the
    mean of all. The quicker the articulation, the more of the difference over 150 ms is there
    after 20 ms already.
    """

    def __init__(self) -> None:
        # Before the first step there is silence, which is no talk: its shape is never looked at.
        self._logs = np.full((2, BANDS), FLOOR_DBFS)
        self._shapes = np.zeros((0, BANDS))
        self._talk = np.zeros(1, bool)

    def push(
        self, bands: NDArray[np.float64], talk: NDArray[np.bool_], top_db: float
    ) -> tuple[float, float]:
        """Take further steps.

        Parameters
        ----------
        bands : (n, 24) float64
            Power in each band.
        talk : (n,) bool
            Whether each step is speech.
        top_db : float
            Level of the talk, dB.

        Returns
        -------
        near, far : float
            Sums of the mean square differences over 20 ms and over 100 to 190 ms, dB², of those
            steps before which there was nothing but talk for 190 ms.
        """
        logs = np.maximum(10.0 * np.log10(bands + 1e-12), top_db - DEPTH_DB)
        logs = np.concatenate([self._logs, logs])
        smooth = 0.25 * logs[:-2] + 0.5 * logs[1:-1] + 0.25 * logs[2:]
        self._logs = logs[-2:]
        shapes = np.concatenate([self._shapes, smooth - smooth.sum(axis=1, keepdims=True) / BANDS])
        told = np.concatenate([self._talk, talk])
        self._shapes, self._talk = shapes[-LONGEST:], told[-LONGEST - 1 :]
        new = len(shapes) - LONGEST
        if new <= 0:
            return 0.0, 0.0
        # The smoothing runs a step behind, so the last shape belongs to the last step but one.
        held = told[: len(shapes)]
        runs = np.convolve(held, EACH, mode="valid") == len(EACH)
        if not runs.any():
            return 0.0, 0.0
        late = shapes[LONGEST:][runs]

        def moved(lag: int) -> float:
            early = shapes[LONGEST - lag : LONGEST - lag + new][runs]
            return float(np.square(late - early).sum()) / BANDS

        return moved(NEAR), sum(moved(lag) for lag in FAR) / len(FAR)
