"""What each distance on the face measures, on a face whose points are moved one by one."""

from __future__ import annotations

import numpy as np
import pytest

from vision.brow import BETWEEN, DEPTHS, LEVELS, SHOUT, WIDTHS, brow_features
from vision.face import FrontFace
from vision.geometry import RigidFit
from vision.smile import TALK_FULL, smile_features, talking

X, Y, Z = range(3)
BLANK = np.zeros((48, 64, 3), np.uint8)
SHAPES = (*LEVELS, *WIDTHS, *DEPTHS, *BETWEEN, SHOUT)
CORNERS, LIPS, CHEEKS = (61, 291), (0, 17), (50, 280)


def face(*moved: tuple[tuple[int, ...], int, float]) -> FrontFace:
    """A face whose points all lie at one place, but for those that are moved along an axis."""
    points = np.zeros((478, 3))
    for indices, axis, by in moved:
        points[list(indices), axis] += by
    return FrontFace(points, RigidFit(np.eye(3), 40.0, np.zeros(3), 0.0), (0.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("moved", "measured"),
    [
        # Corners of the mouth that go up by a tenth of an eye distance (y points down).
        (
            (CORNERS, Y, -0.1),
            {"smile_corner_ear": 0.1, "smile_corner_cheek": 0.1, "smile_corner_level": 0.1},
        ),
        (
            (CORNERS, Z, 0.1),
            {"smile_corner_depth": 0.1, "smile_corner_back": 0.1},
        ),
        ((LIPS, Z, 0.1), {"smile_corner_back": -0.1}),
        ((CHEEKS, Y, -0.1), {"smile_corner_cheek": 0.1, "smile_cheek_level": 0.1}),
        ((CHEEKS, Z, -0.1), {"smile_cheek_front": -0.1}),
        (((145, 374), Y, -0.1), {"smile_lid": 0.1}),
        (((14,), Y, 0.2), {"mouth_open": 0.2}),
        (((234,), X, 0.2), {"smile_corner_ear": 0.1}),  # one side counts by half
        (((57, 287), X, 0.2), {"smile_side_cheek": 0.2}),
        (((216, 436), X, 0.2), {"smile_fold_cheek": 0.2}),
        (((205, 425), Z, 0.2), {"smile_cheek_depth": 0.2}),
    ],
)
def test_a_smile_s_distances(
    moved: tuple[tuple[int, ...], int, float], measured: dict[str, float]
) -> None:
    calm, found = smile_features(face()), smile_features(face(moved))
    changed = {name: found[name] - calm[name] for name in found if found[name] != calm[name]}
    assert changed == pytest.approx(measured)


@pytest.mark.parametrize(
    ("moved", "measured"),
    [
        # The inner ends of the brows go down, or together.
        (
            ((55, 285), Y, 0.1),
            {"brow_inner": -0.1, "brow_slope": -0.1, "brow_over_lid": -0.1},
        ),
        (((55, 285), Z, 0.1), {"brow_inner_depth": 0.1}),
        (((285,), X, 0.3), {"brow_gap": 0.3}),
        (((107, 336), Y, 0.1), {"brow_inner_top": -0.1}),
        (((336,), X, 0.3), {"brow_gap_top": 0.3}),
        (((362,), X, 0.3), {"brow_eye_inner": 0.3}),
        (((263,), X, 0.3), {"brow_eye_outer": 0.3}),
        (((145, 374), Y, -0.1), {"brow_lid_lower": 0.1, "brow_lid_gap": -0.1}),
        (((9,), Y, 0.1), {"brow_between": -0.1}),
        (((14,), Y, 0.35), {"brow_shout": 0.1}),
        (((159,), Y, -0.1), {"brow_lid_upper": 0.05, "eye_gap": 0.1, "brow_lid_gap": 0.05,
                             "brow_over_lid": -0.05}),
    ],
)  # fmt: skip
def test_a_brow_s_distances(
    moved: tuple[tuple[int, ...], int, float], measured: dict[str, float]
) -> None:
    mesh = np.zeros((478, 3), np.float32)
    calm, found = (brow_features(one, BLANK, mesh, SHAPES) for one in (face(), face(moved)))
    changed = {name: found[name] - calm[name] for name in found if found[name] != calm[name]}
    assert changed == pytest.approx(measured)


@pytest.mark.parametrize(("path", "share"), [(0.0, 0.0), (0.1, 0.0), (0.2, 0.5), (9.0, 1.0)])
def test_a_mouth_talks_the_more_the_farther_its_lips_move_in_a_second(
    path: float, share: float
) -> None:
    assert talking(path) == pytest.approx(share)
    assert talking(TALK_FULL) == 1.0
