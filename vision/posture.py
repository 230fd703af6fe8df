"""Lean and slouch, both against one's own normal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision.types import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

SEEN: Final = 0.5
"""Visibility from which shoulders count as seen."""


def posture_features(joints: NDArray[np.float32], width: int, height: int) -> dict[str, float]:
    """Shoulder width and the head's height above the shoulders, from (33, 4) joints."""
    if min(joints[11, 3], joints[12, 3]) < SEEN:
        return {}
    p = joints[:, :2].astype(np.float64) * (width, height)
    shoulders = float(np.linalg.norm(p[11] - p[12]))
    middle = (p[11] + p[12]) / 2
    head = p[[2, 5, 7, 8]].mean(axis=0)
    if shoulders < 1.0:
        return {}
    return {
        "shoulder_width": shoulders / height,
        "shoulder_y": float(middle[1]) / height,
        "head_above": float(middle[1] - head[1]) / shoulders,
    }


def lean_share(
    features: Mapping[str, float], normal: Mapping[str, float] | None
) -> tuple[float | None, Reason | None]:
    """How much nearer than normal, as a fraction: from the face's size, head turn removed."""
    if normal is None or "face_scale" not in normal:
        return None, Reason.NO_OWN_NORMAL
    return features["face_scale"] / normal["face_scale"] - 1.0, None


def slouch_share(
    features: Mapping[str, float], normal: Mapping[str, float] | None
) -> tuple[float | None, Reason | None]:
    """How much lower than normal the head sits over the shoulders, as a fraction."""
    if "head_above" not in features:
        return None, Reason.HIDDEN
    if normal is None or normal.get("head_above", 0.0) <= 0.0:
        return None, Reason.NO_OWN_NORMAL
    return 1.0 - features["head_above"] / normal["head_above"], None
