"""Photographs as one second of video, looked at by a fresh analyser; scalars kept for the run."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.footage_files import broken, rows

from vision.analyser import VisionAnalyser
from vision.baseline import VisionBaselineBuilder
from vision.brow import CANDIDATES, brow_features
from vision.face import front_face
from vision.landmarks import MediapipeFinder
from vision.opencv import cv2
from vision.types import Frame, VisionBaseline, VisionLook, VisionReading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from vision.models import Models
    from vision.types import Landmarks

RATE_HZ: Final = 30
PAD: Final = {"brow": 0.25, "headpose": 0.0, "smile": 0.0, "arms": 0.0, "brow_stock": 0.0}
"""Grey margin by the longer side: the crops in `brow` are too tight for any face detector."""
CACHE: Final = Path("out/cache")


@dataclass(frozen=True, slots=True)
class Photo:
    """One labelled photograph and what the eyes saw in it."""

    path: Path
    """The picture."""
    row: Mapping[str, str]
    """Its row of the manifest."""
    looks: tuple[VisionLook, ...]
    """The looks of its second, without joints."""

    @property
    def name(self) -> str:
        """File name."""
        return self.path.name

    def features(self) -> dict[str, float]:
        """Median of each feature over the last third of the second."""
        rows = [look.features for look in self.looks if look.t >= 0.66]
        names = {name for row in rows for name in row}
        return {
            name: float(np.median([row[name] for row in rows if name in row])) for name in names
        }

    def read(
        self, models: Models | None = None, baseline: VisionBaseline | None = None
    ) -> VisionReading:
        """The reading after that second."""
        eyes = VisionAnalyser(baseline, models=models)
        reading = VisionReading(0.0)
        for look in self.looks:
            reading = eyes.read(look)
        return reading

    def normal(self) -> VisionBaseline | None:
        """The own normal that this photograph makes."""
        builder = VisionBaselineBuilder()
        for look in self.looks:
            builder.add(look)
        return builder.build()


def load_set(footage: Path, name: str) -> list[Photo]:
    """All photographs of a set that can be read, by file name; empty where the set is absent."""
    folder = footage / name
    usable = readable(folder)
    kept = CACHE / f"{name}-{_stamp(folder)}.pkl"
    if kept.exists():
        seen = pickle.loads(kept.read_bytes())  # noqa: S301 - written by the line below
    else:
        seen = {row["file"]: show(folder / row["file"], PAD.get(name, 0.0)) for row in usable}
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(seen))
    return [Photo(folder / row["file"], row, seen[row["file"]]) for row in usable]


def readable(folder: Path) -> list[dict[str, str]]:
    """Rows of a set whose pictures can be read, by file name."""
    usable = [row for row in rows(folder / "manifest.csv") if row["file"] not in broken(folder)]
    return sorted(usable, key=lambda row: row["file"])


def show(path: Path, pad: float = 0.0, seconds: float = 1.0) -> tuple[VisionLook, ...]:
    """Show a picture to a fresh analyser as video."""
    read = cv2.imread(str(path))
    if read is None:
        raise ValueError(f"{path.name} cannot be read.")
    image = np.asarray(read, np.uint8)
    edge = round(pad * max(image.shape[:2]))
    if edge:
        grey = (127, 127, 127)
        bordered = cv2.copyMakeBorder(
            image, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=grey
        )
        image = np.asarray(bordered, np.uint8)
    finder = Watched()
    eyes = VisionAnalyser(finder=finder)
    looks = []
    try:
        for index in range(round(seconds * RATE_HZ)):
            look = eyes.look(Frame(index / RATE_HZ, image, index))
            if look is not None:
                more = _candidates(image, finder.mesh) if "yaw_deg" in look.features else {}
                looks.append(replace(look, features={**look.features, **more}))
    finally:
        eyes.close()
    return tuple(replace(look, joints=None, missing=dict(look.missing)) for look in looks)


class Watched(MediapipeFinder):
    """A finder that keeps its newest mesh, for features that the program itself leaves out."""

    def __init__(self) -> None:
        super().__init__()
        self.mesh: NDArray[np.float32] | None = None

    def find(self, frame: Frame, *, face: bool, body: bool) -> Landmarks:
        """Look, and remember."""
        found = super().find(frame, face=face, body=body)
        self.mesh = found.face
        return found


def _candidates(image: NDArray[np.uint8], mesh: NDArray[np.float32] | None) -> dict[str, float]:
    """Everything that the recipe of the brow may choose from."""
    if mesh is None:
        return {}
    height, width = image.shape[:2]
    return brow_features(front_face(mesh, width, height), image, mesh, CANDIDATES)


def manifest_mark(footage: Path, name: str) -> str:
    """Short mark of a set's manifest: says whether a model was fitted on this very set."""
    path = footage / name / "manifest.csv"
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else ""


def mark_pictures(whole: hashlib._Hash, folder: Path) -> None:
    """Add what the pictures of a set hold: another one of the same name is looked at anew."""
    for row in readable(folder):
        whole.update(row["file"].encode())
        whole.update(hashlib.sha256((folder / row["file"]).read_bytes()).digest())


def _stamp(folder: Path) -> str:
    """Mark of everything that the looks depend on, so that no stale look is ever measured."""
    root = Path(__file__).resolve().parents[2]
    parts = [Path(__file__), *sorted((root / "vision").glob("*.py"))]
    parts += [root / "assets/vision/head.toml", root / "assets/vision/posture.toml"]
    whole = hashlib.sha256()
    mark_pictures(whole, folder)
    for part in parts:
        if part.name in {"measures.py", "models.py", "weights.py", "baseline.py", "sources.py"}:
            continue  # these work on looks
        whole.update(part.read_bytes())
    return whole.hexdigest()[:16]
