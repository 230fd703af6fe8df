"""Landmarks into the scalar features of a look: nothing else of a face is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision.arms import arms_features
from vision.brow import brow_features
from vision.face import front_face
from vision.framing import bad_light, framing_of, picture_features
from vision.geometry import extent
from vision.posture import posture_features
from vision.smile import smile_features
from vision.touch import hand_features, touch_features
from vision.types import Frame, Landmarks, Reason, VisionLook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

WORST_FIT: Final = 0.3
"""A mesh that fits a head worse than this (eye distances) is no face."""
LEAST_BODY: Final = 0.5
"""Mean visibility of shoulders and head below which the pose model dreams."""
PROFILE: Final = 0.6
"""A nose this far from the middle between the ears (of their distance) is seen from the side."""
_UPPER: Final = (0, 11, 12)


def features_of(
    frame: Frame,
    found: Landmarks,
    last_face: NDArray[np.float32] | None,
    people: float,
    *,
    known: bool = True,
    last_body: NDArray[np.float32] | None = None,
) -> VisionLook:
    """Measure what was found in a frame.

    Parameters
    ----------
    last_face
        (478, 3) newest mesh, for the hands' distance where the face was not looked at now.
    people
        How many people are in the picture.
    known
        Whether the body belongs to a face: without one the pose model finds people in clouds.
    last_body
        (33, 4) newest joints that count, for what they say about a face that is not found.
    """
    features: dict[str, float] = {"people": people}
    missing: dict[str, Reason] = {}
    body = found.body if known and is_body(found.body) else None
    head = body if found.body_looked else last_body
    features.update(picture_features(frame.image, found.face, head))
    near = found.face if found.face is not None else last_face
    if body is not None:
        features.update(arms_features(body, found.width, found.height))
        features.update(posture_features(body, found.width, found.height))
        features.update(touch_features(body, near, found.width, found.height))
    if found.hands is not None and near is not None:
        hands = hand_features(found.hands, near, found.width, found.height)
        features.update(_nearer(features, hands))
    face_seen = False
    if found.face is not None:
        face = face_features(frame.image, found.face)
        face_seen = bool(face)
        features.update(face)
    light = bad_light(features)
    if found.face_looked and not face_seen:
        missing["face"] = light or _why_no_face(head)
    if found.body_looked and body is None:
        missing["body"] = light or (Reason.HIDDEN if face_seen else Reason.NO_PERSON)
    framing = framing_of(features, face=face_seen, body=body is not None)
    joints = None if body is None else np.ascontiguousarray(body[:, [0, 1, 3]])
    return VisionLook(
        found.t, found.face_looked, found.body_looked, features, missing, joints, framing
    )


def face_features(image: NDArray[np.uint8], mesh: NDArray[np.float32]) -> Mapping[str, float]:
    """Measure a (478, 3) mesh of a BGR picture; empty where it is no face."""
    height, width = image.shape[:2]
    front = front_face(mesh, width, height)
    if front.fit.residual > WORST_FIT:
        return {}
    yaw, pitch, roll = front.angles
    low, high = extent(mesh)
    return {
        "yaw_deg": yaw,
        "pitch_deg": pitch,
        "roll_deg": roll,
        "face_scale": front.fit.scale / height,
        "face_pixels": front.fit.scale,
        "face_fit": front.fit.residual,
        "face_x": float(low[0] + high[0]) / 2,
        "face_y": float(low[1] + high[1]) / 2,
        "place_x": float(low[0] + high[0]) / 2 * width / height,
        "face_height": float(high[1] - low[1]),
        **brow_features(front, image, mesh),
        **smile_features(front),
    }


def _nearer(pose: Mapping[str, float], hands: dict[str, float]) -> dict[str, float]:
    """Features of both finders of hands: whichever saw one nearer is right."""
    away = [one["hand_face"] for one in (pose, hands) if "hand_face" in one]
    return {**hands, "hand_face": min(away)} if away else hands


def is_body(joints: NDArray[np.float32] | None) -> bool:
    """Whether (33, 4) joints are those of a person and not a dream of the model."""
    return joints is not None and float(joints[list(_UPPER), 3].mean()) >= LEAST_BODY


def _why_no_face(body: NDArray[np.float32] | None) -> Reason:
    """Why there is no face: in profile or from behind the nose leaves the ears' span."""
    if body is None:
        return Reason.NO_PERSON
    nose, left, right = body[0], body[7], body[8]
    span = abs(float(left[0] - right[0]))
    off = abs(float(nose[0]) - float(left[0] + right[0]) / 2)
    turned = off > PROFILE * span or min(float(left[3]), float(right[3]), float(nose[3])) < 0.5
    return Reason.TURNED_AWAY if turned else Reason.HIDDEN
