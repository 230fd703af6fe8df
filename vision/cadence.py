"""How often to look: one cadence in media time, live and file alike."""

from __future__ import annotations

from math import floor
from typing import Final

FACE_RATE_HZ: Final = 15.0
"""Looks at the face a second of media time."""
BODY_RATE_HZ: Final = 5.0
"""Looks at the body a second; it divides the face's rate, and body looks fall on face looks."""
HANDS_RATE_HZ: Final = 2.5
"""Looks at the hands a second, where they are wanted; it divides the body's rate."""
AFRESH_S: Final = 30.0
"""Cadence and trackers begin afresh each half minute of media time.

A tracker's points depend a little on every picture since it began, and never come to agree with
those of one that began later. Begun afresh at fixed times, whoever joins at one of them, such as
the process that looks at the second half of a film, sees what is seen from the start. It also ends
a tracker's errors.
"""
GRID_TOLERANCE: Final = 1e-6
"""Share of a grid step by which a frame may come early: times carry rounding."""


class Grid:
    """Says which frames are due: the first at or after each k / rate seconds.

    A camera that jitters leaves a step without a frame now and then. One such step is owed, and
    the next frame pays for it; so a minute has its looks, and no two more than that come together.
    """

    def __init__(self, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        self._last: int | None = None
        self._afresh = Afresh()

    def due(self, t: float) -> bool:
        """Whether to look at the frame at t seconds; a step backwards starts afresh."""
        step = floor(t * self._rate_hz + GRID_TOLERANCE)
        if self._afresh.begins(t) or self._last is None or step < self._last - 1:
            self._last = step
            return True
        if step <= self._last:
            return False
        self._last = max(self._last + 1, step - 1)
        return True


class Afresh:
    """Says at which of the times that it is told something has to begin afresh."""

    def __init__(self) -> None:
        self._span: int | None = None

    def begins(self, t: float) -> bool:
        """Whether t seconds lie in another span than the time before; False for the first time."""
        span = floor(t / AFRESH_S + GRID_TOLERANCE)
        before, self._span = self._span, span
        return before is not None and span != before
