"""The part of a picture that is searched for the face."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from vision.opencv import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray

FACE_SIDE_PX: Final = 480
"""Longest side of a whole picture for the face; its network looks at 192 pixels square."""
REGION_SIDE_PX: Final = 640
"""A larger region is halved: by whole numbers, so that it does not matter where it begins."""
REGION_HEADS: Final = 4.0
"""Side of the region that is searched for the face, in widths of the head."""
REGION_EDGE: Final = 0.12
"""A face whose middle comes nearer to the region's edge than this share moves the region."""
SMALL_HEAD: Final = 0.22
"""A head wider than this share of the short side is searched for in the whole picture."""
_HEAD_JOINTS: Final = (0, 2, 5, 7, 8)
_EAR_TO_HEAD: Final = 1.25


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a picture that is searched for the face, in whole pixels."""

    left: int
    """Left edge in pixels."""
    top: int
    """Upper edge in pixels."""
    width: int
    """Width in pixels."""
    height: int
    """Height in pixels."""

    def cut(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Give the region's pixels, as a view."""
        return image[self.top : self.top + self.height, self.left : self.left + self.width]

    def keeps(self, x: float, y: float) -> bool:
        """Whether a face at x, y (pixels) lies well inside."""
        across = (x - self.left) / self.width
        down = (y - self.top) / self.height
        return REGION_EDGE < across < 1 - REGION_EDGE and REGION_EDGE < down < 1 - REGION_EDGE


def head_region(body: NDArray[np.float32] | None, width: int, height: int) -> Region:
    """Where to search for the face, given (33, 4) joints: the whole picture for a near one.

    The face detector sees 128 pixels of whatever it is given: a person who stands is lost in the
    whole picture, and found in a region of a few heads.
    """
    whole = Region(0, 0, width, height)
    if body is None:
        return whole
    points = body[list(_HEAD_JOINTS), :2] * (width, height)
    ear_width = float(np.linalg.norm(points[3] - points[4]))
    eye_width = float(np.linalg.norm(points[1] - points[2]))
    head = max(ear_width, 2.0 * eye_width) * _EAR_TO_HEAD
    if head < 8 or head > SMALL_HEAD * min(width, height):
        return whole
    # In even pixels, so that a halved region is a part of the halved picture.
    side = int(min(REGION_HEADS * head, width, height)) // 2 * 2
    x, y = points.mean(axis=0)
    left = int(np.clip(x - side / 2, 0, width - side)) // 2 * 2
    top = int(np.clip(y - side / 2, 0, height - side)) // 2 * 2
    return Region(left, top, side, side)


def face_picture(image: NDArray[np.uint8], region: Region) -> NDArray[np.uint8]:
    """Give the RGB picture that is searched for the face.

    A region's pixels are the same wherever it begins: whoever starts in the middle of a film
    comes to see what they would have seen from its start.
    """
    height, width = image.shape[:2]
    if (region.width, region.height) == (width, height):
        return rgb(image, FACE_SIDE_PX)
    return rgb(region.cut(image), region.width // (1 + (region.width > REGION_SIDE_PX)))


def rgb(image: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    """Make a BGR picture RGB, and smaller where its longer side exceeds this many pixels."""
    height, width = image.shape[:2]
    scale = longest / max(height, width)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)  # type: ignore[return-value]
