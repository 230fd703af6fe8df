"""What each feature of the arms measures, on joints with round coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from vision.arms import arms_features, arms_score, hips_score
from vision.types import Reason
from vision.weights import Linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE = 1000
"""Pixels of the square picture."""
UPRIGHT = {
    11: (600, 300), 12: (400, 300),  # shoulders, 200 apart: the unit
    13: (620, 500), 14: (380, 500),  # elbows
    15: (620, 700), 16: (380, 700),  # wrists
    23: (570, 600), 24: (430, 600),  # hips
}  # fmt: skip
ACROSS = {15: (420, 460), 16: (560, 440)}
"""Wrists of crossed forearms."""
ALWAYS, NEVER = (Linear(bias, {}, {}) for bias in (9.0, -9.0))


def joints(
    *moved: dict[int, tuple[float, float]], seen: dict[int, float] | None = None
) -> NDArray[np.float32]:
    found = np.full((33, 4), 0.95, np.float32)
    for places in (UPRIGHT, *moved):
        for joint, place in places.items():
            found[joint, :2] = np.array(place) / SIDE
    for joint, sure in (seen or {}).items():
        found[joint, 3] = sure
    return found


def measured(
    *moved: dict[int, tuple[float, float]], seen: dict[int, float] | None = None
) -> dict[str, float]:
    return arms_features(joints(*moved, seen=seen), SIDE, SIDE)


def test_crossed_forearms_are_measured_in_shoulder_widths() -> None:
    found = measured(ACROSS)
    expected = {
        "arms_near": np.hypot(40, 40) / 200,  # left wrist to right elbow
        "arms_far": np.hypot(60, 60) / 200,
        "arms_over": 80 / 200,  # left wrist beyond the middle, the other by 60
        "arms_wrists_over": (80 + 60) / 200,
        "arms_high": 140 / 200,
        "arms_low": 160 / 200,
        "arms_apart": np.hypot(140, 20) / 200,
        "arms_elbows_out": 20 / 200,
        "arms_room": 700 / 200,
        "hips_far": max(np.hypot(150, 140), np.hypot(130, 160)) / 200,
    }
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=1e-5)


def test_arms_that_hang_are_straight_beside_the_hips_and_level_forearms_are_bent() -> None:
    hanging = measured()
    assert hanging["hips_far"] == pytest.approx(np.hypot(50, 100) / 200, abs=1e-5)
    assert hanging["arms_slope"] == pytest.approx(-1.0)
    assert hanging["arms_bend_least"] * 90 == pytest.approx(180 - np.degrees(np.arctan(0.1)))
    elbows = {13: (600, 500), 14: (400, 500)}
    level = measured(elbows, {15: (500, 500), 16: (480, 500)})
    assert level["arms_slope"] == pytest.approx(0.0)
    assert level["arms_bend_least"] == pytest.approx(1.0)
    one = measured(elbows, {15: (500, 500), 16: (400, 700)})
    assert one["arms_slope"] == pytest.approx(-1.0), "the steeper one"
    assert one["arms_bend_least"] == pytest.approx(2.0), "the straighter one"


def test_of_a_turned_person_the_torso_gives_the_unit() -> None:
    narrow = {11: (520, 300), 12: (480, 300), 23: (520, 700), 24: (480, 700)}
    assert measured(narrow)["arms_room"] == pytest.approx(700 / (0.55 * 400))


def test_a_hand_that_is_not_seen_is_not_far_from_the_other_elbow() -> None:
    far = {15: (640, 500)}  # 1.3 shoulder widths from the right elbow
    assert measured(ACROSS, far)["arms_far"] == pytest.approx(1.3)
    assert measured(ACROSS, far, seen={15: 0.45})["arms_far"] == pytest.approx(0.75)
    below = {15: (620, 1040)}
    assert measured(ACROSS, below)["arms_far"] == pytest.approx(0.75), "under the picture's edge"
    hangs = {15: (620, 1250)}
    assert measured(ACROSS, hangs, seen={15: 0.1})["arms_far"] == pytest.approx(1.4)


def test_a_wrist_outside_the_picture_is_not_shown_however_sure_the_model_is() -> None:
    inside = measured(seen={15: 0.9, 16: 0.4})
    assert (inside["wrist_most"], inside["wrist_least"]) == pytest.approx((0.9, 0.4))
    assert (inside["arms_shown"], inside["arms_shown_least"]) == pytest.approx((0.9, 0.4))
    assert (inside["arms_seen"], inside["elbows_seen"]) == (2.0, 2.0)
    outside = measured({15: (620, 1040), 13: (1040, 500)}, seen={15: 0.9, 16: 0.4})
    assert (outside["wrist_most"], outside["wrist_least"]) == pytest.approx((0.9, 0.4))
    assert (outside["arms_shown"], outside["arms_shown_least"]) == pytest.approx((0.4, 0.0))
    assert (outside["arms_seen"], outside["elbows_seen"]) == (1.0, 1.0)
    hardly = measured(seen={14: 0.25, 15: 0.25})
    assert (hardly["arms_seen"], hardly["elbows_seen"]) == (1.0, 1.0)


def test_hips_that_are_not_seen_are_not_measured() -> None:
    for found in (measured({24: (430, 1040)}), measured(seen={23: 0.25})):
        assert "hips_far" not in found
        assert hips_score(found) == (None, Reason.HIDDEN)


def test_without_two_wrists_nobody_knows_of_hands_on_the_hips() -> None:
    assert hips_score(measured(seen={16: 0.25})) == (None, Reason.HIDDEN)
    assert hips_score(measured())[0] is not None


def test_crossed_needs_a_hint_of_a_wrist_and_room_below_the_shoulders() -> None:
    assert arms_score(measured(ACROSS), ALWAYS)[1] is None
    assert arms_score(measured(ACROSS, seen={15: 0.25, 16: 0.0}), ALWAYS)[1] is None
    assert arms_score(measured(ACROSS, seen={15: 0.15, 16: 0.15}), ALWAYS)[1] is Reason.HIDDEN
    for above, known in ((70, False), (90, True)):  # 0.35 and 0.45 shoulder widths
        near = {11: (600, SIDE - above), 12: (400, SIDE - above)}
        hips = {23: (570, 1100), 24: (430, 1100)}
        found = arms_score(measured(ACROSS, near, hips), ALWAYS)[1]
        assert (found is None) is known, above


def test_open_needs_one_wrist_seen_well_or_both_fairly() -> None:
    for one, other, known in ((0.75, 0.0, True), (0.55, 0.55, True), (0.65, 0.45, False)):
        found = arms_score(measured(seen={15: one, 16: other}), NEVER)[1]
        assert (found is None) is known, (one, other)
