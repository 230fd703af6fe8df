"""Nod and shake: the head going there and back within a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision.smoothing import Track
from vision.weights import logistic, table

if TYPE_CHECKING:
    from numpy.typing import NDArray

WINDOW_S: Final = 1.2
"""A nod is over within this time; slower movements are looking, not nodding."""
LEAST_SPAN_S: Final = 0.6
"""Head movement known for less than this says nothing yet."""


class HeadMotion:
    """Follows the head's pitch and yaw and scores nods and shakes, 0..1, decision at 0.5."""

    def __init__(self) -> None:
        limits = table("posture")["nod"]
        self._nod_deg = float(limits["swing_deg"])
        self._shake_deg = float(limits["shake_swing_deg"])
        self._pitch = Track(WINDOW_S)
        self._yaw = Track(WINDOW_S)

    def push(self, t: float, yaw_deg: float, pitch_deg: float) -> tuple[float, float] | None:
        """Take the head's angles at t; (nod, shake), or None until enough is known."""
        self._pitch.push(t, pitch_deg)
        self._yaw.push(t, yaw_deg)
        if self._pitch.span_s < LEAST_SPAN_S:
            return None
        pitch, yaw = self._pitch.values(), self._yaw.values()
        up_down, left_right = float(np.ptp(pitch)), float(np.ptp(yaw))
        nod = swing(pitch) if up_down > left_right else 0.0
        shake = min(swing(yaw), swing(-yaw)) if left_right > up_down else 0.0
        return (
            logistic(6.0 * (nod / self._nod_deg - 1.0)),
            logistic(6.0 * (shake / self._shake_deg - 1.0)),
        )

    def clear(self) -> None:
        """Start afresh."""
        self._pitch.clear()
        self._yaw.clear()


def swing(values: NDArray[np.float64]) -> float:
    """Depth of the deepest valley in (n,) values: how far down *and* back up they went."""
    if len(values) < 3:
        return 0.0
    before = np.maximum.accumulate(values)
    after = np.maximum.accumulate(values[::-1])[::-1]
    return float(np.max(np.minimum(before, after) - values))
