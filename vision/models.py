"""The linear scores that ship, as one value that a benchmark can exchange."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from vision.weights import Linear, linear_from, table


@dataclass(frozen=True, slots=True)
class Models:
    """One linear score a cue; see assets/vision for the numbers and their recipes."""

    arms: Linear
    """Arms crossed."""
    brow: Linear
    """Brows drawn together."""
    brow_own_shift: float
    """What the sum of the brow and of its movement from the calm face has to exceed."""
    smile: Linear
    """Mouth corners drawn up and out."""
    smile_own_bias: float
    """Added to the smile's sum and its movement: the sum of everybody's calm face, on average."""


@cache
def shipped() -> Models:
    """Load the scores of assets/vision."""
    brow, smile = table("brow"), table("smile")
    return Models(
        arms=linear_from(table("arms")["score"]),
        brow=linear_from(brow["score"]),
        brow_own_shift=float(brow["own_shift"]),
        smile=linear_from(smile["score"]),
        smile_own_bias=float(smile["own_bias"]),
    )
