"""A mirrored picture gives the same measures: cameras mirror, and nobody's left is special."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from synth_vision import ARMS, HEIGHT, WIDTH, head_mesh, skeleton

from vision.arms import arms_features
from vision.brow import BETWEEN, DEPTHS, LEVELS, SHOUT, WIDTHS, brow_features
from vision.face import front_face
from vision.models import shipped
from vision.posture import posture_features
from vision.smile import smile_features
from vision.touch import touch_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

JOINTS = ((2, 5), (7, 8), (9, 10), *((left, left + 1) for left in range(11, 32, 2)))
"""Joints of the left and of the right that the measures look at."""
FACE = (
    (33, 263), (133, 362), (98, 327), (127, 356), (234, 454), (109, 338), (103, 332), (93, 323),
    (54, 284), (55, 285), (107, 336), (52, 282), (105, 334), (46, 276), (70, 300), (159, 386),
    (145, 374), (61, 291), (57, 287), (187, 411), (216, 436), (207, 427), (50, 280), (205, 425),
    (206, 426),
)  # fmt: skip
"""Points of the mesh of the left and of the right that the measures look at."""
SHAPES = (*LEVELS, *WIDTHS, *DEPTHS, *BETWEEN, SHOUT)
BLANK = np.zeros((HEIGHT, WIDTH, 3), np.uint8)


def mirrored(
    points: NDArray[np.float32], pairs: tuple[tuple[int, int], ...]
) -> NDArray[np.float32]:
    """The points of the mirrored picture: left and right change places and names."""
    found: NDArray[np.float32] = points.copy()
    found[:, 0] = 1.0 - found[:, 0]
    for left, right in pairs:
        found[[left, right]] = found[[right, left]]
    return found


def uneven_face() -> NDArray[np.float32]:
    """A turned and tilted head whose every point lies a little beside its place."""
    wobble = np.random.default_rng(3).normal(0, 0.004, (478, 3))
    found: NDArray[np.float32] = (
        head_mesh(14.0, -6.0, 5.0, at=(0.4, 0.3), eyes_px=60.0) + wobble
    ).astype(np.float32)
    return found


def without_a_mesh(joints: NDArray[np.float32], width: int, height: int) -> dict[str, float]:
    """Hands at the head where only the joints are known."""
    return touch_features(joints, None, width, height)


@pytest.mark.parametrize("pose", sorted(ARMS))
def test_the_body_measures_the_same(pose: str) -> None:
    jitter = np.random.default_rng(1).normal(0, 0.01, (33, 2))
    body = skeleton(pose, jitter=jitter)
    body[[13, 15, 19], 3] = (0.8, 0.35, 0.6)  # one side is seen worse
    other = mirrored(body, JOINTS)
    for measure in (arms_features, posture_features, without_a_mesh):
        seen = measure(body, WIDTH, HEIGHT)
        assert seen
        assert measure(other, WIDTH, HEIGHT) == pytest.approx(seen, abs=1e-4)


def test_the_face_measures_the_same_and_its_turn_changes_sides() -> None:
    mesh = uneven_face()
    seen = front_face(mesh, WIDTH, HEIGHT)
    other = front_face(mirrored(mesh, FACE), WIDTH, HEIGHT)
    yaw, pitch, roll = seen.angles
    assert abs(yaw) > 10.0
    assert other.angles == pytest.approx((-yaw, pitch, -roll), abs=0.05)
    assert set(shipped().smile.weights) <= set(smile_features(seen))
    assert smile_features(other) == pytest.approx(smile_features(seen), abs=1e-3)
    assert brow_features(other, BLANK, mesh, SHAPES) == pytest.approx(
        brow_features(seen, BLANK, mesh, SHAPES), abs=1e-3
    )
