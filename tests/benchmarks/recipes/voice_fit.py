"""The two fits of the ears' weights: a logistic and a weighted linear one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from audio.weights import BIAS

if TYPE_CHECKING:
    from numpy.typing import NDArray

PACE: Final = ("fine", "coarse", "change")
"""What the pace is told from."""
HELD: Final = 0.002
"""How strongly its weights are held towards 0, the bias excepted."""

Row = tuple[dict[str, float], float]
"""(logarithms of what was counted, logarithm of the true rate)."""


def logistic(
    rows: NDArray[np.float64], truth: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights of a logistic regression, the bias first, by Newton's method.

    rows : (n, m) float64; truth : (n,) bool; weights : (n,) float64, how much each row counts.
    """
    design = np.concatenate([np.ones((len(rows), 1)), rows], axis=1)
    held = 1e-6 * np.eye(design.shape[1])
    found = np.zeros(design.shape[1])
    for _ in range(25):
        chance = 1.0 / (1.0 + np.exp(-design @ found))
        curve = weights * chance * (1.0 - chance)
        slope = design.T @ (weights * (truth - chance))
        found += np.linalg.solve(design.T @ (design * curve[:, None]) + held, slope)
    return found


def least_squares(sets: list[list[Row]]) -> dict[str, float]:
    """Weighted least squares; each set as a whole counts as much as each other."""
    rows = [row for part in sets for row in part]
    weight = np.concatenate([np.full(len(part), 1.0 / len(part)) for part in sets]) / len(sets)
    design = np.array([[logs[name] for name in PACE] for logs, _ in rows])
    truth = np.array([rate for _, rate in rows])
    middle, level = weight @ design, float(weight @ truth)
    design = design - middle
    square = design.T @ (design * weight[:, None]) + HELD * np.eye(len(PACE))
    found = np.linalg.solve(square, design.T @ (weight * (truth - level)))
    return {BIAS: level - float(middle @ found), **dict(zip(PACE, found.tolist(), strict=True))}


def rate(weights: dict[str, float], logs: dict[str, float]) -> float:
    """Syllables a second by these weights."""
    return float(np.exp(weights[BIAS] + sum(weights[name] * logs[name] for name in PACE)))
