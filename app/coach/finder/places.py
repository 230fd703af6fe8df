"""From a find to evidence: the words as they stand, their times, and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.practice_types import Evidence, Polarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.finder.talk import Block, Found, Talk
    from app.coach.practice_types import Turn
    from audio.types import Word

NAME: Final = "P22"
"""Its words are the name alone; all others carry the sentence, which is what is played back."""
FOLLOWS: Final = 10
"""Words after a find that still belong to it where no punctuation tells."""
DOUBT: Final = 0.5
"""How much of the confidence the words' own confidence can take away."""
DOUBT_NAME: Final = 1.0
"""The same for a name: one doubtful word, and nothing is left of it."""


def evidence_of(talk: Talk, block: Block, found: Found) -> Evidence:
    """Make evidence of a find."""
    lo, hi = _widened(block, found)
    number = block.tokens[found.lo].turn
    inside = [token for token in block.tokens[lo:hi] if token.turn == number]
    start, end = inside[0].start, inside[-1].end
    turn = talk.turns[number]
    words = _timed(turn, start, end)
    return Evidence(
        practice=found.practice,
        turn=number,
        words=turn.text[start : _with_stop(turn.text, end)],
        confidence=round(found.confidence * _heard(words, name=found.practice == NAME), 3),
        polarity=Polarity.WRONG if found.wrong else Polarity.DONE,
        start_s=words[0].start_s if words else turn.start_s,
        end_s=words[-1].end_s if words else turn.end_s,
        detail=found.detail,
    )


def _widened(block: Block, found: Found) -> tuple[int, int]:
    if found.practice == NAME:
        return found.lo, found.hi
    first, last = block.sentence_at(found.lo), block.sentence_at(found.hi - 1)
    if first.flat:
        return found.lo, min(max(found.hi, found.lo + FOLLOWS), last.hi)
    return first.lo, last.hi


def _with_stop(text: str, end: int) -> int:
    """Take the sign that ends a sentence along."""
    return end + 1 if text[end : end + 1] in {".", "?", "!"} else end


def _timed(turn: Turn, start: int, end: int) -> Sequence[Word]:
    """Find the timed words between two places of a turn's text."""
    found: list[Word] = []
    at = 0
    for word in turn.words:
        begins = turn.text.find(word.text, at)
        if begins < 0:
            continue
        at = begins + len(word.text)
        if begins < end and at > start:
            found.append(word)
    return found


def _heard(words: Sequence[Word], *, name: bool) -> float:
    """Give 1 for words that are sure, less where the engine doubted them.

    A sentence is told by most of its words; a name stands and falls with the word least sure.
    """
    known = [word.confidence for word in words if word.confidence is not None]
    if not known:
        return 1.0
    doubt, sure = (DOUBT_NAME, min(known)) if name else (DOUBT, sum(known) / len(known))
    return 1.0 - doubt + doubt * sure
