"""Mouth corners drawn up and out: distances on the face turned to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vision.weights import logistic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vision.face import FrontFace
    from vision.models import Models


def smile_features(face: FrontFace) -> dict[str, float]:
    """Distances that move with a smile, in eye distances; names start with "smile_"."""
    at = face.points

    def apart(one: tuple[int, int], other: tuple[int, int]) -> float:
        gaps = [np.linalg.norm(at[a, :2] - at[b, :2]) for a, b in zip(one, other, strict=True)]
        return float(np.mean(gaps))

    def before(one: tuple[int, int], other: tuple[int, int]) -> float:
        return float(at[list(one), 2].mean() - at[list(other), 2].mean())

    return {
        "smile_corner_ear": apart((61, 291), (234, 454)),
        "smile_side_cheek": apart((57, 287), (187, 411)),
        "smile_fold_cheek": apart((216, 436), (207, 427)),
        "smile_corner_cheek": apart((61, 291), (50, 280)),
        "smile_cheek_depth": before((205, 425), (206, 426)),
        "smile_corner_depth": before((61, 291), (159, 386)),
    }


def smile_score(
    features: Mapping[str, float], normal: Mapping[str, float] | None, models: Models
) -> float | None:
    """Score in 0..1 for mouth corners drawn up and out, decision at 0.5.

    Against the own calm face where `normal` has it: then only the movement counts.
    """
    seen = models.smile.total(features)
    if seen is None:
        return None
    calm = None if normal is None else models.smile.total(normal)
    if calm is None:
        return logistic(seen)
    return logistic(seen - calm + models.smile_own_bias)
