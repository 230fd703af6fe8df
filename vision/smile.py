"""Mouth corners drawn up and out: distances on the face turned to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vision.weights import logistic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vision.face import FrontFace
    from vision.models import Models

SMILE_CALM: Final = "smile_calm"
"""Name, in an own normal, of the calm face's sum: all that is kept of its distances."""
COVERED: Final = 0.35
"""A hand nearer to the lips than this (half widths and heights of the face) hides them."""
MOUTH_S: Final = 1.0
"""The mouth's movement is counted over this time."""
TALK_FROM: Final = 0.1
"""Eye distances that the lips' gap may change in that time in a face that does not talk."""
TALK_FULL: Final = 0.3
"""Eye distances in that time from which it talks: a syllable or two."""
TALK_TAKES: Final = 1.2
"""Taken off the sum in full talk, which moves it by 0.7 to 2.4 (95th percentile, 7 speakers)."""


def talking(path: float) -> float:
    """How much a mouth talks, 0..1, whose gap changed by `path` eye distances in a second."""
    return min(1.0, max(0.0, (path - TALK_FROM) / (TALK_FULL - TALK_FROM)))


def smile_features(face: FrontFace) -> dict[str, float]:
    """Distances that move with a smile and with talk, in eye distances."""

    def apart(one: tuple[int, int], other: tuple[int, int]) -> float:
        return (face.across(one[0], other[0]) + face.across(one[1], other[1])) / 2

    def before(one: tuple[int, int], other: tuple[int, int]) -> float:
        return face.mean(one, 2) - face.mean(other, 2)

    return {
        "mouth_open": face.across(13, 14),
        "smile_corner_ear": apart((61, 291), (234, 454)),
        "smile_side_cheek": apart((57, 287), (187, 411)),
        "smile_fold_cheek": apart((216, 436), (207, 427)),
        "smile_corner_cheek": apart((61, 291), (50, 280)),
        "smile_cheek_depth": before((205, 425), (206, 426)),
        "smile_corner_depth": before((61, 291), (159, 386)),
        "smile_corner_back": before((61, 291), (0, 17)),
        "smile_corner_level": face.level((61, 291)),
        "smile_cheek_level": face.level((50, 280)),
        "smile_cheek_front": face.mean((50, 280), 2),
        "smile_lid": face.level((145, 374)),
    }


def smile_score(
    features: Mapping[str, float], normal: Mapping[str, float] | None, models: Models
) -> float | None:
    """Score in 0..1 for mouth corners drawn up and out, decision at 0.5.

    With the own calm face, the movement away from it counts as much as what is seen: movement alone
    took a third of all grimaces for smiles. Talk draws the corners too: while the mouth moves they
    must be drawn farther. A mouth behind a hand is not measured.
    """
    seen = models.smile.total(features)
    if seen is None or features.get("hand_mouth", COVERED) < COVERED:
        return None
    seen -= TALK_TAKES * talking(features.get("mouth_path", 0.0))
    calm = None if normal is None else normal.get(SMILE_CALM, models.smile.total(normal))
    if calm is None:
        return logistic(seen)
    return logistic(seen + (seen - calm) + models.smile_own_bias)
