"""Timed crossing of arms on real pictures: no clip of it exists, so photographs are cut together.

No person of the set has photographs with and without crossed arms. A clip therefore cuts, or
fades, between two people whose faces are laid over each other, and nobody is recognised. The
shipped score knows these photographs: this measures time, not accuracy.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest

from app.coach.catalogue import load_catalogue
from app.coach.engine import CueEngine
from vision.analyser import VisionAnalyser
from vision.landmarks import MediapipeFinder
from vision.opencv import cv2
from vision.sources import VideoFile
from vision.types import Frame

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from app.coach.types import CueEvent

    Picture = NDArray[np.uint8]

pytestmark = pytest.mark.footage

RATE_HZ: Final = 30
CROSS_S, OPEN_S, END_S = 2.0, 5.0, 7.0
PAIRS: Final = 4
CLIPS: Final = (
    "video/pf_no_face.mp4", "video/pf_face_noface.mov", "video/ls_demo1.mp4", "video/lp_d12.mp4",
    "video/lp_d13.mp4",
)  # fmt: skip
"""Clouds, an empty place, a cartoon's neighbours and near faces: nobody crosses arms in them."""


def load(path: Path) -> Picture:
    image = cv2.imread(str(path))
    assert image is not None
    return np.asarray(image, np.uint8)


def face_of(image: Picture) -> tuple[NDArray[np.float64], float]:
    """Middle and height of the face in pixels."""
    finder = MediapipeFinder()
    for look in range(3):
        mesh = finder.find(Frame(look / 15, image), face=True, body=look == 0).face
    finder.close()
    assert mesh is not None
    pixels = mesh[:, :2].astype(np.float64) * (image.shape[1], image.shape[0])
    return pixels.mean(axis=0), float(np.ptp(pixels[:, 1]))


def laid_over(image: Picture, other: Picture) -> Picture:
    """The other picture moved and scaled so that its face lies on that of the image."""
    (middle, height), (its, its_height) = face_of(image), face_of(other)
    scale = height / its_height
    move = middle - scale * its
    matrix = np.array([[scale, 0, move[0]], [0, scale, move[1]]])
    size = (image.shape[1], image.shape[0])
    return np.asarray(
        cv2.warpAffine(other, matrix, size, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def episodes(crossed: Picture, still: Picture, fade_s: float) -> list[CueEvent]:
    """Open, crossed from CROSS_S, open again from OPEN_S, each change fading for `fade_s`."""
    eyes = VisionAnalyser()
    engine = CueEngine([one for one in load_catalogue().rules if one.id == "arms_crossed"], None)
    events: list[CueEvent] = []
    for index in range(round(END_S * RATE_HZ)):
        t = index / RATE_HZ
        share = float(np.clip((t - CROSS_S) / fade_s, 0, 1) - np.clip((t - OPEN_S) / fade_s, 0, 1))
        image = cv2.addWeighted(crossed, share, still, 1 - share, 0)
        events.extend(engine.push(eyes.push(Frame(t, np.asarray(image, np.uint8), index))))
    eyes.close()
    return [*events, *engine.finish(END_S)]


@pytest.mark.parametrize("fade_s", [1e-3, 0.4], ids=["cut", "fade"])
@pytest.mark.parametrize("pair", range(PAIRS))
def test_crossed_arms_are_one_episode_at_their_time(
    footage: Path, pair: int, fade_s: float
) -> None:
    folder = footage / "arms"
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted((row for row in csv.DictReader(file)), key=lambda row: row["file"])
    street = [row for row in rows if row["source"] == "ccp"]
    # The first of them stands half turned: faces laid over each other would not lay the bodies.
    crossed = [row["file"] for row in street if row["arms"] == "crossed"][1:][pair]
    still = [row["file"] for row in street if row["arm_type"] == "hands_on_hips"][pair % 2]
    image = load(folder / crossed)
    (one,) = episodes(image, laid_over(image, load(folder / still)), fade_s)
    assert CROSS_S - 0.1 <= one.start_s <= CROSS_S + fade_s + 0.5
    assert OPEN_S - 0.1 <= one.end_s <= OPEN_S + fade_s + 0.5


@pytest.mark.parametrize("clip", CLIPS)
def test_nobody_crosses_arms_in_the_clips(footage: Path, clip: str) -> None:
    eyes = VisionAnalyser()
    engine = CueEngine([one for one in load_catalogue().rules if one.id == "arms_crossed"], None)
    events: list[CueEvent] = []
    last = 0.0
    for frame in VideoFile(footage / clip):
        last = frame.t
        events.extend(engine.push(eyes.push(frame)))
    eyes.close()
    assert [*events, *engine.finish(last)] == []
