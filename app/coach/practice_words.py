"""Plain sentences on order and length, and on who talked when: what was seen, never a mark."""

from __future__ import annotations

from statistics import median
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.order import OrderKind, OrderNote
from app.coach.practice_types import Phase
from app.coach.words import format_duration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.coach.talk_facts import TalkFacts

MOST_OVERLAPS: Final = 5
"""More lines than this nobody reads."""

_DID: Final[Mapping[Phase, str]] = MappingProxyType(
    {
        Phase.APOLOGY: "apologised",
        Phase.RECAP: "said it back to them",
        Phase.QUESTIONS: "asked about it",
        Phase.OPTIONS: "gave options",
        Phase.COMMITMENT: "said who does what by when",
        Phase.CLOSING: "closed the conversation",
    }
)
"""What somebody did in a phase; goes after "you"."""
_ORDER: Final[Mapping[OrderKind, str]] = MappingProxyType(
    {
        OrderKind.LONG_APOLOGY: "Your apology took {length}. Up to about 7 s works best.",
        OrderKind.SWAPPED: "You {first} before you {then}. The other way round works better.",
        OrderKind.BEFORE_THEY_SPOKE: "You {first} before they had said what it is about.",
    }
)
_SHARE: Final = "You talked for {mine}, the customer for {theirs}: {percent} % was you."
_ANSWERED: Final = "You answered {length} after they had finished (the middle one of {n} answers)."
_ANSWERED_ONCE: Final = "You answered {length} after they had finished."
_BOTH: Final = "Both of you talked for {length}; the customer had begun."
_NONE: Final = "You did not talk over the customer."
_UNKNOWN: Final = (
    "Talking over each other was not measured, because the microphone heard the customer too. "
    "With headphones it is."
)


def _as_it_is(text: str) -> str:
    return text


def order_sentence(note: OrderNote, tell: Callable[[str], str] = _as_it_is) -> str:
    """Say one note in a sentence; `tell` translates its parts."""
    return tell(_ORDER[note.kind]).format(
        length=format_duration(note.lasted_s or 0.0),
        first=tell(_DID.get(note.first, "went on")),
        then=tell(_DID.get(note.then, "went on")) if note.then is not None else "",
    )


def talk_sentences(
    facts: TalkFacts, tell: Callable[[str], str] = _as_it_is
) -> list[tuple[str, float | None]]:
    """Say who talked how much; each sentence with the moment to play, where it has one."""
    share = tell(_SHARE).format(
        mine=format_duration(facts.staff_s),
        theirs=format_duration(facts.customer_s),
        percent=round(facts.share * 100),
    )
    lines: list[tuple[str, float | None]] = [(share, None)]
    if facts.overlaps is None:
        lines.append((tell(_UNKNOWN), None))
    elif not facts.overlaps:
        lines.append((tell(_NONE), None))
    for start, end in (facts.overlaps or ())[:MOST_OVERLAPS]:
        lines.append((tell(_BOTH).format(length=format_duration(end - start)), start))
    if facts.gaps_s:
        text = tell(_ANSWERED if len(facts.gaps_s) > 1 else _ANSWERED_ONCE)
        length = format_duration(median(facts.gaps_s))
        lines.append((text.format(length=length, n=len(facts.gaps_s)), None))
    return lines
