"""Few features chosen out of many, and weighed by ridge, all of it inside the folds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.eyes_fit import Sample, decision, split
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from vision.weights import MOST_WEIGHTS, Linear

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Decide = Callable[[NDArray[np.float64], Sequence[Sample]], float]

STRENGTHS: Final = (0.1, 0.3, 1.0)
INNER_FOLDS: Final = 6
OUTER_FOLDS: Final = 10
DROPPED: Final = 6
"""In each round one feature in this many of those too many goes, the lightest first."""
PLATEAU: Final = 0.02
"""F1 that may be lost for a decision in the middle."""
FALSE_SHARE: Final = 0.05
"""How many of the lighter negatives may be false."""


@dataclass(frozen=True, slots=True)
class _Set:
    x: NDArray[np.float64]
    y: NDArray[np.bool_]
    weight: NDArray[np.float64]
    group: NDArray[np.str_]

    def part(self, rows: NDArray[np.bool_]) -> _Set:
        return _Set(self.x[rows], self.y[rows], self.weight[rows], self.group[rows])


def best_f1(sums: NDArray[np.float64], samples: Sequence[Sample]) -> float:
    """Sum with the best F1; the middle of the plateau, since a hair's breadth is chance."""
    return decision(sums, np.array([one.positive for one in samples]), PLATEAU)


def few_false(sums: NDArray[np.float64], samples: Sequence[Sample]) -> float:
    """The likelihood's decision, or where fewer of the lighter negatives lie above it."""
    lighter = np.array([one.weight < 1.0 for one in samples])
    return max(0.0, float(np.quantile(sums[lighter], 1.0 - FALSE_SHARE)))


def choose(samples: Sequence[Sample], names: Sequence[str], decide: Decide) -> Linear:
    """Fit a score on at most 16 of the named features, decision at 0.

    Strength of the ridge: the one with the best ROC-AUC out of fold, features chosen anew in each
    fold. Features: the lightest are dropped round by round (recursive feature elimination; Guyon
    et al. 2002). Decision: `decide` finds it on the sums out of fold. The sum is scaled so that
    out of fold the logistic function of it is a chance.
    """
    data = _arrays(samples, names)
    sums = [_out_of_fold(data, strength) for strength in STRENGTHS]
    ranks = [roc_auc_score(data.y, one, sample_weight=data.weight) for one in sums]
    best = int(np.argmax(ranks))
    kept = _eliminate(data, STRENGTHS[best])
    centre, weight = _ridge(data, kept, STRENGTHS[best])
    shift = decide(sums[best], samples)
    even = LogisticRegression(C=1e6, fit_intercept=False)
    even.fit(sums[best][:, None] - shift, data.y, sample_weight=_balanced(data))
    slope = float(even.coef_[0, 0])
    chosen = [names[index] for index in kept]
    return Linear(
        -slope * shift,
        {name: float(value) for name, value in zip(chosen, centre, strict=True)},
        {name: float(slope * value) for name, value in zip(chosen, weight, strict=True)},
    )


def fold_choices(
    samples: Sequence[Sample], names: Sequence[str], decide: Decide, seed: int = 1
) -> dict[str, Linear]:
    """Group -> a score whose features, strength and weights never saw this group."""
    groups = np.array([sample.group for sample in samples])
    parts = split(groups, OUTER_FOLDS, seed)
    found: dict[str, Linear] = {}
    for part in range(OUTER_FOLDS):
        rest = [one for one, its in zip(samples, parts, strict=True) if its != part]
        found.update(dict.fromkeys(groups[parts == part], choose(rest, names, decide)))
    return found


def _out_of_fold(data: _Set, strength: float) -> NDArray[np.float64]:
    parts = split(data.group, INNER_FOLDS, 0)
    out = np.zeros(len(data.y))
    for part in range(INNER_FOLDS):
        rest = data.part(parts != part)
        kept = _eliminate(rest, strength)
        centre, weight = _ridge(rest, kept, strength)
        out[parts == part] = (data.x[parts == part][:, kept] - centre) @ weight
    return out


def _eliminate(data: _Set, strength: float) -> NDArray[np.int64]:
    kept = np.arange(data.x.shape[1])
    while len(kept) > MOST_WEIGHTS:
        _, weight = _ridge(data, kept, strength)
        heavy = np.abs(weight) * data.x[:, kept].std(axis=0)
        gone = max(1, (len(kept) - MOST_WEIGHTS) // DROPPED)
        kept = kept[np.sort(np.argsort(heavy)[gone:])]
    return kept


def _ridge(
    data: _Set, kept: NDArray[np.int64], strength: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weighted least squares to -1 and 1, both classes as heavy: (centres, weights)."""
    x, share = data.x[:, kept], _balanced(data)[:, None]
    spread = np.maximum(x.std(axis=0), 1e-9)
    centre = (share * x).sum(axis=0)
    z = (x - centre) / spread
    target = np.where(data.y, 1.0, -1.0)
    square = (share * z).T @ z + strength * np.eye(len(kept))
    weight = np.linalg.solve(square, (share * z).T @ target)
    return centre, weight / spread


def _balanced(data: _Set) -> NDArray[np.float64]:
    share = data.weight.copy()
    for one in (data.y, ~data.y):
        share[one] *= 0.5 / share[one].sum()
    return share


def _arrays(samples: Sequence[Sample], names: Sequence[str]) -> _Set:
    return _Set(
        np.array([[one.features[name] for name in names] for one in samples], np.float64),
        np.array([one.positive for one in samples]),
        np.array([one.weight for one in samples], np.float64),
        np.array([one.group for one in samples]),
    )
