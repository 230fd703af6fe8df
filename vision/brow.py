"""Brows drawn together: distances on the face turned to the front, and light and shadow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vision.models import shipped
from vision.shade import SHADES, brow_shades
from vision.weights import logistic

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from vision.face import FrontFace
    from vision.models import Models

BROW_CALM: Final = "brow_calm"
"""Name, in an own normal, of the calm face's sum: all that is kept of its distances and shades."""
WINK: Final = 0.1
"""One eye more open than the other by this many eye distances: a wink moves one brow alone."""
SMILE_TAKES: Final = 2.5
"""Taken off the sum for a full smile, as much as a calm face lies below the decision."""
LOUD: Final = 0.25
"""Gap of the lips, in eye distances, that nine of ten looks at talk stay under. Only what is beyond
counts: a shout goes with a frown, and a closed mouth says nothing about the brows."""
LEVELS: Final = {
    "brow_inner": (55, 285),
    "brow_inner_top": (107, 336),
    "brow_middle": (52, 282),
    "brow_middle_top": (105, 334),
    "brow_outer": (46, 276),
    "brow_outer_top": (70, 300),
    "brow_between": (9,),
    "brow_root": (168,),
    "brow_lid_upper": (159, 386),
    "brow_lid_lower": (145, 374),
}
"""Heights above the line of the eyes' corners."""
WIDTHS: Final = {
    "brow_gap": (55, 285),
    "brow_gap_top": (107, 336),
    "brow_eye_inner": (133, 362),
    "brow_eye_outer": (33, 263),
}
"""Distances across the face."""
DEPTHS: Final = {
    "brow_inner_depth": (55, 285),
    "brow_middle_depth": (52, 282),
    "brow_outer_depth": (46, 276),
    "brow_between_depth": (9,),
}
"""Depths, from the middle of the head's steady points."""
BETWEEN: Final = {
    "brow_lid_gap": ((159, 386), (145, 374)),
    "brow_slope": ((55, 285), (52, 282)),
    "brow_over_lid": ((55, 285), (159, 386)),
}
"""How far the second points lie below the first ones."""
SHOUT: Final = "brow_shout"
CANDIDATES: Final = (*LEVELS, *WIDTHS, *DEPTHS, *BETWEEN, SHOUT, *SHADES)
"""What the recipe may choose from; nothing of it moves with ordinary talk."""


def brow_features(
    face: FrontFace,
    image: NDArray[np.uint8],
    mesh: NDArray[np.float32],
    names: tuple[str, ...] | None = None,
) -> dict[str, float]:
    """Measure what moves with the brows, in eye distances, and the light round them.

    Parameters
    ----------
    face
        The mesh turned to the front.
    image
        (height, width, 3) BGR picture.
    mesh
        (478, 3) mesh as found in it.
    names
        Which of the candidates; None: those that the shipped score weighs.
    """
    wanted = tuple(shipped().brow.weights) if names is None else names
    found = {"eye_gap": abs(face.below((159,), (145,)) - face.below((386,), (374,)))}
    for name in wanted:
        if name in LEVELS:
            found[name] = face.level(LEVELS[name])
        elif name in WIDTHS:
            found[name] = face.across(*WIDTHS[name])
        elif name in DEPTHS:
            found[name] = face.mean(DEPTHS[name], 2)
        elif name in BETWEEN:
            found[name] = face.below(*BETWEEN[name])
        elif name == SHOUT:
            found[name] = max(0.0, face.below((13,), (14,)) - LOUD)
    return found | brow_shades(image, mesh, tuple(name for name in wanted if name in SHADES))


def brow_score(
    features: Mapping[str, float], normal: Mapping[str, float] | None, models: Models
) -> float | None:
    """Score in 0..1 for brows drawn together, decision at 0.5.

    With the own calm face, the movement away from it counts as much as what is seen. A wink is
    not measured, and a smile, whose cheeks narrow the eyes as a frown does, takes some away.
    """
    seen = models.brow.total(features)
    if seen is None or features.get("eye_gap", 0.0) > WINK:
        return None
    # Half a smile is none: only what lies beyond the smile's own decision is taken.
    seen -= SMILE_TAKES * max(0.0, 2.0 * (models.smile.score(features) or 0.0) - 1.0)
    calm = None if normal is None else normal.get(BROW_CALM, models.brow.total(normal))
    if calm is None:
        return logistic(seen)
    return logistic(seen + (seen - calm) - models.brow_own_shift)
