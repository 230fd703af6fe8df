"""Two recordings on one time axis: laid together at a moment, or at the same scenario line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.coach.marks import effective
from app.coach.types import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.coach.types import Mark

FIRST: Final = 0
SECOND: Final = 1
FOLLOW_GAIN: Final = 2.0
"""A side that is 0.1 s behind plays 20 % faster until it has caught up."""
FOLLOW_MOST: Final = 0.25
"""No more than this much faster or slower: it is seen, not heard."""
NEAR_S: Final = 0.006
"""Nearer than this is together: a picture lasts 33 ms or more."""
FAR_S: Final = 0.4
"""Further apart than this, a jump is quicker than running after it."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which moment of one recording lies over which of the other. 0 of the axis is that moment."""

    anchors_s: tuple[float, float]
    """The moment of each side that lies at 0, seconds on its own clock."""
    lengths_s: tuple[float, float]
    """Length of each side, seconds; 0 where it has none."""

    @property
    def start_s(self) -> float:
        """Where the earlier side begins on the axis, seconds; at most 0."""
        return min(-anchor for anchor, _ in self._sides)

    @property
    def end_s(self) -> float:
        """Where the later side ends on the axis, seconds; at least 0."""
        return max(length - anchor for anchor, length in self._sides)

    @property
    def _sides(self) -> list[tuple[float, float]]:
        pairs = zip(self.anchors_s, self.lengths_s, strict=True)
        return [(anchor, length) for anchor, length in pairs if length > 0] or [(0.0, 0.0)]

    def own(self, side: int, axis_s: float) -> float:
        """Tell a time of the axis, seconds, on a side's own clock; maybe outside the recording."""
        return axis_s + self.anchors_s[side]

    def on_axis(self, side: int, own_s: float) -> float:
        """Tell a time of a side's own clock on the axis, seconds."""
        return own_s - self.anchors_s[side]

    def inside(self, side: int, axis_s: float) -> bool:
        """Whether the side has anything at that time."""
        return 0.0 <= self.own(side, axis_s) < self.lengths_s[side]

    def within(self, axis_s: float) -> float:
        """Move a time, seconds, into the axis."""
        return min(max(self.start_s, axis_s), self.end_s)

    def held(self, side: int, axis_s: float) -> float:
        """Tell what a side shows: its own time, or its first or last moment outside it."""
        return min(max(0.0, self.own(side, axis_s)), self.lengths_s[side])


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A line of the scenario that the customer says in both recordings."""

    line: str
    """Its id."""
    number: int
    """The how-manieth time it is said, from 1."""
    begins_s: tuple[float, float]
    """Where it begins on each side, seconds on its own clock."""


def aligned(
    lengths_s: tuple[float, float], anchors_s: tuple[float, float] = (0.0, 0.0)
) -> Alignment:
    """Lay two sides together; a moment outside its recording becomes the nearest inside."""
    first, second = (
        min(max(0.0, anchor), length) for anchor, length in zip(anchors_s, lengths_s, strict=True)
    )
    return Alignment((first, second), lengths_s)


def line_starts(marks: Iterable[Mark]) -> dict[str, tuple[float, ...]]:
    """Tell when each line of the scenario began, each time that it was said, seconds."""
    found: dict[str, list[float]] = {}
    for mark in effective(marks):
        line = mark.data.get("line", "")
        if mark.kind is MarkKind.LINE and line and mark.data.get("end") != "true":
            found.setdefault(line, []).append(mark.t)
    return {line: tuple(times) for line, times in found.items()}


def shared_lines(first: Sequence[Mark], second: Sequence[Mark]) -> tuple[SharedLine, ...]:
    """Find the lines that were said in both, in the order of the first."""
    ours, theirs = line_starts(first), line_starts(second)
    both = [
        SharedLine(line, number, (one, other))
        for line, times in ours.items()
        for number, (one, other) in enumerate(zip(times, theirs.get(line, ()), strict=False), 1)
    ]
    return tuple(sorted(both, key=lambda one: one.begins_s))


@dataclass(frozen=True, slots=True)
class Chase:
    """What a side does that is not where it should be."""

    rate: float
    """How fast it plays, as a multiple of the chosen speed."""
    jump: bool
    """Whether it is so far away that it has to jump."""


def chase(behind_s: float) -> Chase:
    """Decide how a side that is so many seconds behind comes back; ahead is negative."""
    if abs(behind_s) > FAR_S:
        return Chase(1.0, jump=True)
    if abs(behind_s) < NEAR_S:
        return Chase(1.0, jump=False)
    change = min(max(-FOLLOW_MOST, FOLLOW_GAIN * behind_s), FOLLOW_MOST)
    return Chase(1.0 + change, jump=False)
