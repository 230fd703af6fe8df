"""Where the lanes fall together: what people marked beside what the machine marked.

Two marks fall together where they are at most `tolerance_s` apart (a span counts from its start to
its end). Each mark is paired at most once, nearest first, so that ten presses on one long episode
are not ten agreements. A cue is compared only where a person could have said it: they marked it at
least once, or gave a verdict on it. Silence about anything else is no disagreement.

Nobody is scored and nobody is ranked: there are moments and counts, and no shares of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.coach.limits import load_limits
from app.coach.marks import effective
from app.coach.review import seconds_in
from app.coach.types import Lane, MarkKind
from app.coach.verdicts import AGREE, CORRECT, DISAGREE, put_right

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from app.coach.report_types import Report
    from app.coach.types import CueEvent, Mark

SPOTS: Final = frozenset({MarkKind.NOTE, MarkKind.MARKER})
"""What points at a moment."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """When two marks are about the same; where the number comes from stands in the file."""

    tolerance_s: float
    """How far apart they may be, seconds."""


def tolerance_s(path: Path | None = None) -> float:
    """Read it, seconds; an AppError names file, line and what is allowed."""
    return load_limits(Nearness, "agreement", path).tolerance_s


@dataclass(frozen=True, slots=True)
class CueAgreement:
    """What one person and the machine say about one cue. Times are seconds, by time."""

    cue: str
    """Id of its rule."""
    both: tuple[float, ...]
    """Moments that both marked, or that the person confirmed."""
    only_person: tuple[float, ...]
    """Moments that only the person marked."""
    only_machine: tuple[float, ...]
    """Moments that only the machine marked, or that the person rejected."""


@dataclass(frozen=True, slots=True)
class TwoPeople:
    """Moments that the filmed person and a trainer pointed at. Times are seconds, by time."""

    both: tuple[float, ...]
    """Both pointed here."""
    only_self: tuple[float, ...]
    """Only the filmed person did."""
    only_trainer: tuple[float, ...]
    """Only the trainer did."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something that was marked."""

    start_s: float
    """Seconds."""
    end_s: float
    """Seconds; the start for a moment."""

    def apart(self, other: Spot) -> float:
        """Seconds between the two; 0 where they touch."""
        return max(0.0, self.start_s - other.end_s, other.start_s - self.end_s)


def with_machine(
    report: Report, marks: Iterable[Mark], lane: Lane, near_s: float
) -> tuple[CueAgreement, ...]:
    """Compare what one lane marked with what the machine marked, a cue each.

    Parameters
    ----------
    report
        As the machine made it.
    marks
        What people said.
    lane
        Whose marks are compared.
    near_s
        How far apart two marks may be and still be about the same, seconds: `tolerance_s()`.

    Returns
    -------
    tuple of CueAgreement
        Of the cues that the person spoke about, in order of their names.
    """
    theirs = [mark for mark in effective(marks) if mark.lane is lane]
    seen: dict[str, list[Spot]] = {}
    for mark in theirs:
        if mark.kind in SPOTS and mark.data.get("cue"):
            seen.setdefault(mark.data["cue"], []).append(spot_of(mark))
    said = {m.data.get("finding", ""): m for m in theirs if m.kind is MarkKind.VERDICT}
    judged = _by_verdict(report.events, said)
    cues = sorted({*seen, *judged})
    return tuple(
        _of_cue(cue, seen.get(cue, []), judged.get(cue, _Judged()), report, said, near_s)
        for cue in cues
    )


def between_people(marks: Iterable[Mark], near_s: float) -> TwoPeople:
    """Compare where the filmed person and trainers pointed, whatever they said there."""
    spots: dict[Lane, list[Spot]] = {Lane.SELF: [], Lane.TRAINER: []}
    for mark in effective(marks):
        if mark.kind in SPOTS and "about" not in mark.data and mark.lane in spots:
            spots[mark.lane].append(spot_of(mark))
    pairs, own, theirs = paired(spots[Lane.SELF], spots[Lane.TRAINER], near_s)
    return TwoPeople(_starts(one for one, _ in pairs), _starts(own), _starts(theirs))


def spot_of(mark: Mark) -> Spot:
    """Give the moment or the span that a mark is about."""
    return Spot(mark.t, max(mark.t, seconds_in(mark.data, "until") or mark.t))


def paired(
    ones: Sequence[Spot], others: Sequence[Spot], near_s: float
) -> tuple[list[tuple[Spot, Spot]], list[Spot], list[Spot]]:
    """Pair what falls together, nearest first, each at most once; gives what is left of both."""
    near = sorted(
        (one.apart(other), abs(one.start_s - other.start_s), i, j)
        for i, one in enumerate(ones)
        for j, other in enumerate(others)
        if one.apart(other) <= near_s
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, j in near:
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    return (
        [(ones[i], others[j]) for i, j in taken.items()],
        [one for i, one in enumerate(ones) if i not in taken],
        [other for j, other in enumerate(others) if j not in used],
    )


@dataclass(slots=True)
class _Judged:
    """What verdicts say of one cue."""

    both: tuple[float, ...] = ()
    only_person: tuple[float, ...] = ()
    only_machine: tuple[float, ...] = ()


def _by_verdict(events: Sequence[CueEvent], said: dict[str, Mark]) -> dict[str, _Judged]:
    """Sort the episodes that a person spoke about by what they said."""
    judged: dict[str, _Judged] = {}
    for event in events:
        verdict = said.get(event.id)
        word = verdict.data.get("verdict", "") if verdict is not None else ""
        if verdict is None or word not in {AGREE, DISAGREE, CORRECT}:
            continue
        right = put_right(event, verdict) if word == CORRECT else event
        of_cue = judged.setdefault(event.cue, _Judged())
        if word != DISAGREE and right.cue == event.cue:
            of_cue.both += (event.start_s,)
        else:
            of_cue.only_machine += (event.start_s,)
        if right.cue != event.cue:
            judged.setdefault(right.cue, _Judged()).only_person += (right.start_s,)
    return judged


def _of_cue(
    cue: str,
    seen: list[Spot],
    judged: _Judged,
    report: Report,
    said: dict[str, Mark],
    near_s: float,
) -> CueAgreement:
    unjudged = [e for e in report.events if e.cue == cue and e.id not in said]
    # What was judged is settled: a marker beside it says the same once more.
    settled = [
        Spot(event.start_s, event.end_s)
        for event in report.events
        if event.cue == cue and event.id in said
    ]
    free = [one for one in seen if all(one.apart(other) > near_s for other in settled)]
    machine = [Spot(event.start_s, event.end_s) for event in unjudged]
    pairs, person, rest = paired(free, machine, near_s)
    return CueAgreement(
        cue=cue,
        both=_sorted((*judged.both, *_starts(other for _, other in pairs))),
        only_person=_sorted((*judged.only_person, *_starts(person))),
        only_machine=_sorted((*judged.only_machine, *_starts(rest))),
    )


def _starts(spots: Iterable[Spot]) -> tuple[float, ...]:
    return _sorted(one.start_s for one in spots)


def _sorted(times: Iterable[float]) -> tuple[float, ...]:
    return tuple(sorted(times))
