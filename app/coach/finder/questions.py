"""P03: open questions, and questions that are heaped on each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import listed, listed_words
from app.coach.finder.pattern import FIRST_BLOCKS, first_match
from app.coach.finder.talk import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.talk import Block, Sentence, Talk

OTHERS: Final = frozenset({"P04", "P08", "P14", "P15", "P25", "P27"})
"""Practices whose questions are no questions of a student (labelling rule of P03)."""
STACKED: Final = 3
"""Questions in one turn from which nobody knows which to answer (EVIDENCE, P03)."""

AND_SO_ON: Final = ["what", "have", "you"]
"""The end of a list, and no question."""


def questions(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find open questions, and turns that heap them."""
    del talk
    for sentence in block.sentences:
        place = _open(block, sentence)
        if place is not None and not _blames(sentence, finds) and not _other(sentence, finds):
            yield Found("P03", *place, confidence=0.8)
    for one in finds:
        # Every open question of the six kinds is one of a student's (labelling rule of P17).
        sentence = block.sentence_at(one.lo)
        if one.practice == "P17" and _is_open(sentence) and not _blames(sentence, finds):
            yield Found("P03", one.lo, one.hi, confidence=0.8)
    asked = [one for one in block.sentences if one.question]
    if len(asked) >= STACKED or (len(asked) == STACKED - 1 and _accuses(asked)):
        yield Found("P03", asked[0].lo, asked[-1].hi, wrong=True, confidence=0.8)


def _accuses(asked: list[Sentence]) -> bool:
    return any(first_match(listed("questions.why"), one) is not None for one in asked)


def _open(block: Block, sentence: Sentence) -> tuple[int, int] | None:
    place = first_match(listed("questions.open"), sentence)
    if sentence.question is False or place is None:
        return None
    others = ["questions.datum", "questions.check"]
    if block.number < FIRST_BLOCKS or block.last:
        others.append("questions.social")
    if first_match(listed(*others), sentence) is not None:
        return None
    if sentence.question is None and not _inverted(sentence, place):
        return None
    return place


def _inverted(sentence: Sentence, place: tuple[int, int]) -> bool:
    """Whether the words alone, without a sign, show that it is a question."""
    order = listed("questions.inverted")
    here = type(sentence)(sentence.words, place[0], sentence.hi, flat=True)
    found = first_match(order, here)
    if found is None or found[0] != place[0]:
        return False
    before = sentence.words[max(sentence.lo, place[0] - 1) : place[0]]
    return not set(before) & listed_words("questions.told")


def _other(sentence: Sentence, finds: tuple[Found, ...]) -> bool:
    """Whether the question is small talk, an offer, a check or a choice instead."""
    return any(
        one.practice in OTHERS and not one.wrong and sentence.lo <= one.lo < sentence.hi
        for one in finds
    )


def _is_open(sentence: Sentence) -> bool:
    words = list(sentence.words[sentence.lo : sentence.hi])
    if words[-len(AND_SO_ON) :] == AND_SO_ON:
        return False
    asks = {"what", "how", "where", "why", "tell", "describe", "which"} & set(words)
    return bool(asks)


def _blames(sentence: Sentence, finds: tuple[Found, ...]) -> bool:
    return any(
        one.practice == "P03" and one.wrong and sentence.lo <= one.lo < sentence.hi for one in finds
    )
