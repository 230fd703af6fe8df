"""P07: a small kind thing that nobody owed: an offer, a treat, and no price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.coach.finder.classes import listed
from app.coach.finder.pattern import first_match
from app.coach.finder.talk import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.span import Span
    from app.coach.finder.talk import Block, Talk


def extras(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find small kindnesses."""
    del talk, finds
    for sentence in block.sentences:
        gift = first_match(listed("extras.gift"), sentence)
        thing = first_match(listed("extras.kind"), sentence)
        treat = first_match(listed("extras.thing"), sentence)
        if gift is None and thing is None and treat is None:
            continue
        if first_match(listed("extras.not"), sentence) is not None:
            continue
        offer = first_match(listed("extras.offer"), sentence)
        free = first_match(listed("extras.free"), sentence)
        if offer is not None and thing is not None:
            yield _found(sentence, thing)
        elif treat is not None and (free is not None or (offer is not None and _given(sentence))):
            yield _found(sentence, treat)
        elif gift is not None and offer is not None:
            yield _found(sentence, gift)


def _given(sentence: Span) -> bool:
    """Whether a thing is offered to them, rather than asked for or sold."""
    gives = listed("extras.given")
    return first_match(gives, sentence) is not None


def _found(sentence: Span, place: tuple[int, int]) -> Found:
    return Found("P07", max(sentence.lo, place[0] - 2), place[1], confidence=0.7)
