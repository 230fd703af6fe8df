"""Brows drawn together: distances on the face turned to the front, and light and shadow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vision.shade import brow_shades
from vision.weights import logistic

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from vision.face import FrontFace
    from vision.models import Models

TRUE_YAW_DEG: Final = 40.0
"""Beyond this yaw the far brow is guessed, not seen."""
TRUE_PITCH_DEG: Final = 35.0
"""Beyond this pitch the brows' height is a matter of perspective."""


BROW_CALM: Final = "brow_calm"
"""Name, in an own normal, of the calm face's sum: all that is kept of its distances and shades."""
WINK: Final = 0.1
"""One eye more open than the other by this many eye distances: a wink moves one brow alone."""
SMILE_TAKES: Final = 2.5
"""Taken off the sum for a full smile; up to here no true frown of the photographs is lost."""
SHADES: Final = (
    (2, 2), (4, 3), (4, 5), (5, 3), (6, 5), (7, 2), (8, 3), (9, 2), (9, 3),
)  # fmt: skip
"""Cells of the eye region whose light says most; chosen by forward selection, see the recipe."""


def brow_features(
    face: FrontFace, image: NDArray[np.uint8], mesh: NDArray[np.float32]
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
    """
    at = face.points
    return {
        "eye_gap": abs(face.below((159,), (145,)) - face.below((386,), (374,))),
        "brow_inner": face.level((55, 285)),
        "brow_outer_depth": float(at[[46, 276], 2].mean()),
        "brow_eye_inner": face.across(133, 362) / 2,
        "brow_eye_outer": face.across(33, 263) / 2,
        "brow_lip": face.below((2, 2), (0, 0)),
        **brow_shades(image, mesh, SHADES),
    }


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
