"""Mouth corners drawn up and out: distances on the face turned to the front."""

from __future__ import annotations

from collections.abc import Mapping

from vision.face import FrontFace
from vision.weights import Linear, linear_from, table


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


def smile_score(features: Mapping[str, float], normal: Mapping[str, float] | None) -> float | None:
    """Score in 0..1 for mouth corners drawn up and out, decision at 0.5."""
    own, everybody = smile_models()
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


def smile_models() -> tuple[Linear | None, Linear]:
    """Give the score on differences from the own calm face, and the one on plain distances."""
    data = table("smile")
    own = data.get("own_normal")
    return (linear_from(own) if own else None), linear_from(data["everybody"])
