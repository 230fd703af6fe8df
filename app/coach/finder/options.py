"""P25: two courses or more between which this customer can choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import listed
from app.coach.finder.pattern import first_match
from app.coach.finder.span import Span
from app.coach.finder.talk import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.talk import Block, Talk

CLOSE: Final = 28
"""Words within which the offer and its “or” belong together, where no punctuation tells."""


def options(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find the place where courses are offered, once in a block."""
    del talk, finds
    for number, sentence in enumerate(block.sentences):
        found = _in(sentence)
        if found is None and number:
            before = block.sentences[number - 1]
            found = _over(before, sentence)
        if found is not None:
            yield Found("P25", *found, confidence=0.8)
            return


def _in(sentence: Span) -> tuple[int, int] | None:
    if first_match(listed("options.not"), sentence) is not None:
        return None
    if first_match(listed("options.data"), sentence) is not None:
        return None
    offer = first_match(listed("options.offer"), sentence)
    if offer is None:
        return None
    rest = Span(sentence.words, offer[0] + 1, sentence.hi, sentence.flat)
    second = first_match(listed("options.second"), rest)
    if second is None or second[0] - offer[0] > CLOSE:
        return None
    return offer[0], second[1]


def _over(before: Span, sentence: Span) -> tuple[int, int] | None:
    """Look over two sentences: “We can do it by phone. Or in person.”."""
    both = Span(sentence.words, before.lo, sentence.hi, flat=True)
    goes_on = listed("options.over")
    if (
        first_match(goes_on, sentence) is None
        or first_match(listed("options.not"), both) is not None
    ):
        return None
    offer = first_match(listed("options.offer"), before)
    return None if offer is None else (offer[0], sentence.hi)
