"""The talk of a session as turns: customer lines from marks, staff turns from words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.coach.marks import effective
from app.coach.practice_types import Speaking, Turn
from app.coach.types import MarkKind
from audio.types import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.coach.scenario_types import Scenario
    from app.coach.types import Mark
    from audio.types import Word

CUSTOMER: frozenset[str] = frozenset({Speaker.CUSTOMER.value, Speaker.BOTH.value})
PAUSE_S: Final = 1.0
"""A longer silence between two words of one voice begins a new turn, seconds."""


@dataclass(frozen=True, slots=True)
class CustomerStretch:
    """A stretch in which the customer spoke."""

    start_s: float
    """Seconds on the session clock."""
    end_s: float
    """Seconds on the session clock."""
    text: str
    """The line of the scenario; empty where nobody wrote down what was said."""


def session_turns(
    words: Iterable[Word], marks: Sequence[Mark], scenario: Scenario | None, duration_s: float
) -> tuple[Turn, ...]:
    """Put the two sides of a talk in order.

    Parameters
    ----------
    words
        Words of the measured voice.
    marks
        Marks of the session: LINE and SPEAKER say when the customer spoke.
    scenario
        What was practised; its text stands in the customer's turns.
    duration_s
        Length of the session, seconds: the end of a line that nobody ended.

    Returns
    -------
    tuple of Turn
        By start. With customer stretches, what staff say between two of them is one turn; without
        any, it is split where it was silent for long.
    """
    said = customer_stretches(marks, scenario, duration_s)
    words = sorted(words, key=lambda word: word.start_s)
    if not said:
        return tuple(turns_of_words(words))
    turns = [Turn(Speaking.CUSTOMER, one.text, one.start_s, one.end_s) for one in said]
    starts = [one.start_s for one in said]
    for at in range(len(starts) + 1):
        begin = starts[at - 1] if at else float("-inf")
        end = starts[at] if at < len(starts) else float("inf")
        # A word belongs where its middle lies: its end may reach under the customer's first sound.
        mine = [word for word in words if begin <= (word.start_s + word.end_s) / 2 < end]
        if mine:
            text = " ".join(word.text for word in mine)
            turns.append(Turn(Speaking.STAFF, text, mine[0].start_s, mine[-1].end_s, tuple(mine)))
    order = {Speaking.CUSTOMER: 0, Speaking.STAFF: 1}
    return tuple(sorted(turns, key=lambda turn: (turn.start_s or 0.0, order[turn.speaker])))


def turns_of_words(words: Sequence[Word], speaker: Speaking = Speaking.STAFF) -> list[Turn]:
    """Join recognised words of one voice into turns, split where it was silent for long."""
    turns: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.start_s):
        if turns and word.start_s - turns[-1][-1].end_s <= PAUSE_S:
            turns[-1].append(word)
        else:
            turns.append([word])
    return [
        Turn(speaker, " ".join(word.text for word in said), said[0].start_s, said[-1].end_s,
             tuple(said))
        for said in turns
    ]  # fmt: skip


def customer_stretches(
    marks: Sequence[Mark], scenario: Scenario | None, duration_s: float
) -> tuple[CustomerStretch, ...]:
    """Tell when the customer spoke, and with a scenario what they said; by start."""
    marks = effective(marks)
    lines = _lines(marks, scenario, duration_s)
    keyed = [
        CustomerStretch(start, end, "")
        for start, end in speaker_stretches(marks, CUSTOMER, duration_s)
        if not any(start < line.end_s and line.start_s < end for line in lines)
    ]
    return tuple(sorted([*lines, *keyed], key=lambda one: one.start_s))


def speaker_stretches(
    marks: Iterable[Mark], wanted: frozenset[str], duration_s: float
) -> tuple[tuple[float, float], ...]:
    """Give the stretches in which one of the wanted spoke, from SPEAKER marks, by start."""
    found: list[tuple[float, float]] = []
    since: float | None = None
    for mark in sorted(marks, key=lambda mark: mark.t):
        if mark.kind is not MarkKind.SPEAKER:
            continue
        theirs = mark.data.get("speaker", "") in wanted
        if theirs and since is None:
            since = mark.t
        elif not theirs and since is not None:
            found.append((since, mark.t))
            since = None
    if since is not None:
        found.append((since, duration_s))
    return tuple((start, end) for start, end in found if end > start)


def _lines(
    marks: Iterable[Mark], scenario: Scenario | None, duration_s: float
) -> list[CustomerStretch]:
    found: list[CustomerStretch] = []
    begun: Mark | None = None
    for mark in marks:
        if mark.kind is not MarkKind.LINE:
            continue
        if begun is not None:
            found.append(_stretch(begun, mark.t, scenario))
        begun = None if mark.data.get("end") == "true" else mark
    if begun is not None:
        found.append(_stretch(begun, duration_s, scenario))
    return found


def _stretch(begun: Mark, end_s: float, scenario: Scenario | None) -> CustomerStretch:
    line = scenario.line(begun.data.get("line", "")) if scenario is not None else None
    return CustomerStretch(begun.t, max(begun.t, end_s), line.text if line is not None else "")
