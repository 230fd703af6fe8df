"""P22: the customer's name, early and at the close, and not too often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import listed, listed_words
from app.coach.finder.pattern import FIRST_BLOCKS, first_match
from app.coach.finder.span import Span
from app.coach.finder.talk import Found
from app.coach.finder.tokens import tokens_of
from app.coach.practice_types import Speaking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.coach.finder.talk import Block, Talk
    from app.coach.practices import Practice

MOST: Final = 3
"""Uses in the window that do no harm (EVIDENCE, P22)."""
FAREWELL: Final = 4
"""Words between a goodbye and the name that goes with it."""
WINDOW_S: Final = 300.0
"""Five minutes (EVIDENCE, P22); without times the whole talk."""


class Names:
    """Finds the name as an address, not as a record."""

    def __init__(self, practices: Sequence[Practice]) -> None:
        own = next((one.ceiling for one in practices if one.id == "P22"), None)
        self._most = own if own is not None else MOST

    def __call__(self, talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
        """Give the name's use, or its overuse, in a block."""
        del finds
        here = _said(talk, block)
        if not here:
            return
        if block.last:
            yield from _farewell(block, here)
        before = self._before(talk, block)
        if before <= self._most < before + len(here):
            lo, hi = here[self._most - before]
            yield Found("P22", lo, hi, wrong=True, confidence=0.9)
        elif block.number < FIRST_BLOCKS or block.last:
            lo, hi = here[0]
            yield Found("P22", lo, hi, confidence=0.9)

    def _before(self, talk: Talk, block: Block) -> int:
        """Count the uses before a block, no further than there are too many."""
        count = 0
        for number in range(block.number - 1, -1, -1):
            earlier = talk.blocks[number]
            if count > self._most or not _near(earlier, block):
                break
            count += len(_said(talk, earlier))
        return count


def _said(talk: Talk, block: Block) -> Sequence[tuple[int, int]]:
    """Give the uses of the name in a block, looked for once."""
    if block.name_uses is None:
        block.name_uses = _uses(block, forms_of(talk))
    return block.name_uses


def _farewell(block: Block, uses: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """P27: a goodbye with the name."""
    for lo, hi in uses:
        around = Span(
            block.words, max(0, lo - FAREWELL), min(hi + FAREWELL, len(block.words)), flat=True
        )
        if first_match(listed("names.goodbye"), around) is not None:
            yield Found("P27", lo, hi, confidence=0.85)
            return


def _near(earlier: Block, block: Block) -> bool:
    if earlier.start_s is None or block.start_s is None:
        return True
    return block.start_s - earlier.start_s <= WINDOW_S


def name_words(talk: Talk) -> tuple[str, ...]:
    """Give the words of the customer's name, the title left out; empty where it is not known."""
    forms = forms_of(talk)
    return forms[0] if forms else ()


def forms_of(talk: Talk) -> Sequence[tuple[str, ...]]:
    """Give the ways in which the customer may be addressed, the longest first; made once."""
    if talk.name_forms is None:
        talk.name_forms = _forms(talk)
    return talk.name_forms


def _forms(talk: Talk) -> list[tuple[str, ...]]:
    name = talk.context.customer
    titles = listed_words("names.titles")
    if not name and not talk.given:
        name = _introduced(talk)
    words = [token.text for token in tokens_of(name)[0]]
    plain = tuple(word for word in words if word not in titles)
    if not plain:
        return []
    forms = [plain, (plain[-1],), (plain[0],)]
    return sorted(set(forms), key=len, reverse=True)


def _introduced(talk: Talk) -> str:
    """Take the name from the customer's own words, where no card tells it."""
    titles = listed_words("names.titles")
    for turn in talk.turns:
        if turn.speaker is not Speaking.CUSTOMER:
            continue
        words = [token.text for token in tokens_of(turn.text)[0]]
        for at, word in enumerate(words):
            told = words[max(0, at - 3) : at]
            if told[-2:] in (["name", "is"], ["name", "'s"]) and word not in titles:
                return " ".join(words[at : at + 2])
            if at and words[at - 1] in titles - {"sir", "madam"} and "am" in told:
                return word
    return ""


def _uses(block: Block, forms: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    words = block.words
    titles = listed_words("names.titles")
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        form = next((one for one in forms if tuple(words[at : at + len(one)]) == one), None)
        if form is None:
            at += 1
            continue
        to = at + len(form)
        lo = at - 1 if at and words[at - 1] in titles else at
        addressed = lo < at or (_is_capital(block, at) and _is_address(words, at, to))
        if addressed and not _is_record(words, lo, to):
            found.append((lo, to))
        at = to
    return found


def _is_capital(block: Block, at: int) -> bool:
    """Whether a word is written as a name is; recognised words have small letters alone."""
    token = block.tokens[at]
    text = block.texts[token.turn]
    return text[token.start].isupper() or text.islower()


def _is_address(words: Sequence[str], at: int, to: int) -> bool:
    """Tell an address without a title from the same word with another meaning."""
    before = words[at - 1] if at else ""
    after = words[to] if to < len(words) else ""
    return before not in {"the", "a", "an", "this", "that", "your", "our", "my", "any", "no"} and (
        after not in {"'s", "blank", "is", "comes", "was", "has", "form", "card", "file"}
    )


def _is_record(words: Sequence[str], lo: int, to: int) -> bool:
    if to < len(words) and words[to] == "'s" and lo and words[lo - 1] not in {"so", "now"}:
        return True
    before = Span(words, max(0, lo - 2), lo, flat=True)
    return any(
        to == lo
        for at in range(before.lo, lo)
        for node in listed("names.record")
        for to in node.ends(before, frozenset({at}))
    )
