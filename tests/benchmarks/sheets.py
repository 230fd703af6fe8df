"""Contact sheets of the mistakes: one picture a metric, label and score under each photograph.

They show other people's photographs, so they lie beside the result and are never committed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vision.opencv import cv2

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from benchmarks.framework import Metric
    from numpy.typing import NDArray

SIDE_PX: Final = 200
"""Longest side of a photograph on a sheet."""
TILE: Final = (SIDE_PX + 46, SIDE_PX + 8, 3)
"""Rows, columns and colours of one photograph with its two lines."""
COLUMNS: Final = 8
MOST: Final = 64
DARK: Final = 30
LINE: Final = 33
"""Characters of a line."""


def write_sheets(out: Path, metrics: Mapping[str, Metric]) -> list[Path]:
    """Write one sheet for each metric with mistakes, next to the result `out`; give their paths."""
    written = []
    for name, metric in metrics.items():
        tiles = [
            one for path, said in metric.mistakes[:MOST] if (one := tile(path, said)) is not None
        ]
        if tiles:
            path = out.with_name(f"{out.stem}-mistakes-{name}.png")
            path.parent.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(path), grid(tiles))
            written.append(path)
    return written


def tile(path: Path, said: str) -> NDArray[np.uint8] | None:
    """One photograph with what was said of it and its file name; None where it cannot be read."""
    image = cv2.imread(str(path))
    if image is None:
        return None
    scale = SIDE_PX / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    shown = np.full(TILE, DARK, np.uint8)
    shown[: small.shape[0], : small.shape[1]] = small
    for line, text in enumerate((said, path.stem)):
        place = (3, SIDE_PX + 16 + 18 * line)
        white = (255, 255, 255)
        cv2.putText(shown, text[-LINE:], place, cv2.FONT_HERSHEY_SIMPLEX, 0.36, white, 1)
    return shown


def grid(tiles: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Tiles in rows of eight."""
    filled = [*tiles, *(np.full(TILE, DARK, np.uint8) for _ in range(-len(tiles) % COLUMNS))]
    rows = [np.hstack(filled[i : i + COLUMNS]) for i in range(0, len(filled), COLUMNS)]
    return np.vstack(rows)
