"""A film in each of the eight ways in which it can lie is upright wherever it is shown."""

from __future__ import annotations

import base64
from itertools import product
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from films import OURS

from app.session.frame_finder import FrameFinder
from app.session.frames import picture_of
from app.session.html_thumbnails import thumbnails
from app.session.importing_film import keep_recording
from app.store.files import SessionFiles
from vision.opencv import cv2
from vision.sources import VideoFile

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SIZE = (64, 48)
LEVELS = {(-1, -1): 230, (1, -1): 160, (-1, 1): 90, (1, 1): 20}
"""Brightness of each quarter as it is kept, by (right, down) of the middle."""
LYING = [
    (a, b, c, d)
    for (a, d), (b, c) in [
        *(((a, d), (0, 0)) for a, d in product((1, -1), repeat=2)),
        *(((0, 0), (b, c)) for b, c in product((1, -1), repeat=2)),
    ]
]
"""Where a step to the right leads, and where a step down: (right, down) of each."""


def lying_film(path: Path, lying: tuple[int, int, int, int]) -> Path:
    a, b, c, d = (value << 16 for value in lying)
    wide, high = SIZE
    image = np.zeros((high, wide, 3), np.uint8)
    for (right, down), level in LEVELS.items():
        rows = slice(0, high // 2) if down < 0 else slice(high // 2, high)
        columns = slice(0, wide // 2) if right < 0 else slice(wide // 2, wide)
        image[rows, columns] = level
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = wide, high, "yuv420p"
        video.options = dict(OURS)
        video.set_display_matrix((a, b, 0, c, d, 0, 0, 0, 1 << 30))
        for _ in range(4):
            out.mux(video.encode(av.VideoFrame.from_ndarray(image, "bgr24")))
        out.mux(video.encode(None))
    return path


def corners(image: NDArray[np.uint8]) -> dict[tuple[int, int], int]:
    """Brightness of the middle of each quarter, to the nearest that there is."""
    high, wide = image.shape[:2]
    found = {}
    for right, down in LEVELS:
        seen = image[high * (2 + down) // 4, wide * (2 + right) // 4, :3].mean()
        found[right, down] = min(LEVELS.values(), key=lambda level: abs(level - seen))
    return found


def decoded(uri: str | None) -> NDArray[np.uint8]:
    assert uri is not None
    data = base64.b64decode(uri.partition(",")[2])
    return np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR), np.uint8)


@pytest.mark.parametrize("lying", LYING)
def test_a_film_is_upright_wherever_it_is_shown(
    lying: tuple[int, int, int, int], tmp_path: Path
) -> None:
    path = lying_film(tmp_path / "film.mp4", lying)
    a, b, c, d = lying
    wanted = {(a * x + c * y, b * x + d * y): level for (x, y), level in LEVELS.items()}
    size = SIZE if a else SIZE[::-1]

    film = VideoFile(path)
    assert film.size == size
    finder = FrameFinder(path)
    on_screen = picture_of(finder.at(0.0), (1000, 1000))
    finder.close()
    assert on_screen.size == size
    files = SessionFiles(tmp_path / "kept")
    keep_recording(path, files, picture=True)
    shown = {
        "analysis": next(iter(film)).image,
        "screen": on_screen.image,
        "report": decoded(thumbnails(path, [0.0])[0]),
        "imported": next(iter(VideoFile(files.recording))).image,
    }
    for where, image in shown.items():
        assert image.shape[1::-1] == size, where
        assert corners(image) == wanted, where
    # A player that knows nothing of mirrors shows the kept recording upright as well.
    with av.open(str(files.recording)) as box:
        assert not next(box.decode(video=0)).side_data.get("DISPLAYMATRIX")
