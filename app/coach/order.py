"""Order and length: let them finish, short apology, recap, question, options, commitment, close.

The order is EVIDENCE's, section 1. An apology phase over about 7 s went with less satisfaction
(Marinova, Singh, Singh, Journal of Marketing Research 2018). Both are told as what was seen;
neither is a mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.practice_types import Phase, Polarity, Speaking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.practice_types import Evidence, Turn

APOLOGY_S: Final = 7.0
"""Longest apology that does no harm (Marinova, Singh, Singh 2018)."""
JOINT_S: Final = 2.0
"""Two apologetic sentences no further apart than this belong to one apology, seconds."""

PHASE_OF: Final[Mapping[str, Phase]] = MappingProxyType(
    {
        "P19": Phase.APOLOGY,
        "P20": Phase.APOLOGY,
        "P23": Phase.RECAP,
        "P13": Phase.RECAP,
        "P03": Phase.QUESTIONS,
        "P17": Phase.QUESTIONS,
        "P25": Phase.OPTIONS,
        "P26": Phase.COMMITMENT,
        "P27": Phase.CLOSING,
    }
)
"""The practices that make up the order, each with its phase."""

ORDER: Final = (
    Phase.APOLOGY, Phase.RECAP, Phase.QUESTIONS, Phase.OPTIONS, Phase.COMMITMENT, Phase.CLOSING,
)  # fmt: skip
LOOSE: Final = frozenset({(Phase.RECAP, Phase.QUESTIONS)})
"""Pairs that may change places: a question that clears things up before a recap helps the recap."""


class OrderKind(StrEnum):
    """What there is to say about order and length. The values are stable: files carry them."""

    LONG_APOLOGY = "long_apology"
    SWAPPED = "swapped"
    BEFORE_THEY_SPOKE = "before_they_spoke"


@dataclass(frozen=True, slots=True)
class OrderNote:
    """One thing to see about the order or the length."""

    kind: OrderKind
    """What it is."""
    turn: int
    """Number of the turn to look at, from 0."""
    start_s: float | None
    """Where to play from, seconds on the session clock; None without times."""
    first: Phase
    """The phase that it is about; of two, the one that came first."""
    then: Phase | None = None
    """The phase that better had come before it; None where it is about one."""
    lasted_s: float | None = None
    """How long it was, seconds; None where length is not what it is about."""


@dataclass(frozen=True, slots=True)
class PhaseSeen:
    """When a phase began."""

    phase: Phase
    """Which one."""
    turn: int
    """Turn of its first evidence, from 0."""
    start_s: float | None
    """Seconds on the session clock; None without times."""


def phases_seen(evidence: Sequence[Evidence]) -> tuple[PhaseSeen, ...]:
    """Give the phases that were found, in the order in which each began."""
    first: dict[Phase, PhaseSeen] = {}
    for one in sorted(evidence, key=_when):
        phase = PHASE_OF.get(one.practice)
        if phase is None or phase in first:
            continue
        if one.polarity is Polarity.WRONG and phase is not Phase.APOLOGY:
            continue
        first[phase] = PhaseSeen(phase, one.turn, one.start_s)
    return tuple(first.values())


def order_notes(turns: Sequence[Turn], evidence: Sequence[Evidence]) -> tuple[OrderNote, ...]:
    """Tell what stood out about order and length, in the order of the talk.

    Parameters
    ----------
    turns
        The whole talk.
    evidence
        What the finder found in it.
    """
    seen = phases_seen(evidence)
    notes = [*_swapped(seen), *_long_apologies(evidence), *_too_early(turns, seen)]
    return tuple(sorted(notes, key=lambda note: (note.turn, note.start_s or 0.0, note.kind)))


def _swapped(seen: Sequence[PhaseSeen]) -> list[OrderNote]:
    """Phases that came before one that should lead to them; for each, the nearest such one."""
    notes: dict[Phase, OrderNote] = {}
    for earlier, later in combinations(seen, 2):
        wanted = (later.phase, earlier.phase)
        if ORDER.index(later.phase) < ORDER.index(earlier.phase) and wanted not in LOOSE:
            notes.setdefault(
                earlier.phase,
                OrderNote(
                    OrderKind.SWAPPED, earlier.turn, earlier.start_s, earlier.phase, later.phase
                ),
            )
    return list(notes.values())


def _long_apologies(evidence: Sequence[Evidence]) -> list[OrderNote]:
    """Stretches of apologetic sentences that together last too long; only where there are times."""
    notes: list[OrderNote] = []
    begin: Evidence | None = None
    end_s = 0.0
    for one in sorted(evidence, key=_when):
        if PHASE_OF.get(one.practice) is not Phase.APOLOGY:
            continue
        if one.start_s is None or one.end_s is None:
            continue
        if begin is None or one.start_s > end_s + JOINT_S:
            begin, end_s = one, one.end_s
        else:
            end_s = max(end_s, one.end_s)
        start_s = begin.start_s if begin.start_s is not None else one.start_s
        lasted_s = end_s - start_s
        if lasted_s > APOLOGY_S:
            if notes and notes[-1].start_s == start_s:
                notes.pop()
            notes.append(
                OrderNote(
                    OrderKind.LONG_APOLOGY, begin.turn, start_s, Phase.APOLOGY, lasted_s=lasted_s
                )
            )
    return notes


def _too_early(turns: Sequence[Turn], seen: Sequence[PhaseSeen]) -> list[OrderNote]:
    """Answers that came before the customer had said anything, where they did say something."""
    spoke = next((at for at, turn in enumerate(turns) if turn.speaker is Speaking.CUSTOMER), None)
    if spoke is None:
        return []
    answers = (Phase.OPTIONS, Phase.COMMITMENT)
    return [
        OrderNote(OrderKind.BEFORE_THEY_SPOKE, one.turn, one.start_s, one.phase)
        for one in seen
        if one.phase in answers and one.turn < spoke
    ]


def _when(one: Evidence) -> tuple[int, float]:
    return one.turn, one.start_s if one.start_s is not None else 0.0
