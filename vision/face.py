"""The face mesh as numbers: head rotation, and distances on the face as if seen from the front."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from math import hypot
from typing import TYPE_CHECKING, Final

import numpy as np

from vision.geometry import Points, RigidFit, Shape, head_angles
from vision.weights import table

if TYPE_CHECKING:
    from numpy.typing import NDArray

EYE_CORNERS: Final = (33, 133, 362, 263)


@dataclass(frozen=True, slots=True)
class FrontFace:
    """A face mesh turned to the front."""

    points: Points
    """(478, 3) unturned: x to the right, y down, in distances between the eyes' middles."""
    fit: RigidFit
    """How the head was turned; scale in pixels by eye distance."""
    angles: tuple[float, float, float]
    """Yaw, pitch, roll in degrees, as VisionReading has them."""
    _rows: list[list[float]] = field(init=False, repr=False, compare=False)
    """The points as plain numbers: one by one out of an array they take several times as long."""
    _eyes_y: float = field(init=False, repr=False, compare=False)
    """Height of the line of the eyes' corners."""

    def __post_init__(self) -> None:
        """Take out what most of the distances need."""
        object.__setattr__(self, "_rows", self.points.tolist())
        object.__setattr__(self, "_eyes_y", self.mean(EYE_CORNERS, 1))

    def across(self, left: int, right: int) -> float:
        """Distance of two points across the face, in eye distances."""
        (x, y, _), (end_x, end_y, _) = self._rows[left], self._rows[right]
        return hypot(x - end_x, y - end_y)

    def below(self, upper: tuple[int, ...], lower: tuple[int, ...]) -> float:
        """How far the lower points lie below the upper ones, both sides averaged."""
        return self.mean(lower, 1) - self.mean(upper, 1)

    def level(self, points: tuple[int, ...]) -> float:
        """How far points lie above the line of the eyes' corners, averaged."""
        return self._eyes_y - self.mean(points, 1)

    def mean(self, points: tuple[int, ...], axis: int) -> float:
        """Mean x, y or z of a handful of points."""
        return sum([self._rows[one][axis] for one in points]) / len(points)


def front_face(mesh: NDArray[np.float32], width: int, height: int) -> FrontFace:
    """Turn a (478, 3) mesh of a picture of width by height pixels to the front."""
    indices, shape = _head()
    pixels = mesh * np.array((width, height, width), np.float64)
    fit = shape.onto(pixels[indices])
    return FrontFace(fit.undo(pixels), fit, head_angles(fit.rotation))


@cache
def head_shape() -> tuple[tuple[int, ...], Points]:
    """Give the mean head's steady points: (indices, (n, 3) in distances between the eyes)."""
    rows = table("head")["point"]
    indices = tuple(int(row["index"]) for row in rows)
    return indices, np.array([[row["x"], row["y"], row["z"]] for row in rows], np.float64)


@cache
def _head() -> tuple[NDArray[np.intp], Shape]:
    indices, points = head_shape()
    return np.array(indices, np.intp), Shape(points)
