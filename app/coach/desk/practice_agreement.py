"""Where a person and the finder agree about the words, by what the person said of each place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.desk.agreement import CueAgreement
from app.coach.practice_types import Polarity
from app.coach.practice_verdicts import judged_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.coach.practice_types import Evidence
    from app.coach.types import Lane, Mark

BOTH: Final = 0
ONLY_PERSON: Final = 1
ONLY_MACHINE: Final = 2


def practices_with_machine(
    evidence: Iterable[Evidence], marks: Iterable[Mark], lane: Lane
) -> tuple[CueAgreement, ...]:
    """Compare what one lane said of places in the words with what was found there.

    Only practices that the person gave a word on are compared, as with cues. Silence about another
    place of the same practice leaves that one to the machine alone.

    Parameters
    ----------
    evidence
        As it was found; places without a time are left out.
    marks
        What people said.
    lane
        Whose word is compared.

    Returns
    -------
    tuple of CueAgreement
        With "P19-done" or "P19-wrong" for a cue, in that order: the same practice done and done
        the other way round are two things.
    """
    theirs = [mark for mark in marks if mark.lane is lane]
    found: dict[str, tuple[list[float], list[float], list[float]]] = {}
    spoken_of: set[str] = set()
    for one in judged_evidence(evidence, theirs):
        if one.found.start_s is None:
            continue
        was, now = side_of(one.found), side_of(one.holds) if one.holds is not None else ""
        of_it = found.setdefault(was, ([], [], []))
        of_it[BOTH if one.verdict and now == was else ONLY_MACHINE].append(one.found.start_s)
        if one.verdict:
            spoken_of.add(was)
        if one.holds is not None and now != was:
            start_s = one.holds.start_s if one.holds.start_s is not None else one.found.start_s
            found.setdefault(now, ([], [], []))[ONLY_PERSON].append(start_s)
            spoken_of.add(now)
    return tuple(
        CueAgreement(key, *(tuple(sorted(times)) for times in found[key]))
        for key in sorted(spoken_of)
    )


def side_of(one: Evidence) -> str:
    """Name a practice together with whether it was done or its opposite was."""
    return f"{one.practice}-{one.polarity.value}"


def practice_of_side(side: str) -> tuple[str, bool]:
    """Give the practice of such a name, and whether it was done the other way round."""
    practice, _, polarity = side.partition("-")
    return practice, polarity == Polarity.WRONG
