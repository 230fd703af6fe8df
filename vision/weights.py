"""Readable numbers from assets/vision: linear scores, shapes and limits."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).resolve().parent.parent / "assets" / "vision"
MOST_WEIGHTS: Final = 16


@dataclass(frozen=True, slots=True)
class Linear:
    """A score in 0..1 from at most 16 features: a logistic function of their weighted sum."""

    bias: float
    """Sum where every feature lies at its centre."""
    centres: Mapping[str, float]
    """Feature -> its value where it adds nothing."""
    weights: Mapping[str, float]
    """Feature -> what one unit of it adds to the sum."""

    def score(self, features: Mapping[str, float]) -> float | None:
        """Score in 0..1, decision at 0.5; None where a feature is missing."""
        total = self.total(features)
        return None if total is None else logistic(total)

    def total(self, features: Mapping[str, float]) -> float | None:
        """Weighted sum, decision at 0; None where a feature is missing."""
        total = self.bias
        for name, weight in self.weights.items():
            value = features.get(name)
            if value is None:
                return None
            total += weight * (value - self.centres[name])
        return total


def logistic(x: float) -> float:
    """1 / (1 + exp(-x)), without overflow."""
    return 1.0 / (1.0 + exp(-x)) if x >= 0 else 1.0 - 1.0 / (1.0 + exp(x))


def linear_from(data: Mapping[str, Any]) -> Linear:
    """Build a score from its TOML table.

    Raises
    ------
    ValueError
        For more than 16 weights: more would be a model nobody can read.
    """
    rows = data["feature"]
    if len(rows) > MOST_WEIGHTS:
        raise ValueError(f"{len(rows)} weights, and {MOST_WEIGHTS} are allowed.")
    return Linear(
        float(data["bias"]),
        MappingProxyType({row["name"]: float(row["centre"]) for row in rows}),
        MappingProxyType({row["name"]: float(row["weight"]) for row in rows}),
    )


@cache
def table(name: str) -> Mapping[str, Any]:
    """Load assets/vision/<name>.toml once."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return MappingProxyType(tomllib.load(file))
