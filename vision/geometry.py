"""Pure functions on points: rigid fits, head rotation, angles, distances and crossing."""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, asin, atan2, cos, degrees, hypot, inf, sin
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Number = TypeVar("Number", np.float32, np.float64)

TINY: Final = 1e-9
_THREE: Final = "Both need the same three points or more, each with x, y and z."
_ONE_PLACE: Final = "All points lie in one place."


@dataclass(frozen=True, slots=True)
class RigidFit:
    """How a shape was turned, scaled and moved to lie best on points."""

    rotation: Points
    """(3, 3) rotation from the shape to the points."""
    scale: float
    """Units of the points by one unit of the shape."""
    middle: Points
    """(3,) where the shape's origin lies among the points."""
    residual: float
    """Root mean square distance left, in units of the shape."""

    def undo(self, points: Points) -> Points:
        """Bring (n, 3) points back into the shape's own frame: unturned, unit scale."""
        turned: Points = (points - self.middle) @ self.rotation / self.scale
        return turned


class Shape:
    """A shape that is fitted onto points again and again: what it knows of itself is made once.

    Parameters
    ----------
    points
        (n, 3) points of the shape.
    weights
        (n,) weight of each point; equal where None.

    Raises
    ------
    ValueError
        For fewer than three points or a shape without extent.
    """

    def __init__(self, points: Points, weights: Points | None = None) -> None:
        self._size = points.shape
        if len(points) < 3:
            raise ValueError(_THREE)
        share = np.full(len(points), 1.0) if weights is None else weights
        self._share: Points = share / share.sum()
        self._column: Points = self._share[:, None]
        self._middle: Points = self._share @ points
        self._around: Points = points - self._middle
        self._spread = float(self._share @ (self._around * self._around).sum(axis=1))
        if self._spread < TINY:
            raise ValueError(_ONE_PLACE)

    def onto(self, points: Points) -> RigidFit:
        """Fit the shape onto (n, 3) points by rotation, one scale and a shift, by least squares.

        Returns
        -------
        RigidFit
            Never a mirror image.

        Raises
        ------
        ValueError
            For other than the shape's points, or points without extent.

        Notes
        -----
        The closed solution by singular values (Kabsch 1976; Umeyama 1991).
        """
        if points.shape != self._size:
            raise ValueError(_THREE)
        points_middle = self._share @ points
        around = points - points_middle
        weighed = self._column * around
        size = float(np.vdot(weighed, around))
        if size < TINY:
            raise ValueError(_ONE_PLACE)
        u, values, vt = np.linalg.svd(weighed.T @ self._around)
        rotation: Points = u @ vt
        lengths = values.tolist()
        if _is_mirrored(rotation):
            rotation = (u * (1.0, 1.0, -1.0)) @ vt
            lengths[2] = -lengths[2]
        scale = sum(lengths) / self._spread
        middle: Points = points_middle - scale * rotation @ self._middle
        # What the fitted shape does not explain of the points' own spread.
        left = size / scale**2 - self._spread if scale > TINY else inf
        return RigidFit(rotation, scale, middle, max(0.0, left) ** 0.5)


def head_angles(rotation: Points) -> tuple[float, float, float]:
    """Yaw, pitch and roll in degrees of a head turned by (3, 3) rotation.

    The axes are the picture's: x to the right, y down, z away from the camera. Yaw is positive
    where the face looks to the picture's right, pitch where it looks up, roll where the head is
    tilted clockwise in the picture. Yaw is that of the direction of the face, so it does not
    depend on the tilt.
    """
    # Written out: of each look's time, small matrices take more than all else here.
    (right_x, _, away_x), (right_y, _, away_y), (right_z, _, away_z) = rotation.tolist()
    yaw = atan2(-away_x, away_z)
    pitch = asin(min(1.0, max(-1.0, away_y)))
    # The head's right, with yaw and then pitch undone.
    level_x = cos(yaw) * right_x + sin(yaw) * right_z
    level_z = cos(yaw) * right_z - sin(yaw) * right_x
    roll = atan2(cos(pitch) * right_y - sin(pitch) * level_z, level_x)
    return degrees(yaw), degrees(pitch), degrees(roll)


def angle_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Angle in degrees, 0 or more, between two (yaw, pitch) directions in degrees."""
    a, b = _direction(*one), _direction(*other)
    return float(np.degrees(np.arccos(np.clip(a @ b, -1.0, 1.0))))


def apart(a: Points, b: Points) -> float:
    """Distance of two points; each (2,)."""
    return hypot(*(a - b).tolist())


def bend(a: Points, b: Points, c: Points) -> float:
    """Angle at b in degrees between b-a and b-c: 180 for a straight arm; 0 without length."""
    one, other = a - b, c - b
    length = hypot(*one.tolist()) * hypot(*other.tolist())
    if length < TINY:
        return 0.0
    return degrees(acos(min(1.0, max(-1.0, float(one @ other) / length))))


def extent(points: NDArray[Number]) -> tuple[NDArray[Number], NDArray[Number]]:
    """Least and greatest x and y, (2,) each, of (n, 2 or more) points.

    Along the first axis of narrow rows numpy takes six times as long.
    """
    columns = np.ascontiguousarray(points[:, :2].T)
    return columns.min(axis=1), columns.max(axis=1)


def _direction(yaw_deg: float, pitch_deg: float) -> Points:
    yaw, pitch = np.radians([yaw_deg, pitch_deg])
    return np.array([np.sin(yaw) * np.cos(pitch), -np.sin(pitch), -np.cos(yaw) * np.cos(pitch)])


def _is_mirrored(turn: Points) -> bool:
    """Whether a (3, 3) matrix of unit vectors also mirrors: whether its determinant is negative."""
    (a, b, c), (d, e, f), (g, h, i) = turn.tolist()
    return bool(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) < 0.0)
