"""A hand at the face: how far the hands' points are from it, in widths of the face."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision.geometry import extent
from vision.types import Reason
from vision.weights import logistic, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

HANDS: Final = ((15, 17, 19, 21), (16, 18, 20, 22))
HEAD: Final = (0, 2, 5, 7, 8, 9, 10)
LIPS: Final = (13, 14)
EARS_TO_FACE: Final = 1.15
LEAST_VISIBLE: Final = 0.4
EDGE: Final = 1.12
"""A chin in the hand puts the wrist below a near face's picture; hands in the lap lie lower."""


def touch_features(
    joints: NDArray[np.float32], face: NDArray[np.float32] | None, width: int, height: int
) -> dict[str, float]:
    """Distance of the nearer hand's nearest point to the face's oval, in widths of the face.

    Parameters
    ----------
    joints
        (33, 4) x, y in 0..1, z, visibility.
    face
        (478, 3) mesh of about the same moment, or None: then the head's joints stand for it.
    """
    pixels = np.array([width, height], np.float64)
    if face is not None:
        oval = face[:, :2].astype(np.float64) * pixels
        low, high = extent(oval)
    else:
        head = joints[list(HEAD), :2].astype(np.float64) * pixels
        half = max(float(np.ptp(head[:, 0])), float(np.ptp(head[:, 1]))) * EARS_TO_FACE / 2
        low, high = head.mean(axis=0) - half, head.mean(axis=0) + half
    middle, radii = (low + high) / 2, np.maximum((high - low) / 2, 1.0)
    found: dict[str, float] = {}
    near = []
    for hand in HANDS:
        if joints[hand[0], 3] < LEAST_VISIBLE or not 1 - EDGE < joints[hand[2], 1] < EDGE:
            continue
        points = joints[list(hand), :2].astype(np.float64) * pixels
        away = np.linalg.norm((points - middle) / radii, axis=1)
        near.append(float(away.min()))
    if near:
        found["hand_face"] = min(near)
    found["hands_in_picture"] = float(len(near))
    return found


def hand_features(
    hands: NDArray[np.float32], face: NDArray[np.float32], width: int, height: int
) -> dict[str, float]:
    """Distance of found hands to a near face, where the pose model often loses them.

    Parameters
    ----------
    hands
        (n, 21, 2) points of n hands, x, y in 0..1.
    face
        (478, 3) mesh of about the same moment.

    Returns
    -------
    dict
        "hands_in_picture"; with a hand also "hand_face", as `touch_features` has it, and
        "hand_mouth": distance of the nearest point to the middle of the lips, both in half widths
        and half heights of the face.
    """
    found = {"hands_in_picture": float(len(hands))}
    if len(hands) == 0:
        return found
    pixels = np.array([width, height], np.float64)
    oval = face[:, :2].astype(np.float64) * pixels
    low, high = extent(oval)
    middle, radii = (low + high) / 2, np.maximum((high - low) / 2, 1.0)
    points = hands.reshape(-1, 2).astype(np.float64) * pixels
    mouth = oval[list(LIPS)].mean(axis=0)
    found["hand_face"] = float(np.linalg.norm((points - middle) / radii, axis=1).min())
    found["hand_mouth"] = float(np.linalg.norm((points - mouth) / radii, axis=1).min())
    return found


def touch_score(features: Mapping[str, float]) -> tuple[float | None, Reason | None]:
    """Score in 0..1 for a hand at the face, decision at 0.5.

    A hand that is not in the picture is not at a face that is.
    """
    if "hands_in_picture" not in features:
        return None, Reason.HIDDEN
    if "hand_face" not in features:
        return 0.0, None
    limits = table("posture")["face_touch"]
    return logistic((limits["distance"] - features["hand_face"]) / 0.1), None
