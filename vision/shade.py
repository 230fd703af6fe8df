"""Light and shadow round the brows: where landmarks are coarse, a frown still darkens the skin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision.opencv import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray

PATCH_PX: Final = (72, 70)
"""Width and height of the upright patch that is cut out: eyes, brows and forehead."""
EYES_PX: Final = ((16.0, 40.0), (56.0, 40.0))
"""Where the middles of the eyes come to lie in it.

Half a pixel beside its own middle, 35.5: mirrored, a picture's brow sum differs by 0.17 on average,
where the mesh's own differences make 0.5. To be put right when the score is fitted anew.
"""
_UPRIGHT = np.array([*EYES_PX, (36.0, 80.0)], np.float32)
"""The middles of the eyes, and the point as far below their middle as they are apart."""
GRID: Final = (6, 10)
"""Cells across half the face and down; both halves are averaged."""
FLAT: Final = 5.0
"""Added to the contrast, so that noise of an even picture is not blown up."""


SHADES: Final = {f"shade_{i}_{j}": (i, j) for i in range(GRID[1]) for j in range(GRID[0])}
"""Name -> (row, column) of a cell; row 0 on the forehead, column 0 outside."""
CORNERS: Final = (33, 133, 263, 362)


def brow_shades(
    image: NDArray[np.uint8], mesh: NDArray[np.float32], names: tuple[str, ...]
) -> dict[str, float]:
    """Brightness of cells of the eye region against the region's mean, in its contrasts.

    Parameters
    ----------
    image
        (height, width, 3) BGR picture.
    mesh
        (478, 3) face mesh of it.
    names
        The wanted cells out of `SHADES`.

    Returns
    -------
    dict
        Cell -> contrasts brighter than the mean; the same for a brighter lamp.
    """
    if not names:
        return {}
    height, width = image.shape[:2]
    # A handful of numbers: as arrays they take three times as long.
    (a, b), (c, d), (e, f), (g, h) = [mesh[corner, :2].tolist() for corner in CORNERS]
    left = (a * width + c * width) / 2, (b * height + d * height) / 2
    right = (e * width + g * width) / 2, (f * height + h * height) / 2
    across, down = right[0] - left[0], right[1] - left[1]
    below = (left[0] + right[0]) / 2 - down, (left[1] + right[1]) / 2 + across
    turn = cv2.getAffineTransform(np.array([left, right, below], np.float32), _UPRIGHT)
    patch = cv2.warpAffine(image, turn, PATCH_PX, flags=cv2.INTER_LINEAR)
    grey = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY)
    middle = PATCH_PX[0] // 2
    half = np.add(grey[:, :middle], grey[:, : middle - 1 : -1], dtype=np.float32, order="C") / 2
    mean, deviation = cv2.meanStdDev(half)
    flat = (half - np.float32(mean[0, 0])) / np.float32(deviation[0, 0] + FLAT)
    grid = cv2.resize(flat, GRID, interpolation=cv2.INTER_AREA).tolist()
    return {name: grid[row][column] for name in names for row, column in (SHADES[name],)}
