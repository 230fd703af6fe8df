"""Brows drawn together: distances on the face turned to the front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vision.face import FrontFace
from vision.models import Models, score_of

TRUE_YAW_DEG: Final = 40.0
"""Beyond this yaw the far brow is guessed, not seen."""
TRUE_PITCH_DEG: Final = 35.0
"""Beyond this pitch the brows' height is a matter of perspective."""


def brow_features(face: FrontFace) -> dict[str, float]:
    """Distances that move with the brows, in eye distances; names start with "brow_"."""
    at = face.points
    return {
        "brow_gap_low": face.across(55, 285),
        "brow_gap_high": face.across(107, 336),
        "brow_gap_mid": face.across(65, 295),
        "brow_inner": face.level((55, 285)),
        "brow_inner_high": face.level((107, 336)),
        "brow_mid": face.level((52, 282)),
        "brow_mid_high": face.level((105, 334)),
        "brow_outer": face.level((46, 276)),
        "brow_outer_high": face.level((70, 300)),
        "brow_glabella": face.level((9,)),
        "brow_depth": float(at[9, 2] - (at[107, 2] + at[336, 2]) / 2),
        "brow_eye_open": face.below((159, 386), (145, 374)),
        "brow_lid": face.below((52, 282), (159, 386)),
        "brow_squint": face.below((145, 374), (50, 280)),
        "brow_nose": face.below((133, 362), (129, 358)),
        "brow_lip": face.below((2, 2), (0, 0)),
    }


def brow_score(
    features: Mapping[str, float], normal: Mapping[str, float] | None, models: Models
) -> float | None:
    """Score in 0..1 for brows drawn together, decision at 0.5.

    Against the own calm face where `normal` has it, else against everybody's.
    """
    return score_of(models.brow, models.brow_own, features, normal)
