"""The rules that need to count, compare or look around: one file for each family.

A family gets the talk, a block of it and what the patterns found there, and gives more finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.coach.finder.card import card_facts
from app.coach.finder.commitment import commitments
from app.coach.finder.customer_starts import mirrored
from app.coach.finder.extras import extras
from app.coach.finder.jargon import terms
from app.coach.finder.names import Names
from app.coach.finder.options import options
from app.coach.finder.questions import questions
from app.coach.finder.recap import recaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.coach.finder.talk import Block, Found, Talk
    from app.coach.practices import Practice


class Family(Protocol):
    """One rule in code."""

    def __call__(self, talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterable[Found]:
        """Give what it finds in a block."""
        ...


def families(practices: Sequence[Practice]) -> tuple[Family, ...]:
    """Give all rules; later ones see what earlier ones found."""
    return (
        Names(practices), commitments, options, recaps, mirrored, questions, extras, terms,
        card_facts,
    )  # fmt: skip
