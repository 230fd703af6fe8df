"""Settles what several rules found in one place."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.finder.talk import Block, Found

Kind = tuple[str, bool]
"""A practice, and whether it was done wrongly."""

CLOSE: Final = 12
"""Words between two finds that still speak of one thing, where no punctuation tells."""

STANDS_FOR: Final[Mapping[Kind, frozenset[Kind]]] = MappingProxyType(
    {
        # A prosecuting question is one thing: no blame and no interest besides.
        ("P03", True): frozenset({("P03", False), ("P17", False), ("P21", True)}),
        # Questions that check, offer, greet or close are no questions about the matter.
        ("P08", False): frozenset({("P03", False), ("P17", False)}),
        ("P14", False): frozenset({("P03", False), ("P17", False), ("P27", False)}),
        ("P15", False): frozenset({("P03", False), ("P17", False)}),
        ("P25", False): frozenset({("P03", False), ("P17", False)}),
        ("P27", False): frozenset({("P03", False), ("P17", False)}),
        # The answer to small talk, and a feeling inside a pseudo-apology.
        ("P04", False): frozenset({("P08", False)}),
        # An apology that somebody owns is not an empty one as well.
        ("P19", False): frozenset({("P20", True)}),
        ("P20", True): frozenset({("P01", False), ("P09", False)}),
    }
)
"""What a find leaves of the others in its sentence (labelling rules of the evaluation set)."""


def settle(finds: Sequence[Found], block: Block) -> list[Found]:
    """Keep one find for each practice, polarity and sentence: the surest of them."""
    best: dict[tuple[str, bool, int], Found] = {}
    for one in finds:
        key = (one.practice, one.wrong, block.sentence_at(one.lo).lo)
        known = best.get(key)
        if known is None or (one.confidence, bool(one.detail)) > (
            known.confidence, bool(known.detail),
        ):  # fmt: skip
            best[key] = one
    kept = list(best.values())
    return [one for one in kept if not any(_covers(other, one, block) for other in kept)]


def _covers(other: Found, one: Found, block: Block) -> bool:
    """Whether what was found there is the other thing, and not this one as well."""
    covered = STANDS_FOR.get((other.practice, other.wrong), frozenset())
    if (one.practice, one.wrong) not in covered:
        return False
    sentence = block.sentence_at(other.lo)
    if not sentence.lo <= one.lo < sentence.hi or other.hi > sentence.hi:
        return False
    return not sentence.flat or abs(other.lo - one.lo) <= CLOSE
