"""P04: haste or small talk that the customer started, and how it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import listed
from app.coach.finder.content import content
from app.coach.finder.pattern import first_match
from app.coach.finder.talk import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.leaves import Node
    from app.coach.finder.talk import Block, Sentence, Talk

_SERIOUS: Final = frozenset({"P01", "P09", "P11", "P13", "P19", "P20", "P21", "P23"})
"""Finds that show an answer to the matter, not to small talk."""


def mirrored(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find an answer in kind to what the customer started right before."""
    if not block.before or not block.sentences or talk.written:
        return
    head = block.sentences[0]
    if any(one.practice in _SERIOUS and head.lo <= one.lo < head.hi for one in finds):
        return
    customer = block.customer()
    if first_match(listed("customer_starts.haste"), customer) is not None:
        for sentence in block.sentences[:2]:
            place = first_match(listed("customer_starts.short"), sentence)
            if place is not None and first_match(_slow(), sentence) is None:
                yield Found("P04", place[0], place[1], confidence=0.8)
                return
    serious = listed("customer_starts.business", "customer_starts.trouble")
    business = first_match(serious, customer) is not None
    if business and not _chatty(customer):
        return
    if first_match(listed("customer_starts.talk"), customer) is None and (
        business or not _own_turn(block)
    ):
        return
    if _in_kind(head, block):
        yield Found("P04", head.lo, min(head.hi, head.lo + 12), confidence=0.7)


def _chatty(customer: Sentence) -> bool:
    """Whether small talk stands beside a matter, as a sentence of its own would."""
    return len(customer.words) > 14


def _own_turn(block: Block) -> bool:
    """Whether the answer alone shows small talk, where no known subject was started."""
    cues = listed("customer_starts.own_turn")
    return any(first_match(cues, one) is not None for one in block.sentences[:2])


def _in_kind(head: Sentence, block: Block) -> bool:
    first_two = block.sentences[:2]
    if first_match(listed("customer_starts.data_only"), head) is not None:
        return False
    theirs = set(content(block.before))
    own = {word for one in first_two for word in content(one.words[one.lo : one.hi])}
    if theirs & own:
        return True
    if sum(one.hi - one.lo for one in first_two) < 4:
        return False
    in_kind = listed("customer_starts.in_kind")
    return any(first_match(in_kind, one) is not None for one in first_two)


def _slow() -> tuple[Node, ...]:
    return listed("customer_starts.slow")
