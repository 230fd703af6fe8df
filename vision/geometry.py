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


def rigid_fit(shape: Points, points: Points, weights: Points | None = None) -> RigidFit:
    """Fit a shape onto points by rotation, one scale and a shift, by least squares.

    Parameters
    ----------
    shape
        (n, 3) points of the shape.
    points
        (n, 3) the same points as found.
    weights
        (n,) weight of each point; equal where None.

    Returns
    -------
    RigidFit
        Never a mirror image.

    Raises
    ------
    ValueError
        For fewer than three points or shapes without extent.

    Notes
    -----
    The closed solution by singular values (Kabsch 1976; Umeyama 1991).
    """
    if shape.shape != points.shape or len(shape) < 3:
        raise ValueError("Both need the same three points or more, each with x, y and z.")
    share = np.full(len(shape), 1.0) if weights is None else weights
    share = share / share.sum()
    shape_middle, points_middle = share @ shape, share @ points
    a, b = shape - shape_middle, points - points_middle
    weighed = share[:, None] * b
    spread, size = float(share @ (a * a).sum(axis=1)), float(np.vdot(weighed, b))
    if spread < TINY or size < TINY:
        raise ValueError("All points lie in one place.")
    u, values, vt = np.linalg.svd(weighed.T @ a)
    flip = np.array([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    rotation: Points = (u * flip) @ vt
    scale = float((values * flip).sum() / spread)
    middle: Points = points_middle - scale * rotation @ shape_middle
    # What the fitted shape does not explain of the points' own spread.
    residual = max(0.0, size / scale**2 - spread) ** 0.5 if scale > TINY else inf
    return RigidFit(rotation, scale, middle, residual)


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
