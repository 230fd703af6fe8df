"""A second opinion on the rules: models over words, and a small one that joins both.

The rules know what somebody wrote down. The models weigh every word, pair of words and stem of a
sentence, and where it stands, and the same of the whole turn. What all say of a sentence is joined
to one probability, which decides what stands and what is added.
`tests/benchmarks/recipes/second_opinion.py` makes them.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from app.coach.finder.features import ANYWHERE, as_one, features
from app.coach.finder.talk import Found
from app.coach.finder.weights import weights
from app.coach.limits import load_limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from app.coach.finder.talk import Block, Sentence, Talk
    from app.coach.finder.weights import Weights

    Floats = NDArray[np.floating[Any]]

EITHER_SIDE: Final = 7
"""Words around the one that counted most, where no punctuation tells sentences apart."""
RULES_ALONE: Final = frozenset({"P22"})
"""The name is known: there the rules need no second opinion."""
ONLY_BY_RULE: Final = frozenset({("P11", True), ("P14", True)})
"""What hangs on the rest of the turn, an alternative or an explanation: only rules look."""
ONLY_WRITTEN: Final = frozenset({("P16", True)})
"""What is none where it is spoken."""
COUNTED: Final = frozenset({"P23"})
"""What a rule counts, here words that the customer said: its find stands unless it is unlikely."""
LEAST, MOST = -12.0, 6.0
"""The words' log odds beyond which more of them says no more."""


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
        views = _views(model, talk, block, finds)
        standing = [one for one in finds if self._stands(model, views, one)]
        yield from standing
        for view in views:
            known = {(one.practice, one.wrong) for one in standing if view.holds(one)}
            known |= ONLY_BY_RULE if talk.written else ONLY_BY_RULE | ONLY_WRITTEN
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
        sure = one.confidence >= limits.sure_rule or one.practice in COUNTED
        least = limits.unlikely if sure else limits.likely
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


def join(odds: Floats, sure: Floats, turn: Floats, joined: Floats) -> Floats:
    """Join what words, rules and the whole turn say to one log odds.

    Parameters
    ----------
    odds
        Log odds by the words, sentences x kinds or kinds.
    sure
        Confidence of the rules, the same shape; 0 where none found it.
    turn
        Log odds by the words of the whole turn, the same shape; NaN where it has one sentence.
    joined
        The weight of each part, `PARTS` x kinds.

    Returns
    -------
    NDArray
        Log odds, the same shape.
    """
    total: Floats = sum(
        part * weight for part, weight in zip(parts_of(odds, sure, turn), joined, strict=True)
    )
    return total


def parts_of(odds: Floats, sure: Floats, turn: Floats) -> tuple[Floats, ...]:
    """Give what is joined, in the order of `PARTS`; parameters as of `join`."""
    words, found = np.clip(odds, LEAST, MOST), (sure > 0).astype(float)
    several = (~np.isnan(turn)).astype(float)
    around = np.clip(np.nan_to_num(turn), LEAST, MOST)
    return np.ones_like(words), words, found, sure, found * words, several, around


def _views(model: Weights, talk: Talk, block: Block, finds: Sequence[Found]) -> list[_View]:
    """Weigh each sentence, alone and in its turn."""
    turn: Floats = np.full(len(model.kinds), np.nan)
    if len(block.sentences) > 1:
        whole = as_one(block)
        turn = model.odds(features(talk, whole, whole.sentences[0]))
    views: list[_View] = []
    for sentence in block.sentences:
        places = features(talk, block, sentence)
        sure = np.zeros(len(model.kinds))
        for one in finds:
            kind = (one.practice, one.wrong)
            if kind in model.kinds and holds(sentence, one):
                column = model.kinds.index(kind)
                sure[column] = max(sure[column], one.confidence)
        total = join(model.odds(places), sure, turn, model.joined)
        views.append(_View(sentence, places, 1.0 / (1.0 + np.exp(-total))))
    return views


def _carrier(model: Weights, view: _View, column: int) -> int:
    """Give the place of the word that speaks most for a kind."""
    spoken = [
        (float(model.table[model.rows[name], column]), -at)
        for name, at in view.places.items()
        if at != ANYWHERE and name in model.rows
    ]
    return -max(spoken)[1] if spoken else view.sentence.lo
