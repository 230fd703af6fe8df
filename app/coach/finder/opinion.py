"""A second opinion on the rules: a linear model over words, and a small one that joins both.

The rules know what somebody wrote down. The model weighs every word, pair of words and stem of a
sentence, and where it stands. What the two say of a sentence is joined to one probability, which
decides what stands and what is added. `tests/benchmarks/recipes/second_opinion.py` makes both.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from app.coach.finder.features import ANYWHERE, features
from app.coach.finder.talk import Found
from app.coach.limits import load_limits
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from app.coach.finder.talk import Block, Sentence, Talk

    Floats = NDArray[np.floating[Any]]

EITHER_SIDE: Final = 7
"""Words around the one that counted most, where no punctuation tells sentences apart."""
RULES_ALONE: Final = frozenset({"P22"})
"""The name is known: there the rules need no second opinion."""
ONLY_BY_RULE: Final = frozenset({("P11", True), ("P14", True)})
"""What hangs on the rest of the turn, an alternative or an explanation, which it does not see."""
PARTS: Final = ("bias", "words", "rule", "sure", "both")
"""Parts of the joined log odds: a constant, the words' log odds, whether a rule found it, how sure
the rule is, and the words' log odds where a rule found it."""
LEAST, MOST = -12.0, 6.0
"""The words' log odds beyond which more of them says no more."""

Kind = tuple[str, bool]
"""A practice, and whether it was done wrongly."""


@dataclass(frozen=True, slots=True)
class OpinionLimits:
    """From when on it counts; where the numbers come from stands in the file."""

    likely: float
    """Probability from which a practice is taken to stand in a sentence."""
    sure_rule: float
    """Confidence of a rule from which its find stands unless it is unlikely."""
    unlikely: float
    """Probability below which such a find is taken back all the same."""
    surest: float
    """Confidence of an added find at most."""


@functools.cache
def opinion_limits(path: Path | None = None) -> OpinionLimits:
    """Read them; an AppError names file, line and what is allowed."""
    return load_limits(OpinionLimits, "opinion", path)


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
    joined: NDArray[np.float32]
    """What joins it with the rules, parts (as in `PARTS`) x kinds."""


@functools.cache
def weights() -> Weights:
    """Read the weights that ship."""
    return read(asset("practices", "opinion.tsv"))


def read(path: Path) -> Weights:
    """Read weights: comment, the kinds, their bases, what joins them, then a feature a line."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("# ")]
    kinds = tuple((name[:3], name[3:] == "-") for name in lines[0].split("\t")[1:])
    numbers = [
        [float(number) for number in line.split("\t")[1:]] for line in lines[1 : len(PARTS) + 2]
    ]
    base, joined = np.array(numbers[0], np.float32), np.array(numbers[1:], np.float32)
    lines = lines[len(PARTS) + 2 :]
    table = np.zeros((len(lines), len(kinds)), dtype=np.float32)
    rows: dict[str, int] = {}
    for row, line in enumerate(lines):
        name, _, cells = line.partition("\t")
        rows[name] = row
        for cell in cells.split():
            column, _, number = cell.partition(":")
            table[row, int(column)] = float(number)
    return Weights(kinds, rows, table, base, joined)


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
        self._limits = opinion_limits()

    def __call__(self, talk: Talk, block: Block, finds: Sequence[Found]) -> Iterator[Found]:
        """Give the finds that stand, and those that it adds."""
        model = self._model
        if model is None or not self._judged:
            yield from finds
            return
        views = [_view(model, talk, block, sentence, finds) for sentence in block.sentences]
        standing = [one for one in finds if self._stands(model, views, one)]
        yield from standing
        for view in views:
            known = {(one.practice, one.wrong) for one in standing if view.holds(one)}
            known |= ONLY_BY_RULE
            for column in np.flatnonzero(view.likely >= self._limits.likely):
                kind = model.kinds[column]
                if kind[0] in self._judged and kind not in known:
                    yield self._added(model, view, int(column))

    def _stands(self, model: Weights, views: Sequence[_View], one: Found) -> bool:
        """Whether a find is likely enough in one of its sentences."""
        kind = (one.practice, one.wrong)
        if one.practice not in self._judged or kind not in model.kinds:
            return True
        limits = self._limits
        least = limits.unlikely if one.confidence >= limits.sure_rule else limits.likely
        column = model.kinds.index(kind)
        return any(view.likely[column] >= least for view in views if view.holds(one))

    def _added(self, model: Weights, view: _View, column: int) -> Found:
        lo, hi = view.sentence.lo, view.sentence.hi
        if view.sentence.flat:
            at = _carrier(model, view, column)
            lo, hi = max(lo, at - EITHER_SIDE), min(hi, at + EITHER_SIDE)
        practice, wrong = model.kinds[column]
        sure = min(self._limits.surest, float(view.likely[column]))
        return Found(practice, lo, hi, wrong, round(sure, 3))


@dataclass(frozen=True, slots=True)
class _View:
    """A sentence as the model sees it."""

    sentence: Sentence
    """The words."""
    places: Mapping[str, int]
    """Its features, each with the place where it stands first."""
    likely: Floats
    """Probability after words and rules, one a kind."""

    def holds(self, one: Found) -> bool:
        """Whether a find stands in it, or partly."""
        return holds(self.sentence, one)


def holds(sentence: Sentence, one: Found) -> bool:
    """Whether a find stands in a sentence, or partly."""
    return sentence.lo < one.hi and one.lo < sentence.hi


def join(odds: Floats, sure: Floats, joined: Floats) -> Floats:
    """Join what words and rules say to one log odds.

    Parameters
    ----------
    odds
        Log odds by the words, sentences x kinds or kinds.
    sure
        Confidence of the rules, the same shape; 0 where none found it.
    joined
        The weight of each part, `PARTS` x kinds.

    Returns
    -------
    NDArray
        Log odds, the same shape.
    """
    words, found = np.clip(odds, LEAST, MOST), sure > 0
    bias, slope, rule, surer, both = joined
    total: Floats = bias + slope * words + found * (rule + surer * sure + both * words)
    return total


def _view(
    model: Weights, talk: Talk, block: Block, sentence: Sentence, finds: Sequence[Found]
) -> _View:
    """Weigh a sentence; features count less the more there are of them."""
    places = features(talk, block, sentence)
    rows = [model.rows[name] for name in places if name in model.rows]
    odds = model.base + model.table[rows].sum(axis=0) / math.sqrt(max(1, len(rows)))
    sure = np.zeros_like(odds)
    for one in finds:
        kind = (one.practice, one.wrong)
        if kind in model.kinds and holds(sentence, one):
            column = model.kinds.index(kind)
            sure[column] = max(sure[column], one.confidence)
    likely = 1.0 / (1.0 + np.exp(-join(odds, sure, model.joined)))
    return _View(sentence, places, likely)


def _carrier(model: Weights, view: _View, column: int) -> int:
    """Give the place of the word that speaks most for a kind."""
    spoken = [
        (float(model.table[model.rows[name], column]), -at)
        for name, at in view.places.items()
        if at != ANYWHERE and name in model.rows
    ]
    return -max(spoken)[1] if spoken else view.sentence.lo
