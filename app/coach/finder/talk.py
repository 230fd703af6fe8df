"""A talk as the rules see it: what staff say in blocks, cut into sentences, with what came before.

Recognised words are cut into turns wherever somebody breathes. What staff say without the
customer between is therefore one block, and the rules that speak of a turn look at blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003 - fields of dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.coach.finder.span import Span
from app.coach.finder.tokens import Token, is_flat, tokens_of
from app.coach.practice_types import Speaking, Turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.scenario_types import Scenario

NEW_BLOCK_S: Final = 4.0
"""After a longer silence the customer has spoken, although nobody wrote it down; seconds."""
LONGEST: Final = 200
"""Turns after which a speech that nobody interrupts goes on as another block: rules compare all of
a block with all of it, and a day of subtitles without names would be one."""
HEARD: Final = 8
"""So many of the customer's last turns are looked at."""


@dataclass(frozen=True, slots=True)
class FinderContext:
    """What is known about the customer and the matter besides the words."""

    customer: str = ""
    """Their name as on the card; empty where it is not known."""
    lines: tuple[str, ...] = ()
    """What they said before, or say in the scenario."""
    jargon: tuple[str, ...] = ()
    """Words of the trade that they do not know."""
    card: tuple[str, ...] = ()
    """What the house knows of them, one fact each."""
    nouns: tuple[str, ...] = ()
    """Their own nouns, which a recap should take up."""

    @classmethod
    def of(cls, scenario: Scenario) -> FinderContext:
        """Take from a scenario what the finder needs."""
        return cls(
            customer=scenario.customer.name,
            lines=tuple(line.text for line in scenario.lines),
            jargon=tuple(term.word for term in scenario.jargon),
            card=(*scenario.customer.history, scenario.customer.purpose),
            nouns=scenario.nouns,
        )


@dataclass(slots=True)
class Sentence(Span):
    """One sentence of a block."""

    question: bool | None = None
    """Whether a question mark ends it; None where there is no punctuation to tell."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a block that speaks for or against a practice."""

    practice: str
    """P01 to P32."""
    lo: int
    """Number of its first token in the block."""
    hi: int
    """One past its last token."""
    wrong: bool = False
    """Whether the practice's opposite was done."""
    confidence: float = 0.8
    """0..1."""
    detail: str = ""
    """More about it in a stable word."""


@dataclass(slots=True)
class Block:
    """What staff say until the customer speaks."""

    number: int
    """Of the blocks of staff, from 0."""
    tokens: list[Token]
    """Its words."""
    sentences: list[Sentence]
    """Its sentences, in their order."""
    before: tuple[str, ...]
    """Words of what the customer said right before it; empty where they said nothing."""
    heard: tuple[str, ...]
    """What the customer said last until then, one text each."""
    texts: Mapping[int, str]
    """Text of each of its turns, by number."""
    last: bool = False
    """Whether no other block of staff comes after it."""
    start_s: float | None = None
    """When it began, seconds; None in a text without times."""
    name_uses: Sequence[tuple[int, int]] | None = None
    """Where the customer is addressed, by numbers of words; None until somebody looked."""
    heard_words: frozenset[str] | None = None
    """Stems of what the customer said lately; None until somebody looked."""

    @property
    def words(self) -> list[str]:
        """Its words in their one form."""
        return [token.text for token in self.tokens]

    def whole(self) -> Sentence:
        """Give the block as one sentence, for what is looked for anywhere in it."""
        flat = all(one.flat for one in self.sentences)
        return Sentence(self.words, 0, len(self.tokens), flat)

    def at_once(self, at: int, to: int) -> Sentence:
        """Give the lines that hold some words, and the ones right before and after them.

        What is said some lines further on is not said in the same breath, even where nobody else
        has spoken between.
        """
        lines = list(dict.fromkeys(token.turn for token in self.tokens))
        first = lines.index(self.tokens[at].turn)
        near = lines[max(0, first - 1) : lines.index(self.tokens[to - 1].turn) + 2]
        inside = [number for number, token in enumerate(self.tokens) if token.turn in near]
        whole = self.whole()
        return Sentence(whole.words, inside[0], inside[-1] + 1, whole.flat)

    def customer(self) -> Sentence:
        """Give what the customer said right before as one sentence."""
        return Sentence(self.before, 0, len(self.before), flat=True)

    def sentence_at(self, at: int) -> Sentence:
        """Give the sentence that holds a token."""
        return next(one for one in self.sentences if one.lo <= at < one.hi)


