"""Pictures of two real people in one room, put together at run time from portraits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from vision.opencv import cv2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

from vision.types import Frame

SIZE: Final = (960, 540)
RATE_HZ: Final = 15.0
SHIFTS: Final = 64


@dataclass(frozen=True)
class Walk:
    """Where one person's face is at a moment."""

    portrait: NDArray[np.uint8]
    """Square picture of head and shoulders on a plain ground."""
    face: tuple[float, float, float]
    """The face in it: middle x, y and height, by its side."""
    path: Callable[[float], tuple[float, float, float] | None]
    """t -> middle x, y and height of the face by the scene's height; None: not there."""


def scene(walkers: list[Walk], t: float) -> NDArray[np.uint8]:
    """Draw the people of a moment on a grey wall, the later ones in front."""
    width, height = SIZE
    picture = np.full((height, width, 3), 118, np.float32)
    for walk in walkers:
        at = walk.path(t)
        if at is None:
            continue
        side = walk.portrait.shape[0]
        scale = at[2] * height / (walk.face[2] * side)
        shift = (at[0] * height - scale * walk.face[0] * side,
                 at[1] * height - scale * walk.face[1] * side)  # fmt: skip
        move = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]], np.float32)
        put = cv2.warpAffine(walk.portrait, move, SIZE, borderMode=cv2.BORDER_REPLICATE)
        mask = _outline(at, height)
        picture += (put - picture) * mask
    picture += _noise()[round(t * RATE_HZ) % SHIFTS :][:height]
    return picture.clip(0, 255).astype(np.uint8)


@cache
def _noise() -> NDArray[np.float32]:
    """Noise of a sensor, higher than a picture by the places at which a frame may cut its own."""
    rows = (SIZE[1] + SHIFTS, SIZE[0], 3)
    return np.float32(1.5) * np.random.default_rng(1).standard_normal(rows, np.float32)


def _outline(at: tuple[float, float, float], height: int) -> NDArray[np.float32]:
    """(height, width, 1) 1 where the person is: a head and shoulders down to the lower edge."""
    x, y, face = (one * height for one in at)
    mask = np.zeros((height, SIZE[0]), np.float32)
    cv2.ellipse(
        mask,
        (int(x), int(y - 0.1 * face)),
        (int(0.55 * face), int(0.75 * face)),
        0,
        0,
        360,
        1.0,
        -1,
    )
    shoulders = [(-0.3, 0.4), (0.3, 0.4), (1.0, 0.85), (1.15, 9.0), (-1.15, 9.0), (-1.0, 0.85)]
    corners = np.array([(x + a * face, y + b * face) for a, b in shoulders], np.int32)
    cv2.fillPoly(mask, [corners], 1.0)
    return cv2.GaussianBlur(mask, (0, 0), 1.2)[..., None]


def film(walkers: list[Walk], seconds: float) -> Iterator[Frame]:
    """Frames of people who walk."""
    for index in range(round(seconds * RATE_HZ)):
        t = index / RATE_HZ
        yield Frame(t, scene(walkers, t), index)


def read_portrait(path: Path) -> NDArray[np.uint8]:
    """Read a portrait as a square BGR picture."""
    picture = cv2.imread(str(path))
    assert picture is not None
    side = min(picture.shape[:2])
    return picture[:side, :side]  # type: ignore[return-value]
