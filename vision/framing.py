"""Quality of the picture: what keeps it from being measured well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vision.types import Framing
from vision.weights import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

STEP: int = 16
"""Every sixteenth pixel is enough for brightness."""


def picture_features(
    image: NDArray[np.uint8], face: NDArray[np.float32] | None
) -> dict[str, float]:
    """Brightness of a (height, width, 3) BGR picture and of the face in it, 0..255."""
    found = {"luma": float(image[::STEP, ::STEP].mean())}
    if face is not None:
        height, width = image.shape[:2]
        low = np.clip(face[:, :2].min(axis=0) * (width, height), 0, (width - 1, height - 1))
        high = np.clip(face[:, :2].max(axis=0) * (width, height), 0, (width, height))
        left, top = (int(one) for one in low)
        step = max(1, int(high[0] - left) // 16)
        part = image[top : int(high[1]) + 1 : step, left : int(high[0]) + 1 : step]
        if part.size:
            found["face_luma"] = float(part.mean())
    return found


def framing_of(features: Mapping[str, float], *, face: bool, body: bool) -> tuple[Framing, ...]:
    """Say what should be better about the picture, most urgent first."""
    limits = table("posture")["framing"]
    found: list[Framing] = []
    if features.get("people", 1.0) >= 2.0:
        found.append(Framing.SEVERAL_PEOPLE)
    if features.get("face_luma", features.get("luma", 255.0)) < limits["dark"]:
        found.append(Framing.TOO_DARK)
    if not face and not body:
        found.append(Framing.NO_PERSON)
        return tuple(found)
    if not face:
        found.append(Framing.FACE_HIDDEN)
    size = features.get("face_height", 0.0)
    if face and size > limits["close"]:
        found.append(Framing.TOO_CLOSE)
    elif face and size < limits["far"]:
        found.append(Framing.TOO_FAR)
    if face and not limits["left"] < features.get("face_x", 0.5) < limits["right"]:
        found.append(Framing.OFF_CENTRE)
    if features.get("elbows_seen", 0.0) < 2.0 and Framing.TOO_CLOSE not in found:
        found.append(Framing.ELBOWS_HIDDEN)
    return tuple(found)
