"""Hands at a near face, which the pose model loses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from synth_vision import ScriptedFinder, grey_frames, head_mesh, skeleton

from vision.analyser import VisionAnalyser
from vision.landmarks import wants_hands
from vision.models import shipped
from vision.smile import smile_score
from vision.touch import hand_features
from vision.types import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.types import Frame, Landmarks

NEAR = head_mesh(eyes_px=110.0, at=(0.5, 0.5))
FAR = head_mesh(eyes_px=30.0)


def hand(x: float, y: float) -> NDArray[np.float32]:
    """(1, 21, 2) points of a small hand."""
    return np.full((1, 21, 2), (x, y), np.float32)


@dataclass
class WithHands(ScriptedFinder):
    """A finder that has looked for hands too."""

    hands: NDArray[np.float32] | None = None

    def find(self, frame: Frame, *, face: bool, body: bool) -> Landmarks:
        found = super().find(frame, face=face, body=body)
        return replace(found, hands=self.hands)


def test_hands_are_wanted_at_a_near_face_whose_wrists_are_hidden() -> None:
    assert wants_hands(NEAR, None)
    assert wants_hands(NEAR, skeleton("hanging", wrists_seen=0.1))


def test_hands_are_not_wanted_where_the_pose_model_sees_them_or_without_a_near_face() -> None:
    assert not wants_hands(FAR, None)
    assert not wants_hands(None, None)
    high = head_mesh(eyes_px=90.0, at=(0.5, 0.15))
    low = skeleton("hanging")
    low[[15, 16], 1] = 0.95
    assert not wants_hands(high, low)
    assert wants_hands(high, skeleton("at_face"))


@pytest.mark.parametrize(("x", "touches"), [(0.5, True), (0.05, False)])
def test_a_found_hand_touches_where_it_lies_on_the_face(x: float, touches: bool) -> None:
    finder = WithHands(face=lambda t: NEAR, body=lambda t: None, hands=hand(x, 0.6))
    eyes = VisionAnalyser(finder=finder)
    readings = [eyes.push(frame) for frame in grey_frames(1.0)]
    assert readings[-1].face_touch is not None
    assert (readings[-1].face_touch >= 0.5) is touches
    assert readings[-1].missing["arms_score"] is Reason.HIDDEN


def test_no_hand_found_is_no_touch_and_not_looked_for_is_not_measured() -> None:
    for hands, value in ((np.zeros((0, 21, 2), np.float32), 0.0), (None, None)):
        finder = WithHands(face=lambda t: NEAR, body=lambda t: None, hands=hands)
        eyes = VisionAnalyser(finder=finder)
        reading = [eyes.push(frame) for frame in grey_frames(1.0)][-1]
        assert reading.face_touch == value


def test_the_distance_is_one_at_the_edge_of_the_face() -> None:
    low, high = NEAR[:, :2].min(axis=0), NEAR[:, :2].max(axis=0)
    beside = hand_features(hand(float(high[0]), float((low[1] + high[1]) / 2)), NEAR, 640, 480)
    assert beside["hand_face"] == pytest.approx(1.0, abs=0.01)


def test_a_mouth_behind_a_hand_has_no_smile() -> None:
    model = shipped().smile
    features = dict(model.centres)
    assert smile_score(features, None, shipped()) is not None
    assert smile_score(features | {"hand_mouth": 0.1}, None, shipped()) is None
    assert smile_score(features | {"hand_mouth": 1.0}, None, shipped()) is not None


@pytest.mark.parametrize(("near", "measured"), [(0.34, False), (0.35, True)])
def test_a_hand_hides_the_mouth_up_to_a_third_of_the_face_from_it(
    near: float, *, measured: bool
) -> None:
    features = dict(shipped().smile.centres) | {"hand_mouth": near}
    assert (smile_score(features, None, shipped()) is not None) is measured
