"""Linear scores fitted by group: the same code for the folds of the benchmark and for recipes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from vision.weights import Linear

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

STRENGTHS: Final = (0.03, 0.1, 0.3, 1.0)
INNER_FOLDS: Final = 6
OUTER_FOLDS: Final = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled example."""

    features: Mapping[str, float]
    """Feature -> value."""
    positive: bool
    """Its label."""
    group: str
    """Person or source: never split over folds."""
    weight: float = 1.0
    """How much it counts in the fit."""


def fit(
    samples: Sequence[Sample],
    names: Sequence[str],
    *,
    seed: int = 0,
    strengths: Sequence[float] = STRENGTHS,
    shift: bool = True,
) -> Linear:
    """Fit a logistic score with its strength and its decision chosen by inner folds.

    Strength: the one with the best mean log likelihood out of fold. Decision: the shift with the
    best F1 out of fold, the middle of its plateau, so that 0.5 is the decision; left where the
    likelihood puts it with `shift` False.
    """
    x, y, groups, weights = _arrays(samples, names)
    folds = split(groups, INNER_FOLDS, seed)
    best: tuple[float, float, NDArray[np.float64]] | None = None
    for strength in strengths:
        out = np.zeros(len(y))
        for fold in range(INNER_FOLDS):
            train = folds != fold
            if len(set(y[train])) < 2:
                continue
            model = _fit(x[train], y[train], weights[train], strength)
            out[~train] = _sum(x[~train], model)
        loss = float(np.mean(weights * np.logaddexp(0.0, np.where(y, -out, out))))
        if best is None or loss < best[0]:
            best = (loss, strength, out)
    assert best is not None
    bias, centre, weight = _fit(x, y, weights, best[1])
    return Linear(
        bias - (decision(best[2], y) if shift else 0.0),
        {name: float(value) for name, value in zip(names, centre, strict=True)},
        {name: float(value) for name, value in zip(names, weight, strict=True)},
    )


def fold_models(
    samples: Sequence[Sample],
    names: Sequence[str],
    *,
    folds: int = OUTER_FOLDS,
    seed: int = 1,
    strengths: Sequence[float] = STRENGTHS,
    shift: bool = True,
) -> dict[str, Linear]:
    """Group -> a score that never saw this group."""
    groups = np.array([sample.group for sample in samples])
    parts = split(groups, folds, seed)
    found: dict[str, Linear] = {}
    for part in range(folds):
        rest = [one for one, its in zip(samples, parts, strict=True) if its != part]
        model = fit(rest, names, strengths=strengths, shift=shift)
        found.update(dict.fromkeys(groups[parts == part], model))
    return found


def split(groups: NDArray[np.str_], folds: int, seed: int) -> NDArray[np.int64]:
    """Number of the fold of each sample; a group lies in one fold."""
    unique = np.random.default_rng(seed).permutation(np.unique(groups))
    number = {group: index % folds for index, group in enumerate(unique)}
    return np.array([number[group] for group in groups])


def decision(sums: NDArray[np.float64], y: NDArray[np.bool_], plateau: float = 0.004) -> float:
    """Shift of the sum with the best F1; the middle of those that lose at most `plateau`."""
    order = np.unique(sums)
    cuts = (order[:-1] + order[1:]) / 2
    scores = []
    for cut in cuts:
        said = sums > cut
        scores.append(2 * np.sum(said & y) / max(1, np.sum(said) + np.sum(y)))
    good = cuts[np.array(scores) >= max(scores) - plateau]
    return float(np.median(good))


def write(
    path: Path,
    head: str,
    tables: Mapping[str, Linear],
    fitted_on: str,
    numbers: Mapping[str, float],
) -> None:
    """Write scores as readable numbers; `fitted_on` marks the manifest of their set."""
    lines = [f"# {line}".rstrip() for line in head.strip().splitlines()]
    lines += ["", f'fitted_on = "{fitted_on}"']
    lines += [f"{name} = {value:.4f}" for name, value in numbers.items()]
    for name, model in tables.items():
        lines += ["", f"[{name}]", f"bias = {model.bias:.4f}"]
        for feature, weight in model.weights.items():
            lines += [
                "",
                f"[[{name}.feature]]",
                f'name = "{feature}"',
                f"centre = {model.centres[feature]:.4f}",
                f"weight = {weight:.4f}",
            ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _arrays(
    samples: Sequence[Sample], names: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.str_], NDArray[np.float64]]:
    return (
        np.array([[one.features[name] for name in names] for one in samples], np.float64),
        np.array([one.positive for one in samples]),
        np.array([one.group for one in samples]),
        np.array([one.weight for one in samples], np.float64),
    )


def _fit(
    x: NDArray[np.float64], y: NDArray[np.bool_], weights: NDArray[np.float64], strength: float
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    centre, spread = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-6)
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=5000)
    model.fit((x - centre) / spread, y, sample_weight=weights)
    return float(model.intercept_[0]), centre, model.coef_[0] / spread


def _sum(
    x: NDArray[np.float64], model: tuple[float, NDArray[np.float64], NDArray[np.float64]]
) -> NDArray[np.float64]:
    bias, centre, weight = model
    return np.asarray(bias + (x - centre) @ weight)
