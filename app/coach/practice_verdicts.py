"""What people say of places in the words: confirmed, rejected, or put right."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.coach.practice_types import Evidence, Polarity
from app.coach.verdicts import AGREE, CORRECT, DISAGREE, verdict_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.coach.types import Mark

PRACTICE: Final = "practice"
POLARITY: Final = "polarity"
WORDS: Final = "words"
"""Details of a correction, beside "start" and "end": what it was instead, and in which words."""
MOST_WORDS: Final = 12
"""So long is a quote: a clause, and not what was told."""
_ID: Final = re.compile(r"P(0[1-9]|[12][0-9]|3[0-2])")


@dataclass(frozen=True, slots=True)
class JudgedEvidence:
    """A place in the words as the machine found it and as it holds."""

    found: Evidence
    """As the finder gave it."""
    holds: Evidence | None
    """As it holds after what people said; None where it was rejected."""
    verdict: str = ""
    """ "agree", "disagree" or "correct"; empty where nobody said anything."""
    said: Mark | None = None
    """The verdict that counts; None without one."""

    @property
    def id(self) -> str:
        """As verdicts name it: it stays what it was when it is put right."""
        return evidence_id(self.found)

    @property
    def moved(self) -> bool:
        """Whether a person says that it was another practice, or at another moment."""
        now, was = self.holds, self.found
        return now is not None and (
            (now.practice, now.polarity, now.start_s, now.end_s)
            != (was.practice, was.polarity, was.start_s, was.end_s)
        )


def evidence_id(one: Evidence) -> str:
    """Name a piece of evidence in a way that is stable within the session."""
    when = f"t{one.turn}" if one.start_s is None else str(round(one.start_s * 1000))
    return f"{one.practice}-{one.polarity.value}-{when}"


def judged_evidence(
    evidence: Iterable[Evidence], marks: Iterable[Mark]
) -> tuple[JudgedEvidence, ...]:
    """Give each place in the words in the light of what people said, in the order of the talk."""
    said = {finding: by[-1] for finding, by in verdict_marks(marks).items()}
    return tuple(_judged(one, said.get(evidence_id(one))) for one in evidence)


def standing(evidence: Iterable[Evidence], marks: Iterable[Mark]) -> tuple[Evidence, ...]:
    """Give what holds: without what a person rejected, and as they put the rest right."""
    return tuple(one.holds for one in judged_evidence(evidence, marks) if one.holds is not None)


def of_practice(practice: str, found: Iterable[JudgedEvidence]) -> tuple[JudgedEvidence, ...]:
    """Give what was heard of a practice, as it holds; a rejected one stands by its own."""
    return tuple(one for one in found if (one.holds or one.found).practice == practice)


def practice_put_right(one: Evidence, verdict: Mark) -> Evidence:
    """Give a place in the words as a person says that it was; as it is where that makes no sense.

    What a person says is sure. Of a place that moved off its words only the words count that the
    correction names.
    """
    data = verdict.data
    practice = data.get(PRACTICE, one.practice)
    try:
        polarity = Polarity(data.get(POLARITY, one.polarity))
        start_s = _seconds(data.get("start"), one.start_s)
        end_s = _seconds(data.get("end"), one.end_s)
    except ValueError:
        return one
    if not _ID.fullmatch(practice) or not _is_span(start_s, end_s):
        return one
    words = data.get(WORDS) or (one.words if _touch(one, start_s, end_s) else "")
    return replace(
        one,
        practice=practice,
        polarity=polarity,
        start_s=start_s,
        end_s=end_s,
        words=short(words),
        confidence=1.0,
        by_hand=True,
    )


def words_between(words: Sequence[tuple[str, float, float]], start_s: float, end_s: float) -> str:
    """Quote what was said in a span; words are (text, start, end), seconds."""
    said = [text for text, start, end in words if end > start_s and start < end_s]
    return short(" ".join(said))


def short(words: str) -> str:
    """Cut a quote after `MOST_WORDS` words."""
    said = words.split()
    return words if len(said) <= MOST_WORDS else " ".join(said[:MOST_WORDS]) + " …"


def _judged(one: Evidence, said: Mark | None) -> JudgedEvidence:
    word = said.data.get("verdict", "") if said is not None else ""
    if said is None or word not in {AGREE, DISAGREE, CORRECT}:
        return JudgedEvidence(one, one)
    if word == DISAGREE:
        return JudgedEvidence(one, None, word, said)
    right = (
        practice_put_right(one, said)
        if word == CORRECT
        else replace(one, confidence=1.0, by_hand=True)
    )
    return JudgedEvidence(one, right, word, said) if right.by_hand else JudgedEvidence(one, one)


def _seconds(text: str | None, otherwise: float | None) -> float | None:
    return float(text) if text else otherwise


def _is_span(start_s: float | None, end_s: float | None) -> bool:
    if start_s is None or end_s is None:
        return start_s is None or 0.0 <= start_s < math.inf
    return 0.0 <= start_s <= end_s < math.inf


def _touch(one: Evidence, start_s: float | None, end_s: float | None) -> bool:
    """Whether a span still holds part of where the words were."""
    if one.start_s is None or start_s is None:
        return True
    ends = one.end_s if one.end_s is not None else one.start_s
    return start_s <= ends and one.start_s <= (end_s if end_s is not None else start_s)
