"""Pictures that nobody looked at because a newer one came: how many of them were needed."""

from __future__ import annotations

import functools
from collections import deque
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.coach.limits import load_limits
from app.coach.types import Lane, Mark, MarkKind, Sense
from app.session.coaching import PROGRAM
from vision.cadence import FACE_RATE_HZ

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class OverlookedLimits:
    """Where each number comes from stands in the file."""

    noted: float
    """Share of the needed pictures of a session from which the report says so."""
    begins: float
    """Share of those of the last seconds from which it is said live."""
    ends: float
    """Share below which it is no longer said."""
    span_s: float
    """What counts live, up to now, seconds."""
    settles_s: float
    """So long pictures must have come before anything is said, seconds."""


@functools.cache
def overlooked_limits(path: Path | None = None) -> OverlookedLimits:
    """Read them; an AppError names file, line and what is allowed."""
    return load_limits(OverlookedLimits, "overlooked", path)


def missed_share(came: int, replaced: int, span_s: float) -> float:
    """Tell which share of the needed pictures was not looked at.

    A camera that gives 30 pictures a second gives twice as many as are looked at: of those that
    gave way to a newer one only what is missing from 15 looks a second is a loss.

    Parameters
    ----------
    came
        Pictures that the camera gave in the span.
    replaced
        Those of them that gave way to a newer one.
    span_s
        Length of the span, seconds.

    Returns
    -------
    float
        0..1; 0 where no picture came.
    """
    needed = min(float(came), FACE_RATE_HZ * span_s)
    if needed <= 0:
        return 0.0
    return max(0.0, needed - (came - replaced)) / needed


def overlooked(came: int, replaced: int, duration_s: float) -> Mark | None:
    """Make the mark that tells it at the end of a session; None where it is nothing to know of.

    It is a mark, and not a sentence of the live report alone, so that a replay says the same.
    """
    share = missed_share(came, replaced, duration_s)
    if share < overlooked_limits().noted:
        return None
    what = (
        f"The computer was busy: {share * 100:.0f} % of the pictures that are needed were not"
        f" looked at ({replaced} of {came} gave way to a newer one)."
    )
    data = {"what": what, "sense": Sense.VISION.value, "whole": "true"}
    return Mark(duration_s, Lane.MACHINE, MarkKind.FAULT, PROGRAM, MappingProxyType(data))


class OverlookedLately:
    """Says while a session runs whether too many pictures of its last seconds were missed."""

    def __init__(self) -> None:
        self._limits = overlooked_limits()
        self._past: deque[tuple[float, int, int]] = deque()
        self._said = False

    def begin(self) -> None:
        """Get ready for a session."""
        self._past.clear()
        self._said = False

    def push(self, t: float, came: int, replaced: int) -> float | None:
        """Hold the newest counts against those of some seconds ago.

        Parameters
        ----------
        t
            Now, seconds on the session clock.
        came
            Pictures that the camera gave since the session began.
        replaced
            Those of them that gave way to a newer one.

        Returns
        -------
        float or None
            The share of the needed pictures that was missed; None where nothing is to be said.
        """
        self._past.append((t, came, replaced))
        while t - self._past[0][0] > self._limits.span_s:
            self._past.popleft()
        then_s, came_then, replaced_then = self._past[0]
        share = missed_share(came - came_then, replaced - replaced_then, t - then_s)
        least = self._limits.ends if self._said else self._limits.begins
        self._said = t - then_s >= self._limits.settles_s and share >= least
        return share if self._said else None
