"""P26: who does what by when, all three, ahead of now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import listed
from app.coach.finder.pattern import first_match
from app.coach.finder.span import Span
from app.coach.finder.talk import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.talk import Block, Sentence, Talk

SHORT: Final = 6
"""Words of a sentence that is nothing but a time."""
NEAR: Final = 2
"""Words around a commitment that still belong to it, where no punctuation tells."""
REACH: Final = 14
"""Words around actor and action in which the time stands, where no punctuation tells."""


def commitments(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find each sentence with actor, action and time."""
    del talk, finds
    for number, sentence in enumerate(block.sentences):
        if sentence.question:
            continue
        found = _in(sentence)
        if found is None and number + 1 < len(block.sentences):
            found = _beside(sentence, block.sentences[number + 1])
        if found is not None:
            yield Found("P26", *found, confidence=0.85)


def _in(sentence: Sentence) -> tuple[int, int] | None:
    if _when(sentence) is None:
        return None
    for first, last in _actors(sentence):
        around = sentence
        if sentence.flat:
            around = _window(sentence, first - REACH // 2, last + REACH)
        when = _when(around)
        if when is None:
            continue
        lo, hi = min(first, when[0]), max(last, when[1])
        near = _window(sentence, lo - NEAR, hi + NEAR) if sentence.flat else sentence
        if first_match(listed("commitment.not", "commitment.plural"), near) is None:
            return lo, hi
    return None


def _window(sentence: Sentence, lo: int, hi: int) -> Sentence:
    return type(sentence)(
        sentence.words, max(sentence.lo, lo), min(sentence.hi, hi), flat=sentence.flat
    )


def _actors(sentence: Sentence) -> Iterator[tuple[int, int]]:
    at = sentence.lo
    while at < sentence.hi:
        rest = Span(sentence.words, at, sentence.hi, sentence.flat)
        found = first_match(listed("commitment.actor"), rest)
        if found is None:
            return
        yield found[0], min(found[1], sentence.hi)
        at = found[0] + 1


def _when(span: Span) -> tuple[int, int] | None:
    """Find a time that is one; “in a minute” is none."""
    vague = listed("commitment.when_2")
    at = span.lo
    while at < span.hi:
        rest = Span(span.words, at, span.hi, span.flat)
        found = first_match(listed("commitment.when"), rest)
        if found is None:
            return None
        here = Span(span.words, found[0], min(found[1] + 1, span.hi), flat=True)
        if first_match(vague, here) is None and not _ago(span, found):
            return found
        at = found[0] + 1
    return None


def _ago(span: Span, when: tuple[int, int]) -> bool:
    """Whether it is a time that is over, or how long something took."""
    after = span.words[when[1] : when[1] + 1]
    before = span.words[max(span.lo, when[0] - 1) : when[0]]
    return after in (["ago"], ["late"]) or before in (["last"], ["since"])


def _beside(sentence: Sentence, other: Sentence) -> tuple[int, int] | None:
    """Take the time from the sentence beside: “I'm on to it now. It's back by four.”."""
    if other.question or sentence.flat:
        return None
    lead = listed("commitment.leads_to_time")
    at = first_match(lead, other)
    when = _when(other)
    actor = first_match(listed("commitment.actor"), sentence)
    alone = other.hi - other.lo <= SHORT and when is not None and when[0] - other.lo <= 1
    if when is None or actor is None or not (alone or at is not None):
        return None
    for one in (sentence, other):
        if first_match(listed("commitment.not", "commitment.plural"), one) is not None:
            return None
    return min(actor[0], when[0]), max(actor[1], when[1])
