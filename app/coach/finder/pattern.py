"""A pattern of a practice's file, and where it is found in a block."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.coach.finder.nodes import Table
from app.coach.finder.talk import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.coach.finder.leaves import Node
    from app.coach.finder.span import Span
    from app.coach.finder.talk import Block, Sentence, Talk

FIRST_BLOCKS: Final = 2
"""What counts as early in a talk: the first two times that staff speak (EVIDENCE, P15 and P22)."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is looked for, and where it does not count."""

    say: tuple[Node, ...]
    """Any of these finds it."""
    wrong: bool = False
    """Whether it finds the practice's opposite."""
    detail: str = ""
    """The kind of a question, such as "goal"; or empty."""
    confidence: float = 0.8
    """0..1, how sure it is with typed words."""
    kind: str = "any"
    """"question", "statement" or "any": what the sentence must be."""
    place: str = "any"
    """"any", "first" (of two), "last", or "ends": where in the talk it counts."""
    channel: str = "any"
    """"any", "spoken" or "written"."""
    unless: tuple[Node, ...] = ()
    """Not where one of these stands in the same sentence."""
    unless_turn: tuple[Node, ...] = ()
    """Not where one of these stands in the same turn, outside of what was found."""
    with_turn: tuple[Node, ...] = ()
    """Only where one of these stands in the same turn."""
    after_customer: tuple[Node, ...] = ()
    """Only where the customer said one of these right before."""


def first_match(nodes: Sequence[Node], span: Span) -> tuple[int, int] | None:
    """Find the first place of a sentence where one of the patterns stands: from, to."""
    table = _table(tuple(nodes))
    said = frozenset(span.words[span.lo : span.hi])
    for at in range(span.lo, span.hi):
        for node in table.at(span.words[at]):
            if not can_stand(node, said):
                continue
            to = max(node.ends(span, frozenset({at})), default=at)
            if to > at:
                return at, to
    return None


def can_stand(node: Node, said: frozenset[str]) -> bool:
    """Whether the words of a sentence, whatever their order, let a pattern stand in it."""
    return not any(need.isdisjoint(said) for need in node.needs())


@functools.lru_cache(maxsize=4096)
def _table(nodes: tuple[Node, ...]) -> Table:
    return Table(nodes)


class Patterns:
    """All patterns of all practices, by the words that they can begin with."""

    def __init__(self, patterns: Sequence[tuple[str, Pattern]]) -> None:
        self._patterns = patterns
        self._by_word: dict[str, list[tuple[int, Node]]] = {}
        self._open: list[tuple[int, Node]] = []
        for number, (_, pattern) in enumerate(patterns):
            for node in pattern.say:
                begins = node.first()
                if begins is None:
                    self._open.append((number, node))
                for word in begins or ():
                    self._by_word.setdefault(word, []).append((number, node))

    def find(self, talk: Talk, block: Block) -> Iterator[Found]:
        """Give one find for each pattern and sentence."""
        allowed = [self._fits(pattern, talk, block) for _, pattern in self._patterns]
        for sentence in block.sentences:
            seen: set[int] = set()
            said = frozenset(sentence.words[sentence.lo : sentence.hi])
            stands: dict[Node, bool] = {}
            for at in range(sentence.lo, sentence.hi):
                for number, node in (*self._by_word.get(sentence.words[at], ()), *self._open):
                    if number in seen or not allowed[number]:
                        continue
                    if node not in stands:
                        stands[node] = can_stand(node, said)
                    if not stands[node]:
                        continue
                    ends = node.ends(sentence, frozenset({at}))
                    to = max(ends, default=at)
                    practice, pattern = self._patterns[number]
                    if to > at and _counts(pattern, block, sentence, at, min(ends)):
                        seen.add(number)
                        yield Found(
                            practice, at, to, pattern.wrong, pattern.confidence, pattern.detail
                        )

    @staticmethod
    def _fits(pattern: Pattern, talk: Talk, block: Block) -> bool:
        """Tell whether a pattern counts in a block at all."""
        if pattern.channel != "any" and (pattern.channel == "written") != talk.written:
            return False
        early = block.number < FIRST_BLOCKS
        fits = {
            "any": True, "first": early, "last": block.last, "ends": early or block.last,
        }[pattern.place]  # fmt: skip
        if not fits:
            return False
        if pattern.with_turn and first_match(pattern.with_turn, block.whole()) is None:
            return False
        return not pattern.after_customer or (
            first_match(pattern.after_customer, block.customer()) is not None
        )


def _counts(pattern: Pattern, block: Block, sentence: Sentence, at: int, to: int) -> bool:
    told = sentence.question is not None and pattern.kind != "any"
    if told and sentence.question != (pattern.kind == "question"):
        return False
    if pattern.unless and first_match(pattern.unless, near(sentence, at, to)) is not None:
        return False
    if not pattern.unless_turn:
        return True
    rest = block.at_once(at, to)
    # What was found must not undo itself: only the words around it are looked at.
    parts = (
        type(rest)(rest.words, rest.lo, at, rest.flat),
        type(rest)(rest.words, to, rest.hi, rest.flat),
    )
    return all(first_match(pattern.unless_turn, part) is None for part in parts)


REACH: Final = 12
"""Words around a find that count as its sentence where no punctuation tells."""


def near(sentence: Sentence, at: int, to: int) -> Sentence:
    """Give the sentence, or, in words without punctuation, what stands close to a find."""
    if not sentence.flat:
        return sentence
    lo, hi = max(sentence.lo, at - REACH), min(sentence.hi, to + REACH)
    return type(sentence)(sentence.words, lo, hi, flat=True)
