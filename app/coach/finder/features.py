"""What the finder's second opinion looks at in a sentence."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.coach.finder.content import content, stem
from app.coach.finder.jargon import stands
from app.coach.finder.names import name_words
from app.coach.finder.recap import heard_words
from app.coach.finder.talk import Sentence
from app.coach.finder.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.talk import Block, Talk

ANYWHERE: Final = -1
"""Place of what is known of a sentence besides its words."""


def features(talk: Talk, block: Block, sentence: Sentence) -> dict[str, int]:
    """Give what the model looks at in a sentence, each with the place where it stands first.

    Words, pairs of words and stems, the words of the customer right before ("c:"), and what is
    known besides ("#"): the place in the talk, words in common with the customer and the card.
    """
    words = [_shape(word, talk) for word in sentence.words[sentence.lo : sentence.hi]]
    ends = {True: ["?"], False: ["."], None: []}[sentence.question]
    framed = ["^", *words, *ends]
    found: dict[str, int] = {}
    for at, word in enumerate(framed):
        place = min(sentence.lo + max(0, at - 1), sentence.hi - 1)
        found.setdefault(word, place)
        if at + 1 < len(framed):
            found.setdefault(f"{word} {framed[at + 1]}", place)
        if word.isalpha():
            found.setdefault(f"s:{stem(word)}", place)
    for word in block.before:
        found.setdefault(f"c:{word}", ANYWHERE)
    for fact in _known(talk, block, sentence):
        found.setdefault(f"#{fact}", ANYWHERE)
    return found


def as_one(block: Block) -> Block:
    """Give a block as recognised words would be: one sentence without punctuation."""
    return replace(
        block, sentences=[Sentence(block.words, 0, len(block.tokens), flat=True, question=None)]
    )


def _shape(word: str, talk: Talk) -> str:
    if word in name_words(talk):
        return "<name>"
    return "<n>" if any(char.isdigit() for char in word) else word


def _known(talk: Talk, block: Block, sentence: Sentence) -> Iterator[str]:
    """Give what is known of a sentence besides its words."""
    said = set(content(sentence.words[sentence.lo : sentence.hi]))
    shared = len(said & heard_words(block))
    yield f"shared {min(shared, 4)}"
    yield f"part {int(4 * shared / max(1, len(said)))}"
    yield f"long {min((sentence.hi - sentence.lo) // 4, 5)}"
    yield f"questions {min(3, sum(bool(one.question) for one in block.sentences))}"
    if talk.context.card:
        yield f"card {min(3, len(said & _card_words(talk.context.card)))}"
    facts = {
        "first": block.number == 0,
        "second": block.number == 1,
        "last": block.last,
        "last, not first": block.last and block.number > 0,
        "written": talk.written,
        "after customer": bool(block.before),
        "head": sentence.lo == 0,
        "tail": sentence.hi == len(block.tokens),
        "flat": sentence.flat,
        "term": any(stands(term, sentence) for term in talk.context.jargon),
    }
    yield from (name for name, holds in facts.items() if holds)


@functools.lru_cache(maxsize=64)
def _card_words(card: tuple[str, ...]) -> frozenset[str]:
    return frozenset(content(token.text for fact in card for token in tokens_of(fact)[0]))
