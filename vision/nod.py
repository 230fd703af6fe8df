"""Nod and shake: the head going there and back within a second."""

from __future__ import annotations

from itertools import accumulate
from operator import sub
from statistics import median
from typing import TYPE_CHECKING, Final

from vision.facing import Turned
from vision.geometry import TINY
from vision.smoothing import RunningMedian, Track
from vision.weights import logistic, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WINDOW_S: Final = 1.2
"""A nod is over within this time; slower movements are looking, not nodding."""
LEAST_SPAN_S: Final = 0.6
"""Head movement known for less than this says nothing yet."""
HELD_S: Final = 0.3
"""Scores are medians over this. Of a head that looks to and fro once a second the window holds both
turns for a look or two only, and for which ones depends on the moment of each look."""
BACK: Final = (0.25, 0.45)
"""Share of all its way that a head comes back: below the first it went elsewhere and only trembles
there, from the second on it nods or shakes. A nod comes back all the way, a shake half of it."""

UPRIGHT: Final = (0.4, 0.6)
"""Share of up and down in the head's way, against left and right: below the first it shakes, above
the second it nods. A bare limit in the middle let the moment of a look decide."""


class HeadMotion:
    """Follows the head's pitch and yaw and scores nods and shakes, 0..1, decision at 0.5."""

    def __init__(self) -> None:
        limits = table("posture")["nod"]
        self._nod_deg = float(limits["swing_deg"])
        self._shake_deg = float(limits["shake_swing_deg"])
        self._pitch = Track(WINDOW_S)
        self._yaw = Track(WINDOW_S)
        self._nod, self._shake = RunningMedian(HELD_S), RunningMedian(HELD_S)
        self._turned = Turned()
        self.aside = False
        """Whether the head was turned away for most of the window: a mesh that sees half a face
        trembles by as much as a shake moves."""

    def push(self, t: float, yaw_deg: float, pitch_deg: float) -> tuple[float, float] | None:
        """Take the head's angles at t; (nod, shake), or None until enough is known."""
        self._pitch.push(t, pitch_deg)
        self._yaw.push(t, yaw_deg)
        if self._pitch.span_s < LEAST_SPAN_S:
            return None
        pitch, yaw = self._pitch.values(), self._yaw.values()
        self.aside = self._turned.push(median(yaw), median(pitch))
        up_down, left_right = max(pitch) - min(pitch), max(yaw) - min(yaw)
        upright = ramp(up_down / max(up_down + left_right, TINY), *UPRIGHT)
        nod = upright * came_back(swing(pitch), up_down)
        other = [-one for one in yaw]
        shake = (1.0 - upright) * came_back(min(swing(yaw), swing(other)), left_right)
        return (
            self._nod.push(t, logistic(6.0 * (nod / self._nod_deg - 1.0))),
            self._shake.push(t, logistic(6.0 * (shake / self._shake_deg - 1.0))),
        )

    def clear(self) -> None:
        """Start afresh."""
        self._pitch.clear()
        self._yaw.clear()
        self._nod.clear()
        self._shake.clear()
        self._turned.clear()


def came_back(depth: float, way: float) -> float:
    """Depth in degrees of a movement there and back; 0 where most of its way was one of no return.

    `way` is how far apart the head's farthest angles were, degrees.
    """
    return depth * ramp(depth / max(way, TINY), *BACK)


def ramp(value: float, least: float, enough: float) -> float:
    """0 up to the least, 1 from what is enough, evenly between."""
    return min(1.0, max(0.0, (value - least) / (enough - least)))


def swing(values: Sequence[float]) -> float:
    """Depth of the deepest valley in values: how far down *and* back up they went."""
    if len(values) < 3:
        return 0.0
    before = accumulate(values, max)
    after = reversed(list(accumulate(reversed(values), max)))
    depths: Iterator[float] = map(sub, map(min, before, after), values)
    return max(depths)
