"""A second opinion on the rules: a linear model over words, fitted on the open sets.

The rules know what somebody wrote down. The model weighs every word, pair of words and stem of a
sentence, and where it stands. It adds what it is sure of, and takes back what it holds for almost
impossible. `tests/benchmarks/recipes/second_opinion.py` makes its weights.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from app.coach.finder.content import content, stem
from app.coach.finder.jargon import stands
from app.coach.finder.names import name_words
from app.coach.finder.recap import heard_words
from app.coach.finder.talk import Found
from app.coach.finder.tokens import tokens_of
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from app.coach.finder.talk import Block, Sentence, Talk

ADDS: Final = 0.5
"""Log odds from which a find is added: five to three."""
DOUBTS: Final = -4.0
"""Log odds below which a rule's find is taken back: less than 1 in 50."""
BEYOND_DOUBT: Final = 0.9
"""Confidence of a rule from which its find is not taken back: people wrote set phrases down that
the authors of the sets shunned, such as “calm down”."""
SUREST: Final = 0.85
"""Confidence of an added find at most; a rule can show what it goes by, the model can not."""
EITHER_SIDE: Final = 7
"""Words around the one that counted most, where no punctuation tells sentences apart."""
RULES_ALONE: Final = frozenset({"P09", "P22"})
"""The name is known, and feelings have words of their own: there it judged worse than the rules."""
ONLY_BY_RULE: Final = frozenset({("P11", True), ("P14", True)})
"""What hangs on the rest of the turn, an alternative or an explanation, which it does not see."""
ANYWHERE: Final = -1
"""Place of what is known of a sentence besides its words."""

Kind = tuple[str, bool]
"""A practice, and whether it was done wrongly."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The model."""

    kinds: tuple[Kind, ...]
    """What it knows, one a column."""
    rows: Mapping[str, int]
    """Number of the row of each feature."""
    table: NDArray[np.float32]
    """Log odds that each feature adds, features x kinds."""
    base: NDArray[np.float32]
    """Log odds without any feature, one a kind."""


@functools.cache
def weights() -> Weights:
    """Read the weights that ship."""
    return read(asset("practices", "opinion.tsv"))


def read(path: Path) -> Weights:
    """Read weights: lines of comment, the kinds, their bases, then a feature a line."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("# ")]
    kinds = tuple((name[:3], name[3:] == "-") for name in lines[0].split("\t")[1:])
    base = np.array([float(number) for number in lines[1].split("\t")[1:]], dtype=np.float32)
    table = np.zeros((len(lines) - 2, len(kinds)), dtype=np.float32)
    rows: dict[str, int] = {}
    for row, line in enumerate(lines[2:]):
        name, _, cells = line.partition("\t")
        rows[name] = row
        for cell in cells.split():
            column, _, number = cell.partition(":")
            table[row, int(column)] = float(number)
    return Weights(kinds, rows, table, base)


class Opinion:
    """Looks at what the rules found in a block, and adds to it.

    Parameters
    ----------
    practices
        Those that it may judge.
    model
        The weights; those that ship where none are given.
    """

    def __init__(self, practices: Iterable[str], model: Weights | None = None) -> None:
        self._judged = frozenset(practices) - RULES_ALONE
        # Read at once, so that it is there when a session begins.
        self._model = weights() if model is None and self._judged else model

    def __call__(self, talk: Talk, block: Block, finds: Sequence[Found]) -> Iterator[Found]:
        """Give the finds that stand, and those that it adds."""
        model = self._model
        if model is None or not self._judged:
            yield from finds
            return
        views = [_view(model, talk, block, sentence) for sentence in block.sentences]
        standing = [one for one in finds if self._stands(model, views, one)]
        yield from standing
        for view in views:
            known = {(one.practice, one.wrong) for one in standing if view.holds(one)}
            known |= ONLY_BY_RULE
            for column in np.flatnonzero(view.odds > ADDS):
                kind = model.kinds[column]
                if kind[0] in self._judged and kind not in known:
                    yield _added(model, view, int(column))

    def _stands(self, model: Weights, views: Sequence[_View], one: Found) -> bool:
        """Whether a find is not almost impossible in all of its sentences."""
        kind = (one.practice, one.wrong)
        if one.practice not in self._judged or kind not in model.kinds:
            return True
        if one.confidence >= BEYOND_DOUBT:
            return True
        column = model.kinds.index(kind)
        return any(view.odds[column] >= DOUBTS for view in views if view.holds(one))


@dataclass(frozen=True, slots=True)
class _View:
    """A sentence as the model sees it."""

    sentence: Sentence
    """The words."""
    places: Mapping[str, int]
    """Its features, each with the place where it stands first."""
    odds: NDArray[np.float32]
    """Log odds, one a kind."""

    def holds(self, one: Found) -> bool:
        """Whether a find stands in it, or partly."""
        return self.sentence.lo < one.hi and one.lo < self.sentence.hi


def _view(model: Weights, talk: Talk, block: Block, sentence: Sentence) -> _View:
    """Weigh a sentence; features count less the more there are of them."""
    places = features(talk, block, sentence)
    rows = [model.rows[name] for name in places if name in model.rows]
    total = model.table[rows].sum(axis=0) / math.sqrt(max(1, len(rows)))
    return _View(sentence, places, total + model.base)


def _added(model: Weights, view: _View, column: int) -> Found:
    lo, hi = view.sentence.lo, view.sentence.hi
    if view.sentence.flat:
        at = _carrier(model, view, column)
        lo, hi = max(lo, at - EITHER_SIDE), min(hi, at + EITHER_SIDE)
    practice, wrong = model.kinds[column]
    sure = 1.0 / (1.0 + math.exp(-float(view.odds[column])))
    return Found(practice, lo, hi, wrong, round(min(SUREST, sure), 3))


def _carrier(model: Weights, view: _View, column: int) -> int:
    """Give the place of the word that speaks most for a kind."""
    spoken = [
        (float(model.table[model.rows[name], column]), -at)
        for name, at in view.places.items()
        if at != ANYWHERE and name in model.rows
    ]
    return -max(spoken)[1] if spoken else view.sentence.lo


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
