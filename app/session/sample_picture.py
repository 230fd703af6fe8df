"""Puts the sample person together: a moved portrait on a drawn body, behind a counter."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from app.session.sample_body import CLOTH, Canvas, draw_arms, draw_torso
from app.session.sample_head import COLLAR_Y, head_maps, paint_brows
from vision.opencv import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.session.sample_script import Act

SIZE: Final = (640, 480)
SCALE: Final = 0.5
SHIFT: Final = (320 - 265 * SCALE, 26.0)
COUNTER_Y: Final = 428
ARM_STEPS: Final = 48
BROW_STEPS: Final = 10
WARP_STEP: Final = 3
HEAD_ROWS: Final = slice(0, round((COLLAR_Y * SCALE + SHIFT[1]) / WARP_STEP) * WARP_STEP)
HEAD_COLS: Final = slice(200, 440)
OUTLINE: Final = (
    (228, 24), (205, 45), (178, 66), (174, 82), (150, 118), (148, 174), (150, 190), (150, 222),
    (161, 242), (171, 271), (182, 282), (195, 298), (203, 312), (183, 333), (150, 349), (121, 361),
    (98, 365), (76, 372), (49, 388), (30, 420), (26, 460), (22, 520), (14, 600), (511, 600),
    (511, 520), (508, 450), (503, 425), (492, 396), (466, 378), (419, 365), (361, 340), (334, 317),
    (345, 300), (358, 278), (374, 221), (376, 195), (370, 177), (372, 133), (367, 93), (351, 79),
    (330, 52), (302, 38), (278, 25),
)  # fmt: skip
"""The person's outline in the portrait, pixels, drawn by hand."""


class SamplePicture:
    """Draws the sample person in any act; `portrait` is the picture in matplotlib's wheel."""

    def __init__(self, portrait: NDArray[np.uint8]) -> None:
        cover = np.zeros(portrait.shape[:2], np.float32)
        cv2.fillPoly(cover, [np.array(OUTLINE, np.int32)], (1.0,), cv2.LINE_AA)
        self._cover = cv2.GaussianBlur(cover, (0, 0), 1.2)
        self._portrait = _lit_uniform(portrait)
        self._room = _room()
        self._still = lru_cache(maxsize=ARM_STEPS + 1)(self._draw_still)
        self._person = lru_cache(maxsize=BROW_STEPS + 1)(self._paint_person)
        # The head's warp is smooth: every third pixel says enough.
        yy, xx = np.mgrid[
            1 : HEAD_ROWS.stop : WARP_STEP, HEAD_COLS.start + 1 : HEAD_COLS.stop : WARP_STEP
        ]
        self._x = ((xx - SHIFT[0]) / SCALE).astype(np.float32)
        self._y = ((yy - SHIFT[1]) / SCALE).astype(np.float32)

    def draw(self, act: Act) -> NDArray[np.uint8]:
        """Draw the person in one act, (480, 640, 3) BGR."""
        image = self._still(round(act.arms * ARM_STEPS)).copy()
        height, width = HEAD_ROWS.stop, HEAD_COLS.stop - HEAD_COLS.start
        map_x, map_y = (
            cv2.resize(one, (width, height)) for one in head_maps(self._x, self._y, act)
        )
        head = cv2.remap(self._person(round(act.brow * BROW_STEPS)), map_x, map_y, cv2.INTER_LINEAR)
        part = image[HEAD_ROWS, HEAD_COLS]
        room = self._room[HEAD_ROWS, HEAD_COLS]
        cover = head[..., 3:]
        # Beside the collar the shoulders of the still picture show: only what is the head moves.
        moved = room * (1 - cover) + head[..., :3] * cover
        part[:] = np.clip(moved, 0, 255)
        return image

    def _paint_person(self, step: int) -> NDArray[np.float32]:
        """Paint the cut-out portrait with its cover, for one position of the brows."""
        person = paint_brows(self._portrait, step / BROW_STEPS)
        # Half the size follows: a little softness first keeps the fine lines from flickering.
        return np.dstack([cv2.GaussianBlur(person, (0, 0), 0.7), self._cover])

    def _draw_still(self, step: int) -> NDArray[np.uint8]:
        """Everything but the head, for one position of the arms."""
        canvas = Canvas(self._room.copy(), SCALE, SHIFT)
        draw_torso(canvas)
        self._paste_bust(canvas.image)
        crossed = step / ARM_STEPS
        if crossed < 0.5:  # hands lie on the counter: it is behind them
            _draw_counter(canvas.image)
            draw_arms(canvas, crossed)
        else:
            draw_arms(canvas, crossed)
            _draw_counter(canvas.image)
        _draw_label(canvas.image)
        return np.clip(canvas.image, 0, 255).astype(np.uint8)

    def _paste_bust(self, image: NDArray[np.float32]) -> None:
        move = np.array([[SCALE, 0, SHIFT[0]], [0, SCALE, SHIFT[1]]], np.float32)
        bust = cv2.warpAffine(self._person(0), move, SIZE, flags=cv2.INTER_LINEAR)
        # The portrait ends at the chest: it fades into the drawn uniform.
        rows = (np.arange(SIZE[1]) - SHIFT[1]) / SCALE
        cover = bust[..., 3:] * np.clip((596 - rows) / 40, 0, 1)[:, None, None]
        image[:] = image * (1 - cover) + bust[..., :3] * cover


def _lit_uniform(portrait: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Give the near-black uniform of the portrait the colour of the drawn one."""
    person = portrait.astype(np.float32)
    dark = (portrait.max(axis=2) < 70) & (np.arange(portrait.shape[0]) > 320)[:, None]
    share = cv2.GaussianBlur(dark.astype(np.float32), (0, 0), 2)[..., None]
    return np.asarray(person * (1 - share) + (np.array(CLOTH, np.float32) + person) * share)


def _room() -> NDArray[np.float32]:
    """Draw a plain wall, lit from the right."""
    wall = np.full((SIZE[1], SIZE[0], 3), (196, 206, 211), np.float32)
    wall *= np.linspace(0.85, 1.08, SIZE[0], dtype=np.float32)[None, :, None]
    return wall


def _draw_counter(image: NDArray[np.float32]) -> None:
    """Draw the desk that the person stands behind."""
    depth = np.linspace(0.82, 1.0, SIZE[1] - COUNTER_Y, dtype=np.float32)[:, None, None]
    image[COUNTER_Y:] = np.array((96, 132, 170), np.float32) * depth
    cv2.line(image, (0, COUNTER_Y), (SIZE[0], COUNTER_Y), (70, 98, 128), 2, cv2.LINE_AA)


def _draw_label(image: NDArray[np.float32]) -> None:
    """Write what this is into the picture itself, where a page that cuts its sides leaves it."""
    cv2.rectangle(image, (106, 14), (200, 42), (54, 48, 44), -1, cv2.LINE_AA)
    cv2.putText(
        image, "Sample", (115, 34), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (240, 240, 240), 2, cv2.LINE_AA
    )
