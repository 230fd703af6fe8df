"""A person's own normal: calm face, posture and the direction of their customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision.brow import BROW_CALM, brow_score
from vision.models import shipped
from vision.packed import unpacked
from vision.smile import SMILE_CALM, smile_score
from vision.types import VisionBaseline, VisionLook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
from dataclasses import replace

VISION_BASELINE_VERSION: Final = 3
"""Raised with every change of a score in assets/vision too: a normal holds its sums."""
LEAST_LOOKS: Final = 10
"""Face looks that a normal needs: two thirds of a second."""
LEAST_BODY_LOOKS: Final = 4
"""Body looks that a normal needs."""
CALM_SHARE: Final = 0.2
"""A file in which the face is calm for less than this share has no own normal."""
FRONT_YAW_DEG: Final = 25.0
"""Looks from farther aside are left out of a file's normal."""


class VisionBaselineBuilder:
    """Collects the looks of the calm-face step: the customer is where the face looks."""

    def __init__(self) -> None:
        self._looks: list[VisionLook] = []

    def add(self, look: VisionLook) -> None:
        """Take one look of the step."""
        self._looks.append(look)

    def build(self) -> VisionBaseline | None:
        """Give the normal; None where the one person's face was seen too seldom."""
        looks = _of_one(self._looks)
        faces = [look for look in looks if look.face_looked and "yaw_deg" in look.features]
        if len(faces) < LEAST_LOOKS:
            return None
        face = _medians(look.features for look in faces)
        facing = (face["yaw_deg"], face["pitch_deg"])
        bodies = _bodies(looks)
        body = _medians(bodies) if len(bodies) >= LEAST_BODY_LOOKS else None
        return VisionBaseline(VISION_BASELINE_VERSION, face, body, facing, len(faces))


def first_pass(looks: Iterable[VisionLook]) -> VisionBaseline | None:
    """Make a normal out of a whole file.

    The face's normal is the median of the looks that are calm by everybody's standard and from
    about the front. No direction of a customer: nobody said where they stand.
    """
    everything = _of_one(looks)
    faces = [
        look.features for look in everything if look.face_looked and "yaw_deg" in look.features
    ]
    bodies = _bodies(everything)
    calm = [one for one in faces if _is_calm(one)]
    enough = len(calm) >= max(LEAST_LOOKS, CALM_SHARE * len(faces))
    face = _medians(calm) if enough else None
    body = _medians(bodies) if len(bodies) >= LEAST_BODY_LOOKS else None
    if face is None and body is None:
        return None
    return VisionBaseline(VISION_BASELINE_VERSION, face, body, None, len(calm))


def distilled(baseline: VisionBaseline | None) -> VisionBaseline | None:
    """Keep what the measures use of a normal, and nothing else: what is saved is no face.

    Of the distances and shades of the calm face only their two weighted sums are needed, and the
    face's size and place in the picture for the lean and for telling a second person; of the body
    only the head's height for the slouch.
    """
    if baseline is None:
        return None
    return replace(baseline, face=_face_kept(baseline.face), body=_body_kept(baseline.body))


def usable(baseline: VisionBaseline | None) -> VisionBaseline | None:
    """Give the baseline back where its version fits; another version means other features."""
    if baseline is None or baseline.version != VISION_BASELINE_VERSION:
        return None
    return baseline


def _face_kept(face: Mapping[str, float] | None) -> dict[str, float] | None:
    if face is None:
        return None
    models = shipped()
    kept = {
        BROW_CALM: face.get(BROW_CALM, models.brow.total(face)),
        SMILE_CALM: face.get(SMILE_CALM, models.smile.total(face)),
        **{name: face.get(name) for name in ("face_scale", "place_x", "face_y", "face_height")},
    }
    return {name: value for name, value in kept.items() if value is not None}


def _body_kept(body: Mapping[str, float] | None) -> dict[str, float] | None:
    if body is None:
        return None
    return {name: value for name, value in body.items() if name == "head_above"}


def _is_calm(features: Mapping[str, float]) -> bool:
    if abs(features["yaw_deg"]) > FRONT_YAW_DEG:
        return False
    features = unpacked(features)
    scores = (brow_score(features, None, shipped()), smile_score(features, None, shipped()))
    return all(score is not None and score < 0.5 for score in scores)


def _of_one(looks: Iterable[VisionLook]) -> list[VisionLook]:
    """Leave out the looks at somebody else, or at several: a normal is one person's."""
    return [look for look in looks if look.features.get("people", 1.0) < 2.0]


def _bodies(looks: Iterable[VisionLook]) -> list[Mapping[str, float]]:
    return [
        look.features for look in looks if look.body_looked and "shoulder_width" in look.features
    ]


def _medians(rows: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Median of each feature over the rows that have it, if at least half of them do."""
    found: dict[str, list[float]] = {}
    count = 0
    for row in rows:
        count += 1
        for name, value in unpacked(row).items():
            found.setdefault(name, []).append(value)
    return {
        name: float(np.median(values))
        for name, values in sorted(found.items())
        if 2 * len(values) >= count
    }
