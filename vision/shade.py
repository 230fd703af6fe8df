"""Light and shadow round the brows: where landmarks are coarse, a frown still darkens the skin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision.opencv import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE_PX: Final = 100
"""Side of the upright patch that is cut out."""
EYES_PX: Final = ((30.0, 60.0), (70.0, 60.0))
"""Where the middles of the eyes come to lie in it."""
ROWS: Final = slice(20, 90)
COLUMNS: Final = slice(14, 86)
GRID: Final = (6, 10)
"""Cells across half the face and down; both halves are averaged."""
FLAT: Final = 5.0
"""Added to the contrast, so that noise of an even picture is not blown up."""


def brow_shades(
    image: NDArray[np.uint8], mesh: NDArray[np.float32], cells: tuple[tuple[int, int], ...]
) -> dict[str, float]:
    """Brightness of cells of the eye region against the region's mean, in its contrasts.

    Parameters
    ----------
    image
        (height, width, 3) BGR picture.
    mesh
        (478, 3) face mesh of it.
    cells
        (row, column) of the wanted cells; row 0 on the forehead, column 0 outside.

    Returns
    -------
    dict
        "shade_<row>_<column>" -> contrasts brighter than the mean; the same for a brighter lamp.
    """
    if not cells:
        return {}
    height, width = image.shape[:2]
    pixels = mesh[:, :2].astype(np.float64) * (width, height)
    left, right = (pixels[33] + pixels[133]) / 2, (pixels[263] + pixels[362]) / 2
    across = right - left
    below = (left + right) / 2 + (-across[1], across[0])
    there = ((EYES_PX[0][0] + EYES_PX[1][0]) / 2, EYES_PX[0][1] + EYES_PX[1][0] - EYES_PX[0][0])
    turn = cv2.getAffineTransform(
        np.array([left, right, below], np.float32), np.array([*EYES_PX, there], np.float32)
    )
    patch = cv2.warpAffine(image, turn, (SIDE_PX, SIDE_PX), flags=cv2.INTER_LINEAR)
    grey = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY).astype(np.float32)
    both = ((grey + grey[:, ::-1]) / 2)[ROWS, COLUMNS]
    flat = (both - both.mean()) / (both.std() + FLAT)
    half = np.ascontiguousarray(flat[:, : flat.shape[1] // 2])
    grid = cv2.resize(half, GRID, interpolation=cv2.INTER_AREA)
    return {f"shade_{row}_{column}": float(grid[row, column]) for row, column in cells}
