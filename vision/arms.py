"""Arms: crossed, not crossed or not to be seen; and hands on the hips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision.geometry import apart, bend
from vision.types import Reason
from vision.weights import Linear, logistic, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

ELBOWS: Final = (13, 14)
WRISTS: Final = (15, 16)
HIPS: Final = (23, 24)
TORSO_TO_SHOULDERS: Final = 0.55
"""A turned person's shoulders look narrow: at least this share of the torso is the unit."""
SEEN: Final = 0.3
"""Visibility from which a wrist counts as seen; pose models invent the others."""
SURE: Final = 0.5
"""Visibility below which the guessed place of a wrist is bounded, as a tucked hand's is."""
LEAST: Final = 0.2
"""Visibility that one wrist needs for "crossed": below it both hands are pure invention."""
ROOM: Final = 0.4
"""Shoulder widths that the picture reaches below the shoulders, for "crossed".

Crossed forearms lie 0.5 to 0.9 below; of a near face the pose model invents arms at the edge.
"""
OPEN_ONE: Final = 0.7
"""Visibility of one wrist in the picture that settles "not crossed".

Behind a painted counter the pose model gave 0.3 to 0.7 to a wrist that nobody could see.
"""
OPEN_BOTH: Final = 0.5
"""The same where both wrists have it."""
EDGE: Final = 1.03
"""A wrist beyond this share of the picture lies outside; the model goes on guessing there."""
REACH: Final = {
    "arms_near": (0.0, 1.1),
    "arms_far": (0.3, 1.4),
    "arms_over": (-0.3, 0.6),
    "arms_bend": (0.8, 1.8),
    "arms_high": (0.3, 1.0),
    "arms_low": (0.3, 1.4),
    "arms_apart": (0.0, 1.0),
    "arms_slope": (-1.0, 0.0),
}
"""Beyond these a feature says nothing more: no pose is less crossed than not crossed."""
TUCKED: Final = 0.75
"""A hand that is not seen lies at most this far from the other elbow, as far as crossing goes."""
BELOW: Final = 1.2
"""A wrist guessed below this share of the picture hangs; it is not tucked."""


def arms_features(joints: NDArray[np.float32], width: int, height: int) -> dict[str, float]:
    """Measure both arms.

    Parameters
    ----------
    joints
        (33, 4) x, y in 0..1, z, visibility.
    width, height
        Of the picture, in pixels.

    Returns
    -------
    dict
        Lengths in shoulder widths, the same for a mirrored picture. "arms_near" and "arms_far":
        distance of the nearer and the farther wrist to the other arm's elbow; "arms_over": how
        far the wrist that is most across lies beyond the body's middle; "arms_bend": angle of
        the straighter elbow by 90 degrees; "arms_high" and "arms_low": the wrists below the
        shoulders; "arms_apart": between the wrists; "arms_slope": how much the steeper
        forearm hangs, -1 straight down; "wrist_most" and "wrist_least": visibility of the
        better and of the worse seen wrist; "arms_room": how far the picture reaches below the
        shoulders.
    """
    p = joints[:, :2].astype(np.float64) * (width, height)
    middle = (p[11] + p[12]) / 2
    torso = apart(middle, (p[23] + p[24]) / 2)
    shoulders = apart(p[11], p[12])
    unit = max(shoulders, TORSO_TO_SHOULDERS * torso, 1e-6)
    side = 1.0 if p[11, 0] >= p[12, 0] else -1.0
    over = [side * (middle[0] - p[15, 0]) / unit, side * (p[16, 0] - middle[0]) / unit]
    to_elbow = [apart(p[15], p[14]) / unit, apart(p[16], p[13]) / unit]
    bends = [bend(p[11], p[13], p[15]), bend(p[12], p[14], p[16])]
    drops = [(p[wrist, 1] - middle[1]) / unit for wrist in WRISTS]
    slopes = [_slope(p[13], p[15]), _slope(p[14], p[16])]
    outs = [side * (p[13, 0] - p[11, 0]) / unit, side * (p[12, 0] - p[14, 0]) / unit]
    found = {
        "arms_near": min(to_elbow),
        "arms_far": max(_tucked(joints, to_elbow)),
        "arms_over": max(over),
        "arms_bend": max(bends) / 90.0,
        "arms_high": float(min(drops)),
        "arms_low": float(max(drops)),
        "arms_apart": apart(p[15], p[16]) / unit,
        "arms_slope": min(slopes),
    }
    found = {name: float(_within(value, *REACH[name])) for name, value in found.items()}
    found["arms_bend_least"] = max(bends) / 90.0
    found["arms_elbows_out"] = float(min(outs))
    found["arms_wrists_over"] = sum(over)
    found["arms_room"] = float(height - middle[1]) / unit
    found.update(_sight(joints))
    found.update(_hips(p, joints, unit))
    return found


