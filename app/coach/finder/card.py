"""P18: a fact of the customer's card, used for this customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.coach.finder.classes import listed
from app.coach.finder.content import content
from app.coach.finder.pattern import first_match
from app.coach.finder.talk import Found
from app.coach.finder.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.talk import Block, Talk


def card_facts(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find a sentence that uses a fact: two of its words, or one and a word to the customer."""
    del finds
    facts = [set(content(_words(fact))) for fact in talk.context.card]
    name = set(content(_words(talk.context.customer)))
    for sentence in block.sentences:
        said = set(content(sentence.words[sentence.lo : sentence.hi])) - name
        shared = max((len(fact & said) for fact in facts), default=0)
        total = len(set().union(*facts) & said) if facts else 0
        personal = first_match(
            listed("card.card_facts"),
            sentence,
        )  # fmt: skip
        if shared >= 2 or total >= 2 or (total and personal is not None):
            yield Found("P18", sentence.lo, sentence.hi, confidence=0.75)


def _words(text: str) -> list[str]:

    return [token.text for token in tokens_of(text)[0]]
