"""P18: a fact of the customer's card, used for this customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import listed
from app.coach.finder.content import content
from app.coach.finder.pattern import first_match
from app.coach.finder.talk import Found
from app.coach.finder.tokens import tokens_of
from app.coach.practice_types import Speaking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.talk import Block, Talk

SHORT: Final = 5
"""Words of content in a fact, up to which one of them is enough to tell it."""


def card_facts(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find a sentence that uses a fact: two of its words, or one and a word to the customer."""
    del finds
    if not talk.context.card:
        return
    facts = [set(content(_words(fact))) for fact in talk.context.card]
    known: set[str] | None = None
    for sentence in block.sentences:
        said = set(content(sentence.words[sentence.lo : sentence.hi]))
        if not any(fact & said for fact in facts):
            continue
        if known is None:
            known = _known(talk, block)
        personal = first_match(listed("card.card_facts"), sentence) is not None
        if any(_uses(fact, said - known, personal=personal) for fact in facts):
            yield Found("P18", sentence.lo, sentence.hi, confidence=0.75)
            return


def _known(talk: Talk, block: Block) -> set[str]:
    """Give the words of content that the customer said themselves, or that are their name."""
    known = {word for turn in _customer(talk, block) for word in content(_words(turn))}
    return known | set(content(_words(talk.context.customer)))


def _customer(talk: Talk, block: Block) -> list[str]:
    """Give what the customer said themselves until then, which is no knowledge of the house."""
    first = block.tokens[0].turn if block.tokens else 0
    return [turn.text for turn in talk.turns[:first] if turn.speaker is Speaking.CUSTOMER]


def _uses(fact: set[str], said: set[str], *, personal: bool) -> bool:
    shared = len(fact & said)
    short = len(fact) <= SHORT
    return shared >= 2 or (short and shared == 1 and personal)


def _words(text: str) -> list[str]:

    return [token.text for token in tokens_of(text)[0]]
