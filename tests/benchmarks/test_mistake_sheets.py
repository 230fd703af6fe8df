"""A contact sheet beside the result for each metric that has mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from benchmarks.framework import Metric
from benchmarks.sheets import COLUMNS, TILE, write_sheets

from vision.opencv import cv2

if TYPE_CHECKING:
    from pathlib import Path


def test_each_metric_with_mistakes_gets_its_sheet(tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    cv2.imwrite(str(photo), np.full((300, 100, 3), (0, 0, 200), np.uint8))
    wrong = tuple((photo, f"arms folded 0.{number}") for number in range(COLUMNS + 1))
    metrics = {
        "arms.f1": Metric(0.9, mistakes=wrong),
        "smile.f1": Metric(1.0),
        "brow.f1": Metric(0.8, mistakes=((tmp_path / "absent.png", "lost"),)),
    }
    (sheet,) = write_sheets(tmp_path / "out" / "bench.json", metrics)
    assert sheet == tmp_path / "out" / "bench-mistakes-arms.f1.png"
    image = cv2.imread(str(sheet))
    assert image.shape == (2 * TILE[0], COLUMNS * TILE[1], 3)
    assert tuple(image[5, 5]) == (0, 0, 200)
    assert image[TILE[0] - 46 : TILE[0]].max() == 255
