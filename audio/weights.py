"""Readable numbers from assets/voice: what was fitted, and the recipe that made it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).resolve().parent.parent / "assets" / "voice"
BIAS: Final = "bias"
"""What the sum holds where every feature is 0."""


@cache
def load_weights(name: str) -> Mapping[str, float]:
    """Read the weights of assets/voice/<name>.toml, the bias among them, once."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        table = tomllib.load(file)["weights"]
    return MappingProxyType({feature: float(weight) for feature, weight in table.items()})
