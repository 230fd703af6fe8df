"""Each photograph of the arms in several versions, and behind a counter: what the fit learns from.

A landmark of one photograph is one throw of the dice: mirrored, turned, cut and dimmed versions
show how far the same pose scatters. A counter painted over the hands, or the picture cut there,
makes hands that nobody can see, with the landmarks that the pose model invents for them.
"""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.eyes_fit import Sample
from benchmarks.eyes_photos import CACHE, mark_pictures, readable

from vision import landmarks
from vision.arms import arms_features
from vision.landmarks import MediapipeFinder
from vision.looking import is_body
from vision.opencv import cv2
from vision.types import Frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

Picture = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]

VERSIONS: Final = 5
"""Versions of a photograph, the photograph itself among them."""
COUNTERS: Final = ("wood", "grey", "cut")
"""What hides the hands: two painted slabs, or the lower edge of the picture."""
COUNTER_WEIGHT: Final = 1 / 3
LOOKS: Final = 2
"""Looks at a still picture until the pose model has settled on it."""
BLACK: Final = np.zeros((64, 64, 3), np.uint8)
"""A picture without anybody makes the model forget the last person."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of a photograph and the joints that were found in it."""

    row: dict[str, str]
    """The photograph's row of the manifest."""
    joints: NDArray[np.float32]
    """(33, 4) x, y in 0..1, z, visibility."""
    size: tuple[int, int]
    """Width and height in pixels."""
    counter: bool
    """Whether a counter hides the hands."""

    @property
    def sample(self) -> Sample:
        """Features with the label of the photograph, though behind a counter nobody could see it.

        One that was not crossed teaches the fit what invented hands look like.
        """
        weight = COUNTER_WEIGHT if self.counter else 1 / VERSIONS
        features = arms_features(self.joints, *self.size)
        return Sample(features, self.row["arms"] == "crossed", self.row["group"], weight)


def arms_variants(footage: Path) -> list[Shown]:
    """All clear photographs in their versions, and behind counters; kept for the next run."""
    folder = footage / "arms"
    kept = CACHE / f"arms-variants-{_stamp(folder)}.pkl"
    if kept.exists():
        found: list[Shown] = pickle.loads(kept.read_bytes())  # noqa: S301 - written below
        return found
    usable = [row for row in readable(folder) if row["arms"] != "unclear"]
    finder = MediapipeFinder()
    found = []
    for number, row in enumerate(usable):
        image = cv2.imread(str(folder / row["file"]))
        rng = np.random.default_rng(number)
        found += _versions(finder, np.asarray(image, np.uint8), row, rng)
    finder.close()
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(found))
    return found


def _versions(
    finder: MediapipeFinder, image: Picture, row: dict[str, str], rng: np.random.Generator
) -> list[Shown]:
    joints = _pose(finder, image)
    pictures = [(version(image, kind, rng), False) for kind in range(1, VERSIONS)]
    edge = None
    if joints is not None:
        edge = counter_edge(joints, image.shape, crossed=row["arms"] == "crossed")
    if edge is not None:
        pictures += [(behind(image, edge, kind, rng), True) for kind in COUNTERS]
    looked = [(image, joints, False)]
    looked += [(picture, _pose(finder, picture), counter) for picture, counter in pictures]
    return [
        Shown(row, found, (picture.shape[1], picture.shape[0]), counter)
        for picture, found, counter in looked
        if found is not None
    ]


def version(image: Picture, kind: int, rng: np.random.Generator) -> Picture:
    """A photograph mirrored, turned, farther away, cut a little, blurred, dimmed, with noise."""
    height, width = image.shape[:2]
    if kind == 1:
        return np.ascontiguousarray(image[:, ::-1])
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-5, 5), 1.0)
    shown = cv2.warpAffine(image, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    if kind == 2:
        edge = round(0.15 * max(height, width))
        shown = cv2.copyMakeBorder(shown, edge, 0, edge, edge, cv2.BORDER_REPLICATE)
    if kind == 3:
        low, left, right = rng.uniform(0, 0.06, 3)
        shown = shown[: int(height * (1 - low)), int(width * left) : int(width * (1 - right))]
    if kind == 4:
        scale = 160 / max(height, width)
        small = cv2.resize(shown, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        shown = cv2.resize(small, (width, height))
    lit = shown * rng.uniform(0.6, 1.3) + rng.normal(0, 6, shown.shape)
    if rng.random() < 0.5:
        lit = lit[:, ::-1]
    return np.ascontiguousarray(np.clip(lit, 0, 255).astype(np.uint8))


def counter_edge(
    joints: NDArray[np.float32], shape: tuple[int, ...], *, crossed: bool
) -> int | None:
    """Row where a counter begins that hides both hands; None where the pose leaves no place.

    Between elbows and hands; just above the hands where the arms are crossed.
    """
    height, width = shape[:2]
    shoulders = abs(float(joints[11, 0] - joints[12, 0])) * width / height
    unit = max(shoulders, 0.4 * abs(float(np.ptp(joints[[11, 12, 23, 24], 1]))))
    elbows, hands = float(joints[13:15, 1].max()), float(joints[15:23, 1].min())
    if crossed:
        row = hands - 0.12 * unit
    elif hands < elbows + 0.12 * unit or float(joints[13:15, 3].min()) < 0.5:
        return None
    else:
        row = elbows + 0.35 * (hands - elbows)
    lowest = float(joints[11:13, 1].max()) + 0.25 * unit
    return round(row * height) if lowest <= row < 0.97 else None


def behind(image: Picture, edge: int, kind: str, rng: np.random.Generator) -> Picture:
    """The photograph with a slab from a row down, or cut there."""
    if kind == "cut":
        return np.ascontiguousarray(image[:edge])
    shown = image.copy()
    rows, width = image.shape[0] - edge, image.shape[1]
    colour = np.array((60, 100, 150) if kind == "wood" else (150, 150, 150), np.float64)
    slab = colour + rng.normal(0, 8, (rows, 1, 1)) + rng.normal(0, 5, (rows, width, 3))
    slab[: max(2, image.shape[0] // 80)] += 50
    shown[edge:] = np.clip(slab, 0, 255).astype(np.uint8)
    return shown


def _pose(finder: MediapipeFinder, image: Picture) -> NDArray[np.float32] | None:
    finder.find(Frame(0.0, BLACK), face=False, body=True)
    for look in range(LOOKS):
        found = finder.find(Frame(0.2 * (look + 1), image), face=False, body=True)
    return found.body if is_body(found.body) else None


def _stamp(folder: Path) -> str:
    """Mark of what the joints depend on."""
    whole = hashlib.sha256()
    mark_pictures(whole, folder)
    for part in (folder / "manifest.csv", Path(__file__), Path(landmarks.__file__)):
        whole.update(part.read_bytes())
    return whole.hexdigest()[:16]
