"""P14: a term of the trade that this customer does not know, and that nobody explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.coach.finder.classes import phrases
from app.coach.finder.nodes import Span
from app.coach.finder.pattern import first_match
from app.coach.finder.talk import Found
from app.coach.finder.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.coach.finder.talk import Block, Talk


def terms(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find unexplained terms."""
    del finds
    for term in talk.context.jargon:
        words = [token.text for token in tokens_of(term)[0]]
        place = _place(block.words, words)
        if place is None or _explained(block, place, words):
            continue
        earlier = talk.blocks[: block.number]
        if any(
            (at := _place(one.words, words)) is not None and _explained(one, at, words)
            for one in earlier
        ):
            continue
        yield Found("P14", place, place + len(words), wrong=True, confidence=0.85)


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
    after = Span(block.words, to, min(to + 14, len(block.words)), flat=True)
    before = Span(block.words, max(0, at - 14), at, flat=True)
    says = phrases(
        "(that is|that means|that 's|which means|which is|meaning|means|in other words|i mean|it means|so to say|in plain (words|english)|in short|basically|namely|so the|so what|so that is|or|like if|like when|such as|for example|it is (a|an|the|when|what|where|how|just|only|your|our|money|where)|that would be|this is|this means|is (a|an|the|just|only|what|when|where|how|your|our|basically|money|simply|like)|are (the|just|what|things|small|extra|little|your|our|basically|simply)|as in|stands for|to you and me|what it (means|is)|they are|those are|short for|a kind of|a sort of|a type of|our (word|name|term)|we call|is when|if you|explain|the (place|room|person|money|paper|part|number|thing|letter|blood|fee)  (where|who|that|which|with|for|they|you|we)|the room where|the people who|the money)"
    )
    first = first_match(says, after)
    if first is not None and first[0] - to <= 4:
        return True
    called = phrases(
        "(called|call it|call that|call them|known as|name for|term for|term is|word is|word for|word for that is|we say|they say|say|the so called|that is (the|our|a|an|what we call)|in our language|it is called|named|refer to|jargon|officially|technically)  ~3"
    )
    last = first_match(called, before)
    if last is not None and at - last[0] <= 7:
        return True
    anywhere = first_match(
        phrases(
            "in other words|which means|that means|meaning|in plain (words|english)|that is to say|let me explain|what (that|it) means|it means"
        ),
        after,
    )
    return anywhere is not None
