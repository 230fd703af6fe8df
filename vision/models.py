"""The linear scores that ship, as one value that a benchmark can exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from vision.weights import Linear, linear_from, table


@dataclass(frozen=True, slots=True)
class Models:
    """One linear score a cue; see assets/vision for the numbers and their recipes."""

    arms: Linear
    """Arms crossed."""
    brow: Linear
    """Brows drawn together, on plain distances."""
    brow_own: Linear
    """Brows drawn together, on differences from the own calm face."""
    smile: Linear
    """Mouth corners drawn up and out, on plain distances."""
    smile_own: Linear | None = None
    """The same on differences from the own calm face; None: plain distances serve."""


@cache
def shipped() -> Models:
    """Load the scores of assets/vision."""
    brow, smile = table("brow"), table("smile")
    own = smile.get("own_normal")
    return Models(
        linear_from(table("arms")["crossed"]),
        linear_from(brow["everybody"]),
        linear_from(brow["own_normal"]),
        linear_from(smile["everybody"]),
        linear_from(own) if own else None,
    )


def score_of(
    everybody: Linear,
    own: Linear | None,
    features: Mapping[str, float],
    normal: Mapping[str, float] | None,
) -> float | None:
    """Score against the own calm face where there is one, else against everybody's."""
    if normal is not None and own is not None:
        moved = {
            name: features[name] - normal[name]
            for name in own.weights
            if name in features and name in normal
        }
        score = own.score(moved)
        if score is not None:
            return score
    return everybody.score(features)
