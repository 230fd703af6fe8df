"""Make assets/vision/head.toml.

    PYTHONPATH=tests python -m benchmarks.recipes.head FOOTAGE

The mean of the steady points of 51 calm faces, looked at from the front, made symmetric.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Final

import numpy as np

from vision.geometry import Points, Shape
from vision.landmarks import MediapipeFinder
from vision.opencv import cv2
from vision.types import Frame

ROOT: Final = Path(__file__).resolve().parents[3]
MIDDLE: Final = (168, 6, 197, 195, 5, 4, 1, 2, 10)
PAIRS: Final = (
    (33, 263), (133, 362), (98, 327), (127, 356), (234, 454), (109, 338), (103, 332), (93, 323),
    (54, 284),
)  # fmt: skip
ROUNDS: Final = 5
HEAD: Final = """\
# The head's steady points: means over the 51 calm faces of the Face Research Lab London Set
# (DeBruine & Jones 2017, CC BY 4.0), made symmetric; no one person's face.
# Unit: distance between the middles of the eyes. x to the right, y down, z away from the camera.
# Recipe: tests/benchmarks/recipes/head.py
"""


def main(footage: Path) -> None:
    """Look at the calm faces, average them, write the file."""
    indices = [*MIDDLE, *(index for pair in PAIRS for index in pair)]
    faces = np.stack(calm_faces(footage / "smile"))[:, indices]
    mean = faces[0] - faces[0].mean(axis=0)
    for _ in range(ROUNDS):
        shape = Shape(mean)
        fits = [shape.onto(face) for face in faces]
        mean = np.mean([fit.undo(face) for fit, face in zip(fits, faces, strict=True)], axis=0)
    shape = Shape(mean)
    u, _, vt = np.linalg.svd(np.mean([shape.onto(face).rotation for face in faces], axis=0))
    front = mean @ (u @ vt).T
    mirror = {a: b for pair in PAIRS for a, b in (pair, pair[::-1])}
    other = [indices.index(mirror.get(index, index)) for index in indices]
    even = (front + front[other] * (-1, 1, 1)) / 2
    even -= even.mean(axis=0)
    at = {index: even[place] for place, index in enumerate(indices)}
    eyes = np.linalg.norm((at[33] + at[133] - at[263] - at[362]) / 2)
    lines = [HEAD]
    for index in indices:
        x, y, z = at[index] / eyes
        lines.append(f"[[point]]\nindex = {index}\nx = {x:.4f}\ny = {y:.4f}\nz = {z:.4f}\n")
    (ROOT / "assets/vision/head.toml").write_text("\n".join(lines), encoding="utf-8")


def calm_faces(folder: Path) -> list[Points]:
    """(478, 3) mesh in pixels of each neutral picture."""
    finder = MediapipeFinder()
    found = []
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["expression_posed"] == "neutral"]
    for row in rows:
        image = cv2.imread(str(folder / row["file"]))
        height, width = image.shape[:2]
        for index in range(5):  # the mesh settles on a new face within a few looks
            mesh = finder.find(Frame(index / 15, image), face=True, body=index == 0).face
        if mesh is not None:
            found.append(mesh.astype(np.float64) * (width, height, width))
    finder.close()
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
