"""Mouth corners drawn up and out: distances on the face turned to the front."""

from __future__ import annotations

from collections.abc import Mapping

from vision.face import FrontFace
from vision.models import Models, score_of


def smile_features(face: FrontFace) -> dict[str, float]:
    """Distances that move with a smile, in eye distances; names start with "smile_"."""
    at = face.points
    corners = at[[61, 291]]
    return {
        "smile_width": face.across(61, 291),
        "smile_lift": float((at[13, 1] + at[14, 1]) / 2 - corners[:, 1].mean()),
        "smile_corner": face.level((61, 291)),
        "smile_lower_lip": float(at[17, 1] - corners[:, 1].mean()),
        "smile_upper_lip": face.below((2, 2), (0, 0)),
        "smile_open": face.below((13, 13), (14, 14)),
        "smile_depth": float(corners[:, 2].mean() - at[13, 2]),
        "smile_fold": face.below((129, 358), (61, 291)),
        "smile_cheek": face.below((145, 374), (50, 280)),
        "smile_eye_open": face.below((159, 386), (145, 374)),
        "smile_chin": face.below((61, 291), (152, 152)),
        "smile_nose": face.across(129, 358),
    }


def smile_score(
    features: Mapping[str, float], normal: Mapping[str, float] | None, models: Models
) -> float | None:
    """Score in 0..1 for mouth corners drawn up and out, decision at 0.5."""
    return score_of(models.smile, models.smile_own, features, normal)
