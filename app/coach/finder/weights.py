"""The numbers of the second opinion: log odds of each practice, given what a sentence holds.

One linear model, and small networks of one hidden layer in which all practices share what they
learned of words. Their mean is the opinion of the words.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

PARTS: Final = ("bias", "words", "rule", "sure", "both", "several", "turn")
"""Parts of the joined log odds: a constant, the words' log odds, whether a rule found it, how sure
the rule is, the words' log odds where a rule found it, whether the turn has several sentences, and
the log odds of that turn as a whole."""
GAIN: Final = 3.0
"""Length of what a network is given of a sentence, however many features it has."""
STEPS: Final = 127
"""Largest whole number in which a weight of a network is kept."""

Kind = tuple[str, bool]
"""A practice, and whether it was done wrongly."""


@dataclass(frozen=True, slots=True)
class Net:
    """A network of one hidden layer, which is 0 where it would be negative."""

    first: Floats
    """Weights of the features, features x hidden."""
    hidden: Floats
    """What each hidden unit has without any feature."""
    second: Floats
    """Weights of the hidden units, hidden x kinds."""
    base: Floats
    """Log odds without any hidden unit, one a kind."""

    def odds(self, rows: list[int]) -> Floats:
        """Give the log odds of each kind, given the rows of the features that a sentence has."""
        scale = GAIN / math.sqrt(max(1, len(rows)))
        hidden = np.maximum(self.hidden + scale * self.first[rows].sum(axis=0), 0.0)
        told: Floats = hidden @ self.second + self.base
        return told


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
    nets: tuple[Net, ...] = ()
    """Networks, whose log odds count as much as those of the table."""

    def odds(self, names: Iterable[str]) -> Floats:
        """Give the log odds of each kind by words; features count less the more there are."""
        rows = [self.rows[name] for name in names if name in self.rows]
        told: Floats = self.base + self.table[rows].sum(axis=0) / math.sqrt(max(1, len(rows)))
        for net in self.nets:
            told = told + net.odds(rows)
        return told / (1 + len(self.nets))


@functools.cache
def weights() -> Weights:
    """Read the weights that ship."""
    return read(asset("practices", "opinion.tsv"), asset("practices", "opinion.npz"))


def read(path: Path, nets: Path | None = None) -> Weights:
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
    return Weights(kinds, rows, table, base, joined, () if nets is None else read_nets(nets))


def read_nets(path: Path) -> tuple[Net, ...]:
    """Read networks; the weights of the features are whole numbers, scaled for each hidden unit."""
    with np.load(path, allow_pickle=False) as file:
        return tuple(
            Net(first * scale, hidden, second, base)
            for first, scale, hidden, second, base in zip(
                *(file[name] for name in ("first", "scale", "hidden", "second", "base")),
                strict=True,
            )
        )


def write_nets(path: Path, nets: Iterable[Net]) -> None:
    """Write networks as they are read."""
    known = tuple(nets)
    scales = [np.maximum(np.abs(net.first).max(axis=0), 1e-6) / STEPS for net in known]
    whole = [
        np.round(net.first / scale).astype(np.int8)
        for net, scale in zip(known, scales, strict=True)
    ]
    single = {
        "scale": scales,
        "hidden": [net.hidden for net in known],
        "second": [net.second for net in known],
        "base": [net.base for net in known],
    }
    arrays = {name: np.array(value, np.float32) for name, value in single.items()}
    np.savez_compressed(path, first=np.array(whole), **arrays)