@dataclass(slots=True)
class Talk:
    """A whole conversation, with what is known about it."""

    turns: Sequence[Turn]
    """All turns of both sides."""
    context: FinderContext
    """What is known besides the words."""
    given: bool
    """Whether somebody gave a context; without one a name is taken from the words."""
    written: bool = False
    """Whether it is a written reply."""
    blocks: list[Block] = field(default_factory=list)
    """What staff said."""
    name_forms: Sequence[tuple[str, ...]] | None = None
    """The ways in which the customer may be addressed; None until somebody asked."""
    explained: set[str] = field(default_factory=set)
    """Terms of the trade that were explained in the blocks looked at so far."""
    first_said: Mapping[str, int] | None = None
    """Number of the turn in which the customer first said each word of content; None until
    somebody asked."""


def talk_of(turns: Sequence[Turn], context: FinderContext | None, *, written: bool) -> Talk:
    """Cut a conversation into blocks."""
    known = context if context is not None else FinderContext()
    blocks: list[Block] = []
    heard: list[str] = list(known.lines)
    for numbers in _groups(turns):
        if turns[numbers[0]].speaker is Speaking.CUSTOMER:
            heard += [turns[at].text for at in numbers]
            continue
        first = numbers[0]
        after = first > 0 and turns[first - 1].speaker is Speaking.CUSTOMER
        before = _words(turns, first) if after else ()
        blocks.append(_block(turns, numbers, len(blocks), before, tuple(heard[-HEARD:])))
    if blocks:
        blocks[-1].last = True
    return Talk(turns, known, context is not None, written, blocks)


def _groups(turns: Sequence[Turn]) -> Iterator[list[int]]:
    """Numbers of turns that belong together."""
    both = any(turn.speaker is Speaking.CUSTOMER for turn in turns)
    group: list[int] = []
    for at, turn in enumerate(turns):
        if group and (len(group) == LONGEST or not _goes_on(turns[at - 1], turn, both=both)):
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _goes_on(earlier: Turn, turn: Turn, *, both: bool) -> bool:
    if earlier.speaker is not turn.speaker:
        return False
    if earlier.end_s is not None and turn.start_s is not None:
        return turn.start_s - earlier.end_s <= NEW_BLOCK_S
    return both


def _words(turns: Sequence[Turn], until: int) -> tuple[str, ...]:
    """Words of what the customer said right before a turn."""
    first = until
    while first > 0 and turns[first - 1].speaker is Speaking.CUSTOMER:
        first -= 1
    return tuple(token.text for turn in turns[first:until] for token in tokens_of(turn.text)[0])


def _block(
    turns: Sequence[Turn],
    numbers: Sequence[int],
    number: int,
    before: tuple[str, ...],
    heard: tuple[str, ...],
) -> Block:
    tokens: list[Token] = []
    ends: list[tuple[int, bool | None]] = []
    flat = all(is_flat(turns[at].text) for at in numbers)
    for at in numbers:
        more, marks = tokens_of(turns[at].text, at, len(tokens))
        tokens += more
        ends += [(mark.before, mark.question) for mark in marks]
        if not flat and (not ends or ends[-1][0] != len(tokens)):
            ends.append((len(tokens), False))
    if not ends or ends[-1][0] != len(tokens):
        ends.append((len(tokens), None))
    words = [token.text for token in tokens]
    sentences: list[Sentence] = []
    lo = 0
    for hi, question in ends:
        if hi > lo:
            sentences.append(Sentence(words, lo, hi, flat, question=question))
            lo = hi
    texts = {at: turns[at].text for at in numbers}
    start_s = turns[numbers[0]].start_s
    return Block(number, tokens, sentences, before, heard, texts, start_s=start_s)
