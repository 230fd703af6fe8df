"""P23 and P13: what the customer said, said back; and what happened beside what they want."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import listed
from app.coach.finder.content import content
from app.coach.finder.pattern import first_match
from app.coach.finder.span import Span
from app.coach.finder.talk import Found
from app.coach.finder.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.leaves import Node
    from app.coach.finder.talk import Block, Sentence, Talk

SHARED: Final = 2
"""Of the customer's own words at least so many come back (EVIDENCE, P23)."""
COVERED: Final = 0.4
"""Part of a sentence's content that is the customer's, below which it says something new."""
STRETCH: Final = 14
"""Words in which they come back, where no punctuation tells sentences apart."""


def recaps(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find recaps in the customer's words, and recaps of what happened and what they want."""
    del talk
    theirs = heard_words(block)
    taken = {one.lo for one in finds if one.practice in {"P19", "P20", "P26", "P25"}}
    for sentence in block.sentences:
        if any(sentence.lo <= at < sentence.hi for at in taken) and not sentence.flat:
            continue
        found = _said_back(sentence, theirs)
        if found is not None:
            yield Found("P23", *found, confidence=0.8)
    wanted = _both(block)
    if wanted is not None:
        yield Found("P13", *wanted, confidence=0.75)


def heard_words(block: Block) -> frozenset[str]:
    """Give the words of content that the customer said lately, looked for once."""
    if block.heard_words is None:
        block.heard_words = frozenset(
            word
            for text in block.heard
            for word in content(token.text for token in tokens_of(text)[0])
        )
    return block.heard_words


def _said_back(sentence: Sentence, theirs: frozenset[str]) -> tuple[int, int] | None:
    for part in _stretches(sentence):
        own = content(part.words[part.lo : part.hi])
        shared = {word for word in own if word in theirs}
        if len(shared) < SHARED or len(shared) < COVERED * len(set(own)):
            continue
        says_own = first_match(listed("recap.own"), part) is not None
        if not _asks(part) and (_frame(part) or not says_own):
            return part.lo, part.hi
    return None


def _stretches(sentence: Sentence) -> Iterator[Sentence]:
    if not sentence.flat or sentence.hi - sentence.lo <= STRETCH:
        yield sentence
        return
    for lo in range(sentence.lo, sentence.hi - STRETCH // 2, STRETCH // 2):
        yield type(sentence)(sentence.words, lo, min(lo + STRETCH, sentence.hi), flat=True)


def _frame(sentence: Sentence) -> bool:
    return (
        first_match(
            listed("recap.frame"),
            sentence,
        )
        is not None
    )


def _asks(sentence: Sentence) -> bool:
    """Whether it is a question for something new; a tag or “is that right” is none."""
    if _frame(sentence):
        return False
    if sentence.question is False:
        return first_match(listed("recap.asks_3"), sentence) is not None
    tag = listed("recap.asks_2")
    if sentence.question and first_match(tag, sentence) is not None:
        return False
    opens = listed("recap.asks")
    return first_match(opens, sentence) is not None or bool(sentence.question)


def _both(block: Block) -> tuple[int, int] | None:
    """Find what they want, said as a statement, beside what happened."""
    whole = Span(block.words, 0, len(block.tokens), block.whole().flat)
    want = listed("recap.both")
    for sentence in block.sentences:
        if sentence.question and not _frame(sentence) and not _closes_with_tag(sentence):
            continue
        found = first_match(want, sentence)
        if found is None or _is_no_wish(sentence, found[0]):
            continue
        lo = _happened(block, found)
        if lo is not None and whole.words:
            return min(lo, found[0]), max(found[1], lo + 1)
    return None


def _closes_with_tag(sentence: Sentence) -> bool:
    tag = listed("recap.closes_with_tag")
    return first_match(tag, sentence) is not None


def _is_no_wish(sentence: Sentence, at: int) -> bool:
    """Conditions, offers and questions hold the same words."""
    before = tuple(sentence.words[max(sentence.lo, at - 2) : at])
    if before and before[-1] in {"if", "would", "do", "did", "whatever", "when", "as", "should",
                                 "whether", "thank", "all", "can", "could"}:  # fmt: skip
        return True
    bad = listed("recap.is_no_wish")
    return first_match(bad, sentence) is not None


def _happened(block: Block, want: tuple[int, int]) -> int | None:
    """Find what happened, outside of the words of the wish."""
    past = listed("recap.happened_2")
    for sentence in block.sentences:
        parts = [sentence]
        if sentence.lo <= want[0] < sentence.hi:
            before = Span(sentence.words, sentence.lo, max(sentence.lo, want[0] - 1), sentence.flat)
            after = Span(sentence.words, want[1], sentence.hi, sentence.flat)
            clause = listed("recap.happened")
            found = first_match(past, before)
            if found is None:
                found = first_match(clause, after)
            if found is not None and found[1] - found[0] >= 2:
                return found[0]
            continue
        if sentence.question:
            continue
        found = first_match(past, parts[0]) if first_match(_own(), sentence) is None else None
        if found is not None:
            return found[0]
    return None


def _own() -> tuple[Node, ...]:
    """Give what staff say of themselves, which is no recap."""
    return listed("recap.own")
