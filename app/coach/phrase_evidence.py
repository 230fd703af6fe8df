"""Phrases found directly in sound as evidence for practices, joined with what the words show."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.practice_types import Evidence, Polarity, Speaking
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.coach.practice_types import Turn
    from audio.types import PhraseHit

SAME_S: Final = 1.0
"""What lies this near is the same find (issue 5: found within 1 s)."""
ALONE: Final = 0.73
"""Confidence from which a phrase counts without the words. One spread above the threshold of 2 an
hour: by the slope in assets/speech/phrases.toml, 0.7 false alarms an hour of all phrases together.
"""
DETAIL: Final = "sound"
"""Marks evidence that no words carry."""
DENIED_BY: Final[Mapping[str, str]] = MappingProxyType({"P19": "P20"})
"""A practice -> the one whose opposite, at the same place, takes its phrase: "I'm very sorry for
the inconvenience" is not a specific apology."""


def with_phrases(
    evidence: Iterable[Evidence], phrases: Iterable[PhraseHit] | None, turns: Sequence[Turn]
) -> tuple[Evidence, ...]:
    """Join what the finder found in the words with the phrases found in sound.

    One line after the finder, live and in the report::

        evidence = with_phrases(finder.find(turns, scenario=s), snapshot.phrases, turns)
        evidence = with_phrases(find(turns, scenario), report.phrases, turns)

    Parameters
    ----------
    evidence
        What the finder found in the same turns.
    phrases
        Phrases so far: `Snapshot.phrases` live, `Report.phrases` afterwards; None for none.
    turns
        The talk, both sides; a phrase is entered into the staff turn it lies in, or next to it.

    Returns
    -------
    tuple of Evidence
        In the order of the talk. A phrase within 1 s of the finder's evidence for the same
        practice and polarity raises its confidence to the higher of the two; alone it counts from
        a confidence of `ALONE` on, with the detail "sound", unless its meaning hangs on the words
        around it. Phrases without a practice are left out. Called again on its own result it
        changes nothing.
    """
    found = list(evidence)
    heard = [one for one in (_evidence(hit, turns) for hit in phrases or ()) if one is not None]
    # The opposites first: they may deny a phrase of the practice itself.
    for one in sorted(heard, key=lambda one: (one.polarity is Polarity.DONE, -one.confidence)):
        known = next((at for at, other in enumerate(found) if _same(one, other)), None)
        if known is not None:
            sure = max(found[known].confidence, one.confidence)
            found[known] = replace(found[known], confidence=sure)
        elif _stands_alone(one) and not any(_denies(other, one) for other in found):
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.turn, one.start_s or 0.0, one.practice)))


def _evidence(hit: PhraseHit, turns: Sequence[Turn]) -> Evidence | None:
    if not hit.practice:
        return None
    return Evidence(
        practice=hit.practice,
        turn=_turn_of(hit, turns),
        words=hit.phrase,
        confidence=hit.confidence,
        polarity=Polarity.WRONG if hit.practice in _listed("practices") else Polarity.DONE,
        start_s=hit.start_s,
        end_s=hit.end_s,
        detail=DETAIL,
    )


def _turn_of(hit: PhraseHit, turns: Sequence[Turn]) -> int:
    """Choose the staff turn nearest to a phrase; without any, the turn that it follows."""
    timed = [
        (max(0.0, turn.start_s - hit.start_s, hit.start_s - turn.end_s), at)
        for at, turn in enumerate(turns)
        if turn.speaker is Speaking.STAFF and turn.start_s is not None and turn.end_s is not None
    ]
    if timed and min(timed)[0] <= SAME_S:
        return min(timed)[1]
    before = [at for at, turn in enumerate(turns) if (turn.start_s or 0.0) <= hit.start_s]
    return max(before, default=0)


def _stands_alone(one: Evidence) -> bool:
    return one.confidence >= ALONE and one.practice not in _listed("needs_words")


def _same(one: Evidence, other: Evidence) -> bool:
    alike = one.practice == other.practice and one.polarity is other.polarity
    return alike and _apart_s(one, other) <= SAME_S


def _denies(other: Evidence, one: Evidence) -> bool:
    opposite = other.polarity is Polarity.WRONG and other.practice == DENIED_BY.get(one.practice)
    return opposite and _apart_s(one, other) <= SAME_S


def _apart_s(one: Evidence, other: Evidence) -> float:
    """Silence between two places, 0 where they overlap; endless without times."""
    if one.start_s is None or other.start_s is None:
        return float("inf")
    ends = (one.end_s or one.start_s, other.end_s or other.start_s)
    return max(0.0, other.start_s - ends[0], one.start_s - ends[1])


@lru_cache(maxsize=2)
def _listed(name: str) -> frozenset[str]:
    """Give the practices whose phrases stand for their opposite, or that need words beside them."""
    table = tomllib.loads(asset("speech", "phrases.toml").read_text("utf-8"))
    return frozenset(table["opposite"][name])
