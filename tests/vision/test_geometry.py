import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from synth_vision import rotation_of

from vision.geometry import Shape, angle_between, bend, head_angles

Floats = NDArray[np.float64]
SIDE = st.floats(-70, 70)


@given(SIDE, SIDE, SIDE)
def test_angles_come_back_out_of_the_rotation_they_made(
    yaw: float, pitch: float, roll: float
) -> None:
    assert head_angles(rotation_of(yaw, pitch, roll)) == pytest.approx((yaw, pitch, roll), abs=1e-6)


def test_yaw_is_positive_where_the_nose_points_to_the_right_of_the_picture() -> None:
    nose = rotation_of(30, 0, 0) @ np.array([0.0, 0.0, -1.0])
    assert nose[0] > 0.4


def test_pitch_is_positive_where_the_nose_points_up() -> None:
    nose = rotation_of(0, 30, 0) @ np.array([0.0, 0.0, -1.0])
    assert nose[1] < -0.4  # y grows downwards


def test_roll_is_positive_where_the_head_is_tilted_clockwise() -> None:
    crown = rotation_of(0, 0, 30) @ np.array([0.0, -1.0, 0.0])
    assert crown[0] > 0.4


@given(SIDE, SIDE, SIDE, st.floats(0.1, 300))
def test_a_rigid_fit_finds_how_a_shape_was_moved(
    yaw: float, pitch: float, roll: float, scale: float
) -> None:
    shape = np.random.default_rng(1).normal(size=(12, 3))
    turned = rotation_of(yaw, pitch, roll)
    fit = Shape(shape).onto(scale * shape @ turned.T + (3.0, -2.0, 9.0))
    assert fit.scale == pytest.approx(scale)
    assert fit.rotation == pytest.approx(turned, abs=1e-6)
    assert fit.residual == pytest.approx(0.0, abs=1e-6)
    moved = scale * shape @ turned.T + (3.0, -2.0, 9.0)
    assert fit.undo(moved) == pytest.approx(shape, abs=1e-6)


def test_a_rigid_fit_never_mirrors() -> None:
    shape = np.random.default_rng(1).normal(size=(12, 3))
    fit = Shape(shape).onto(shape * (-1, 1, 1))
    assert np.linalg.det(fit.rotation) == pytest.approx(1.0)
    assert fit.residual > 0.1


@pytest.mark.parametrize("shape", [np.zeros((2, 3)), np.ones((5, 3))])
def test_a_rigid_fit_refuses_what_has_no_extent(shape: Floats) -> None:
    with pytest.raises(ValueError, match="points"):
        Shape(shape).onto(shape)


def test_angle_between_directions() -> None:
    assert angle_between((0, 0), (0, 0)) == pytest.approx(0.0, abs=1e-4)
    assert angle_between((-20, 0), (25, 0)) == pytest.approx(45.0)
    assert angle_between((0, 30), (0, -10)) == pytest.approx(40.0)


def test_a_straight_arm_bends_by_180_degrees() -> None:
    assert bend(np.array([0.0, 0]), np.array([1.0, 0]), np.array([2.0, 0])) == pytest.approx(180)
    assert bend(np.array([0.0, 0]), np.array([1.0, 0]), np.array([1.0, 1])) == pytest.approx(90)
    assert bend(np.array([1.0, 0]), np.array([1.0, 0]), np.array([1.0, 1])) == 0.0
