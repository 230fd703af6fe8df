"""How loud: level in dB full scale, the floor of the room, whether samples stand at full scale."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import numpy as np

from audio.types import HOP_S

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

FLOOR_DBFS: Final = -120.0
"""Lowest level that is told; silence of zeros stands here."""
FULL_SCALE: Final = 0.999
"""A sample at this size or more stands at full scale."""
LOWEST: Final = 0.05
"""Part of the hops of the last seconds that are quieter than the quietest that counts."""


def level_dbfs(samples: NDArray[np.float32]) -> float:
    """Root mean square level of a run of samples.

    Parameters
    ----------
    samples : (n,) float32
        Sound, -1..1. A constant offset, as cheap sound cards add it, is taken out.

    Returns
    -------
    float
        dB full scale (a square wave at full scale is 0), not below -120.
    """
    if len(samples) == 0:
        return FLOOR_DBFS
    # What np.var does, in half of its time.
    wide = samples.astype(np.float64)
    wide -= wide.sum() / len(wide)
    power = float((wide * wide).sum()) / len(wide)
    return FLOOR_DBFS if power < 1e-12 else 10.0 * float(np.log10(power))


def power_mean_db(levels: NDArray[np.float64] | list[float] | tuple[float, ...]) -> float:
    """Mean of levels as powers, dB; levels is not empty."""
    return 10.0 * float(np.log10(np.mean(10.0 ** (np.asarray(levels, dtype=np.float64) / 10.0))))


def quantile(values: Iterable[float], part: float) -> float:
    """Value under which this part of the values lies, between neighbours in a straight line.

    The same as numpy's percentile, for short runs that are asked ten times a second: numpy's own
    takes longer over its checks than over its work. `values` is not empty.
    """
    ordered = sorted(values)
    at = part * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def is_clipped(samples: NDArray[np.float32]) -> bool:
    """Whether at least two samples stand at full scale; a single one is chance."""
    return int(np.count_nonzero(np.abs(samples) >= FULL_SCALE)) >= 2


class NoiseFloor:
    """Level of the room, followed from the quietest steps of the last seconds.

    The 10th percentile of the level steps of the last `window_s`; speech leaves that many steps
    free even in a long sentence. Constant memory: one percentile a hop is kept.
    """

    def __init__(self, window_s: float = 8.0) -> None:
        self._lows: deque[float] = deque(maxlen=round(window_s / HOP_S))

    def push(self, steps_db: NDArray[np.float64]) -> float:
        """Take the levels of one hop's steps, dB; return the floor, dB."""
        self._lows.append(float(np.min(steps_db)))
        return quantile(self._lows, 0.15)

    @property
    def lowest_db(self) -> float:
        """Level of the room where the talk hardly leaves it free, dB.

        Talk without a pause holds its soft ends for the room's floor; what the quietest twentieth
        of the hops falls to is the room still. After the first push only.
        """
        return quantile(self._lows, LOWEST)
