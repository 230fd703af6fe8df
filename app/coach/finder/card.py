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
    from collections.abc import Iterator, Mapping

    from app.coach.finder.talk import Block, Talk

SHORT: Final = 5
"""Words of content in a fact, up to which one of them is enough to tell it."""


def card_facts(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find a sentence that uses a fact: two of its words, or one and a word to the customer."""
    del finds
    if not talk.context.card:
        return
    facts = [set(content(_words(fact))) for fact in talk.context.card]
    mine = set(content(_words(talk.context.customer)))
    first = block.tokens[0].turn if block.tokens else 0
    for sentence in block.sentences:
        said = set(content(sentence.words[sentence.lo : sentence.hi]))
        if not any(fact & said for fact in facts):
            continue
        theirs = {word for word in said if first_said(talk).get(word, first) < first}
        personal = first_match(listed("card.card_facts"), sentence) is not None
        # What they said themselves, or their name, is no knowledge of the house.
        if any(_uses(fact, said - theirs - mine, personal=personal) for fact in facts):
            yield Found("P18", sentence.lo, sentence.hi, confidence=0.75)
            return


def first_said(talk: Talk) -> Mapping[str, int]:
    """Give the turn in which the customer first said each word of content; looked for once."""
    if talk.first_said is None:
        found: dict[str, int] = {}
        for number, turn in enumerate(talk.turns):
            if turn.speaker is Speaking.CUSTOMER:
                for word in content(_words(turn.text)):
                    found.setdefault(word, number)
        talk.first_said = found
    return talk.first_said


def _uses(fact: set[str], said: set[str], *, personal: bool) -> bool:
    shared = len(fact & said)
    short = len(fact) <= SHORT
    return shared >= 2 or (short and shared == 1 and personal)


def _words(text: str) -> list[str]:

    return [token.text for token in tokens_of(text)[0]]
