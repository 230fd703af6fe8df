"""One thing to keep in mind today, taken from the person's own last sessions. For them alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.coach.progress import SESSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.practices import Practice
    from app.coach.progress import Progress
    from app.coach.review_types import NextStep
    from app.coach.types import CueRule

RECENT: Final = 5
"""A pattern, and a trainer's step, is looked for in so many of the newest sessions: what is older
says nothing about today."""


class ThingKind(StrEnum):
    """Where the one thing comes from."""

    TRAINER = "trainer"
    """The next step of a trainer's review."""
    PATTERN = "pattern"
    """A cue that was named in several of the last sessions."""
    NEXT = "next"
    """The practice that was missing most."""
    CARD = "card"
    """A practice, because nothing is known of this person yet."""


@dataclass(frozen=True, slots=True)
class PastSession:
    """What one of the person's own sessions says about today."""

    next_step: NextStep | None
    """A trainer's step; None without a review."""
    cues: frozenset[str]
    """Cues that its report names, after what people said of them."""


@dataclass(frozen=True, slots=True)
class Thing:
    """The one thing."""

    kind: ThingKind
    """Where it comes from."""
    text: str
    """What to keep in mind, one or two sentences; a trainer's in their own words."""
    name: str = ""
    """What it is about: a cue's or a practice's name; empty for a trainer's words."""
    times: int = 0
    """In how many of the last sessions it was; 0 but for a pattern."""
    of: int = 0
    """How many sessions were looked at."""


def one_thing(
    past: Sequence[PastSession],
    progress: Progress | None,
    practices: Mapping[str, Practice],
    rules: Sequence[CueRule],
    day: int,
) -> Thing:
    """Choose what to keep in mind: a trainer's step, else a pattern, else a practice.

    Parameters
    ----------
    past
        The person's own sessions, newest first.
    progress
        Where they stand with their practices; None where that is not known.
    practices
        By id; those with words in them, at least one.
    rules
        The cue catalogue's, which name the cues.
    day
        A number that changes from day to day, so that cards take turns.
    """
    recent = past[:RECENT]
    by_id = {rule.id: rule for rule in rules}
    return (
        _from_trainer(recent, by_id)
        or _pattern(recent, by_id)
        or _next(progress, practices)
        or _card(practices, day)
    )


def _from_trainer(recent: Sequence[PastSession], rules: Mapping[str, CueRule]) -> Thing | None:
    step = next((one.next_step for one in recent if one.next_step is not None), None)
    if step is None:
        return None
    rule = rules.get(step.cue)
    text = step.text or (rule.advice if rule is not None else "")
    name = rule.name if rule is not None else ""
    return Thing(ThingKind.TRAINER, text, name) if text else None


def _pattern(recent: Sequence[PastSession], rules: Mapping[str, CueRule]) -> Thing | None:
    """Find the cue that was named most, the newest first of those alike; three times at least."""
    counts: dict[str, int] = {}
    for session in recent:
        # Sorted, so that the same sessions always say the same.
        for cue in sorted(session.cues & rules.keys()):
            counts[cue] = counts.get(cue, 0) + 1
    cue = max(counts, key=lambda one: counts[one], default="")
    if counts.get(cue, 0) < SESSIONS:
        return None
    rule = rules[cue]
    return Thing(ThingKind.PATTERN, rule.advice, rule.name, counts[cue], len(recent))


def _next(progress: Progress | None, practices: Mapping[str, Practice]) -> Thing | None:
    if progress is None:
        return None
    found = next((practices[one] for one in progress.next if one in practices), None)
    return None if found is None else Thing(ThingKind.NEXT, found.rule, found.name)


def _card(practices: Mapping[str, Practice], day: int) -> Thing:
    ids = sorted(one for one in practices if "words" in practices[one].lives_in)
    found = practices[ids[day % len(ids)]]
    return Thing(ThingKind.CARD, found.rule, found.name)
