"""Fits the networks of the practice finder's second opinion; `second_opinion.py` uses it.

One hidden layer, shared by all practices, so that what few sentences show of a practice is read in
units that many sentences made. While it learns, half of the features and a third of the hidden
units are left out at random, others each time: no single word may be relied on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from app.coach.finder.weights import GAIN, Net

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Floats = NDArray[np.float32]

HIDDEN: Final = 48
"""Hidden units."""
ROUNDS: Final = 12
"""How often each sentence is seen."""
BATCH: Final = 128
"""Sentences a step."""
STEP: Final = 0.015
"""First length of a step (Adam); it falls to nothing in a straight line."""
LEFT_OUT: Final = 0.5
"""Share of the features that a sentence lacks at random."""
UNITS_LEFT_OUT: Final = 0.3
"""Share of the hidden units that it lacks at random."""
RARE: Final = -4.0
"""Log odds to begin with: most sentences show no practice."""
SLOW, SLOWER = 0.9, 0.999
"""Memory of Adam's mean and of its square."""


@dataclass(slots=True)
class _Moving:
    """One array that is fitted, by Adam; rows that nothing touched stay as they are."""

    value: Floats
    mean: Floats
    square: Floats

    @classmethod
    def of(cls, value: NDArray[np.float64]) -> _Moving:
        single = value.astype(np.float32)
        return cls(single, np.zeros_like(single), np.zeros_like(single))

    def move(
        self, slope: Floats, step: float, rows: NDArray[np.integer] | slice = slice(None)
    ) -> None:
        self.mean[rows] = SLOW * self.mean[rows] + (1 - SLOW) * slope
        self.square[rows] = SLOWER * self.square[rows] + (1 - SLOWER) * slope**2
        self.value[rows] -= (
            np.float32(step) * self.mean[rows] / (np.sqrt(self.square[rows]) + np.float32(1e-8))
        )


def fit_net(matrix: csr_matrix, told: NDArray[np.float64], seed: int) -> Net:
    """Fit a network.

    Parameters
    ----------
    matrix
        Sentences x features, each row of length 1.
    told
        Whether a sentence shows a kind, sentences x kinds.
    seed
        Of everything that is left to chance.
    """
    chance = np.random.default_rng(seed)
    given, wanted = (matrix * GAIN).astype(np.float32).tocsr(), told.astype(np.float32)
    kinds, sentences = told.shape[1], len(told)
    first = _Moving.of(chance.normal(0.0, 0.3, (matrix.shape[1], HIDDEN)))
    hidden = _Moving.of(np.zeros(HIDDEN))
    second = _Moving.of(chance.normal(0.0, 1.0, (HIDDEN, kinds)) / np.sqrt(HIDDEN))
    base = _Moving.of(np.full(kinds, RARE))
    steps, at = -(-sentences // BATCH) * ROUNDS, 0
    for _ in range(ROUNDS):
        order = chance.permutation(sentences)
        for start in range(0, sentences, BATCH):
            rows = order[start : start + BATCH]
            seen = given[rows].copy()
            seen.data *= _kept(chance, seen.data.shape, LEFT_OUT)
            before = seen @ first.value + hidden.value
            open_units = _kept(chance, before.shape, UNITS_LEFT_OUT) * (before > 0)
            units = before * open_units
            odds = np.clip(units @ second.value + base.value, -30.0, 30.0)
            gap = (1.0 / (1.0 + np.exp(-odds)) - wanted[rows]) / np.float32(len(rows))
            back = (gap @ second.value.T) * open_units
            at += 1
            step = STEP * (1 - (at - 1) / steps) * np.sqrt(1 - SLOWER**at) / (1 - SLOW**at)
            known = np.unique(seen.indices)
            first.move(seen[:, known].T @ back, step, known)
            hidden.move(back.sum(axis=0), step)
            second.move(units.T @ gap, step)
            base.move(gap.sum(axis=0), step)
    return Net(first.value, hidden.value, second.value, base.value)


def _kept(chance: np.random.Generator, shape: tuple[int, ...], out: float) -> Floats:
    """0 where something is left out, and as much more where it is not."""
    kept: Floats = (chance.random(shape, dtype=np.float32) > out) * np.float32(1 / (1 - out))
    return kept
