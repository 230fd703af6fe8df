"""What people said of an episode, after the session was measured again and found it elsewhere.

A verdict names an episode by its cue and its start, and what was said is never changed. Measured
again, the same episode may begin some milliseconds earlier or later, and has another name then.
The verdict is read as one on the episode of the same cue that shares more than half of the time
that the two take together (intersection over union); of several on the one that shares most. Where
there is none it stays as it was said, and is told as a word on what was not found again.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.marks import effective
from app.coach.types import Lane, MarkKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from app.coach.types import CueEvent, Mark

LEAST_SHARED: Final = 0.5
"""Episodes that share no more of the time that they take together are two. With more than half,
no two episodes that lie apart can both be meant."""


def shared(one: CueEvent, other: CueEvent) -> float:
    """Tell which part of the time that two episodes take together lies in both, 0 to 1."""
    both = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    whole = max(one.end_s, other.end_s) - min(one.start_s, other.start_s)
    return both / whole if both > 0.0 else 0.0


def relinked(
    marks: Iterable[Mark], former: Iterable[CueEvent], current: Sequence[CueEvent]
) -> list[Mark]:
    """Read verdicts on former episodes as verdicts on those that are there now.

    Parameters
    ----------
    marks
        What people said, in whatever order.
    former
        Episodes that were replaced when the session was measured again, of all times before.
    current
        The episodes that hold.

    Returns
    -------
    list of Mark
        All marks, in their order; a verdict that was linked lies as much later or earlier as its
        episode does.
    """
    marks = list(marks)
    said = {mark.data.get("finding", "") for mark in marks if mark.kind is MarkKind.VERDICT}
    lost = said - {event.id for event in current}
    meant = {name: event for event in former if (name := event.id) in lost}
    links = {name: (was, now) for name, was in meant.items() if (now := _nearest(was, current))}
    return [_linked(mark, links) for mark in marks] if links else marks


def adrift(marks: Iterable[Mark], known: Collection[str]) -> tuple[Mark, ...]:
    """Give the verdicts that hold and are about nothing that is known, by time.

    Parameters
    ----------
    marks
        What people said.
    known
        Ids of all that can be judged: episodes, findings, places in the words.
    """
    return tuple(
        mark
        for mark in effective(marks)
        if mark.kind is MarkKind.VERDICT
        and mark.lane is not Lane.MACHINE
        and mark.data.get("finding", "") not in known
    )


def _nearest(was: CueEvent, current: Sequence[CueEvent]) -> CueEvent | None:
    """Find what a former episode is now; None where nothing is near enough."""
    of_cue = sorted((one for one in current if one.cue == was.cue), key=attrgetter("start_s"))
    starts = [one.start_s for one in of_cue]
    # What begins more than its own length before it shares less than half.
    first = bisect_left(starts, was.start_s - was.lasted_s)
    near = of_cue[first : bisect_left(starts, was.end_s)]
    best = max(near, key=lambda one: shared(was, one), default=None)
    return best if best is not None and shared(was, best) > LEAST_SHARED else None


def _linked(mark: Mark, links: dict[str, tuple[CueEvent, CueEvent]]) -> Mark:
    if mark.kind is not MarkKind.VERDICT or mark.data.get("finding") not in links:
        return mark
    was, now = links[mark.data["finding"]]
    data = MappingProxyType({**mark.data, "finding": now.id})
    return replace(mark, t=max(0.0, mark.t + now.start_s - was.start_s), data=data)
