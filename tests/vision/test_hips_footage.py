"""Hands on the hips, on photographs: rare, so precision counts and recall is printed."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from vision.analyser import VisionAnalyser
from vision.landmarks import MediapipeFinder
from vision.opencv import cv2
from vision.types import Frame

FOOTAGE = Path(__file__).resolve().parents[2].parent / "shared" / "footage" / "arms"
OTHERS = 8
"""Every eighth of the other photographs is enough for a test; the benchmark takes all."""

pytestmark = [
    pytest.mark.footage,
    pytest.mark.skipif(not FOOTAGE.is_dir(), reason="../shared/footage is not on this machine"),
]


def test_hands_on_hips_on_photographs() -> None:
    with (FOOTAGE / "manifest.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["arms"] != "unclear"]
    akimbo = [row for row in rows if row["arm_type"] == "hands_on_hips"]
    others = [row for row in rows if row["arm_type"] != "hands_on_hips"][::OTHERS]
    finder = MediapipeFinder()
    said: dict[str, list[tuple[str, bool]]] = {"akimbo": [], "others": []}
    for name, chosen in (("akimbo", akimbo), ("others", others)):
        for row in chosen:
            picture = cv2.imread(str(FOOTAGE / row["file"]))
            assert picture is not None
            finder.find(Frame(0.0, np.zeros((32, 32, 3), np.uint8)), face=True, body=True)
            eyes = VisionAnalyser(finder=finder)
            for index in range(4):
                reading = eyes.push(Frame(0.2 * index, picture, index))
            score = reading.hands_on_hips
            said[name].append((row["group"], score is not None and score >= 0.5))
    finder.close()
    hits = [group for group, yes in said["akimbo"] if yes]
    false = [group for group, yes in said["others"] if yes]
    groups = {row["group"] for row in akimbo}
    print(  # noqa: T201 - the figures of a measurement
        f"hands on hips: {len(hits)} of {len(akimbo)} ({len(set(hits))} of {len(groups)} groups), "
        f"false {len(false)} of {len(others)}"
    )
    assert len(false) <= 0.05 * len(others)
    assert hits