def arms_score(features: Mapping[str, float], model: Linear) -> tuple[float | None, Reason | None]:
    """Score in 0..1 for crossed arms, decision at 0.5; (None, why) where they are hidden.

    A tucked hand is hidden by nature, so "crossed" asks for little: the forearms tell it. A hand
    behind a counter is hidden too, so "not crossed" asks for a wrist that is clearly seen.
    """
    score = model.score(features)
    if score is None:
        return None, Reason.HIDDEN
    if score >= 0.5:
        known = features["wrist_most"] >= LEAST and features["arms_room"] >= ROOM
    else:
        known = features["arms_shown"] >= OPEN_ONE or features["arms_shown_least"] >= OPEN_BOTH
    return (score, None) if known else (None, Reason.HIDDEN)


def hips_score(features: Mapping[str, float]) -> tuple[float | None, Reason | None]:
    """Score in 0..1 for both hands on the hips: wrists at the hips and apart, elbows bent and out.

    Hands clasped before the belly have bent elbows that stand out too, and the hips of somebody
    who is seen down to the belt only are guessed too high; but their wrists are close together.
    """
    if "hips_far" not in features or features["arms_seen"] < 2.0:
        return None, Reason.HIDDEN
    limits = table("posture")["hands_on_hips"]
    parts = (
        (limits["wrist_to_hip"] - features["hips_far"]) / 0.08,
        (features["arms_apart"] - limits["wrists_apart"]) / 0.08,
        (features["arms_elbows_out"] - limits["elbows_out"]) / 0.05,
        (limits["bend_deg"] - features["arms_bend_least"] * 90.0) / 8.0,
    )
    return logistic(min(parts)), None


def _within(value: float, least: float, most: float) -> float:
    return min(most, max(least, value))


def _slope(elbow: NDArray[np.float64], wrist: NDArray[np.float64]) -> float:
    """How upright a forearm is: -1 hand straight down, 0 level, 1 straight up."""
    return float(elbow[1] - wrist[1]) / max(apart(wrist, elbow), 1e-6)


def _inside(joint: NDArray[np.float32]) -> bool:
    return bool(1.0 - EDGE <= joint[0] <= EDGE and 1.0 - EDGE <= joint[1] <= EDGE)


def _tucked(joints: NDArray[np.float32], to_elbow: list[float]) -> list[float]:
    """Distances with a tucked hand's bounded: where a hand hides, its guessed place says little."""
    found = []
    for wrist, distance in zip(WRISTS, to_elbow, strict=True):
        unsure = joints[wrist, 3] < SURE or joints[wrist, 1] > EDGE
        found.append(min(distance, TUCKED) if unsure and joints[wrist, 1] < BELOW else distance)
    return found


def _sight(joints: NDArray[np.float32]) -> dict[str, float]:
    """How well the wrists are seen: in all, and inside the picture."""
    wrists = [float(joints[wrist, 3]) for wrist in WRISTS]
    shown = [
        sure if _inside(joints[wrist]) else 0.0 for wrist, sure in zip(WRISTS, wrists, strict=True)
    ]
    elbows = [bool(joints[elbow, 3] >= SEEN and _inside(joints[elbow])) for elbow in ELBOWS]
    return {
        "wrist_most": max(wrists),
        "wrist_least": min(wrists),
        "arms_shown": max(shown),
        "arms_shown_least": min(shown),
        "arms_seen": float(sum(one >= SEEN for one in shown)),
        "elbows_seen": float(sum(elbows)),
    }


def _hips(p: NDArray[np.float64], joints: NDArray[np.float32], unit: float) -> dict[str, float]:
    if min(joints[hip, 3] for hip in HIPS) < SEEN or not all(_inside(joints[hip]) for hip in HIPS):
        return {}
    gaps = [apart(p[15], p[23]), apart(p[16], p[24])]
    return {"hips_far": max(gaps) / unit}
