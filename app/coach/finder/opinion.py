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

from app.coach.finder.features import ANYWHERE, features
from app.coach.finder.talk import Found
from app.coach.limits import load_limits
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from app.coach.finder.talk import Block, Sentence, Talk

EITHER_SIDE: Final = 7
"""Words around the one that counted most, where no punctuation tells sentences apart."""
RULES_ALONE: Final = frozenset({"P09", "P22"})
"""The name is known, and feelings have words of their own: there it judged worse than the rules."""
ONLY_BY_RULE: Final = frozenset({("P11", True), ("P14", True)})
"""What hangs on the rest of the turn, an alternative or an explanation, which it does not see."""
NEVER: Final = 1e-9
"""Least probability that has log odds."""

Kind = tuple[str, bool]
"""A practice, and whether it was done wrongly."""


@dataclass(frozen=True, slots=True)
class OpinionLimits:
    """From when on it counts; where the numbers come from stands in the file."""

    adds: float
    """Probability from which a find is added."""
    doubts: float
    """Probability below which a rule's find is taken back."""
    beyond_doubt: float
    """Confidence of a rule from which its find is not taken back."""
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
        self._limits = opinion_limits()
        self._adds, self._doubts = _log_odds(self._limits.adds), _log_odds(self._limits.doubts)

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
            for column in np.flatnonzero(view.odds > self._adds):
                kind = model.kinds[column]
                if kind[0] in self._judged and kind not in known:
                    yield self._added(model, view, int(column))

    def _stands(self, model: Weights, views: Sequence[_View], one: Found) -> bool:
        """Whether a find is not almost impossible in all of its sentences."""
        kind = (one.practice, one.wrong)
        if one.practice not in self._judged or kind not in model.kinds:
            return True
        if one.confidence >= self._limits.beyond_doubt:
            return True
        column = model.kinds.index(kind)
        return any(view.odds[column] >= self._doubts for view in views if view.holds(one))

    def _added(self, model: Weights, view: _View, column: int) -> Found:
        lo, hi = view.sentence.lo, view.sentence.hi
        if view.sentence.flat:
            at = _carrier(model, view, column)
            lo, hi = max(lo, at - EITHER_SIDE), min(hi, at + EITHER_SIDE)
        practice, wrong = model.kinds[column]
        sure = 1.0 / (1.0 + math.exp(-float(view.odds[column])))
        return Found(practice, lo, hi, wrong, round(min(self._limits.surest, sure), 3))


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


def _carrier(model: Weights, view: _View, column: int) -> int:
    """Give the place of the word that speaks most for a kind."""
    spoken = [
        (float(model.table[model.rows[name], column]), -at)
        for name, at in view.places.items()
        if at != ANYWHERE and name in model.rows
    ]
    return -max(spoken)[1] if spoken else view.sentence.lo


def _log_odds(share: float) -> float:
    """Give the log odds of a probability, never quite 0 and never quite 1."""
    inside = min(max(share, NEVER), 1.0 - NEVER)
    return math.log(inside / (1.0 - inside))
