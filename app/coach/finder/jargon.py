"""P14: a term of the trade that this customer does not know, and that nobody explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import listed, listed_words
from app.coach.finder.pattern import first_match
from app.coach.finder.span import Span
from app.coach.finder.talk import Found
from app.coach.finder.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.coach.finder.talk import Block, Talk

SAID: Final = 4
"""Words before a term at the end of a sentence that are enough to have explained it."""
_ARTICLES: Final = frozenset({"the", "a", "an", "our", "your"})


def terms(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find unexplained terms."""
    del finds
    for term in talk.context.jargon:
        words = [token.text for token in tokens_of(term)[0]]
        place = _place(block.words, words)
        if place is None or term in talk.explained:
            continue
        if _explained(block, place, words):
            talk.explained.add(term)
            continue
        yield Found("P14", place, place + len(words), wrong=True, confidence=0.85)


def stands(term: str, span: Span) -> bool:
    """Whether a term of the trade stands in a sentence."""
    words = [token.text for token in tokens_of(term)[0]]
    return _place(span.words[span.lo : span.hi], words) is not None


def _place(words: Sequence[str], term: Sequence[str]) -> int | None:
    for at in range(len(words) - len(term) + 1):
        here = words[at : at + len(term)]
        if list(here[:-1]) == list(term[:-1]) and _same(here[-1], term[-1]):
            return at
    return None


def _same(word: str, term: str) -> bool:
    return word == term or word in (f"{term}s", f"{term}es") or term in (f"{word}s", f"{word}es")


def _explained(block: Block, at: int, term: Sequence[str]) -> bool:
    """Whether words around the term say what it is."""
    to = at + len(term)
    if _set_off(block, to - 1) or _named_last(block, at, to):
        return True
    after = Span(block.words, to, min(to + 14, len(block.words)), flat=True)
    before = Span(block.words, max(0, at - 14), at, flat=True)
    says = listed("jargon.explained_3")
    first = first_match(says, after)
    if first is not None and first[0] - to <= 4:
        return True
    called = listed("jargon.explained_2")
    last = first_match(called, before)
    if last is not None and at - last[0] <= 7:
        return True
    anywhere = first_match(
        listed("jargon.explained"),
        after,
    )
    return anywhere is not None


def _named_last(block: Block, at: int, to: int) -> bool:
    """Whether the term ends a sentence that has said what it is: "…, the SENCO."."""
    sentence = block.sentence_at(at)
    if sentence.flat or to != sentence.hi:
        return False
    first = at - 1 if at > sentence.lo and block.tokens[at - 1].text in _ARTICLES else at
    if first - sentence.lo < SAID:
        return False
    here, after = block.tokens[first - 1], block.tokens[first]
    between = block.texts[here.turn][here.end : after.start] if here.turn == after.turn else ""
    return any(sign in between for sign in ",(:–—-")


def _set_off(block: Block, at: int) -> bool:
    """Whether a comma, a bracket or a dash after the term leads to what it is."""
    if at + 1 >= len(block.tokens):
        return False
    here, after = block.tokens[at], block.tokens[at + 1]
    if here.turn != after.turn:
        return False
    between = block.texts[here.turn][here.end : after.start]
    signs = any(sign in between for sign in ",(:–—-")
    return signs and after.text in listed_words("jargon.leads_in")
