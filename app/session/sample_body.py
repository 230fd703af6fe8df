"""Draws the body of the sample person: a uniform, sleeves, forearms and hands."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vision.opencv import cv2

Point = NDArray[np.float64]

CLOTH: Final = (74.0, 50.0, 44.0)
SLEEVE: Final = (98.0, 67.0, 59.0)
SKIN: Final = (152.0, 178.0, 228.0)
BRASS: Final = (60.0, 150.0, 200.0)
SEAM: Final = (34.0, 25.0, 22.0)
LIGHT: Final = (-0.5, -0.8)


def point(x: float, y: float) -> Point:
    """Name a place in the portrait, pixels."""
    return np.array([x, y], float)


SHOULDERS: Final = (point(85, 450), point(455, 450))
ELBOWS: Final = ((point(42, 752), point(48, 745)), (point(488, 752), point(482, 745)))
"""Of each arm: resting, crossed."""
WRISTS: Final = ((point(66, 838), point(345, 668)), (point(462, 838), point(178, 655)))
TURNS: Final = ((1.2, -0.35), (1.94, 3.58))
"""Direction of each hand, radians: resting, crossed."""
TORSO: Final = (
    (55, 470), (480, 470), (452, 600), (422, 780), (418, 860), (440, 1100),
    (80, 1100), (98, 860), (94, 780), (58, 600),
)  # fmt: skip


class Canvas:
    """A picture that is drawn on in portrait coordinates."""

    def __init__(
        self, image: NDArray[np.float32], scale: float, shift: tuple[float, float]
    ) -> None:
        self.image = image
        self.scale = scale
        self.shift = np.array(shift)
        h, w = image.shape[:2]
        weave = np.random.default_rng(1).standard_normal((h, w)).astype(np.float32)
        self.weave = 1.0 + 0.1 * cv2.GaussianBlur(weave, (0, 0), 1.0)

    def place(self, at: Point) -> Point:
        """Pixels of the picture for a place in the portrait."""
        return np.asarray(at * self.scale + self.shift)

    def limb(
        self, start: Point, end: Point, r_start: float, r_end: float,
        colour: tuple[float, float, float],
    ) -> None:  # fmt: skip
        """Draw a round limb lit from the upper left, with a soft shadow under it."""
        p0, p1 = self.place(start), self.place(end)
        r0, r1 = r_start * self.scale, r_end * self.scale
        margin = max(r0, r1) + 14
        x0, y0 = np.floor(np.minimum(p0, p1) - margin).astype(int)
        x1, y1 = np.ceil(np.maximum(p0, p1) + margin).astype(int)
        h, w = self.image.shape[:2]
        x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, w), min(y1, h)
        if x0 >= x1 or y0 >= y1:
            return
        yy, xx = np.mgrid[y0:y1, x0:x1].astype(np.float32)
        d = p1 - p0
        along = np.clip(((xx - p0[0]) * d[0] + (yy - p0[1]) * d[1]) / max(d @ d, 1e-6), 0, 1)
        r = r0 + (r1 - r0) * along
        nx, ny = (xx - p0[0] - along * d[0]) / r, (yy - p0[1] - along * d[1]) / r
        q = nx * nx + ny * ny
        cover = np.clip((1 - np.sqrt(q)) * r + 0.5, 0, 1)
        facing = np.sqrt(np.clip(1 - q, 0, 1))
        shade = 0.55 + 0.45 * np.clip(
            0.75 * facing + 0.35 * (LIGHT[0] * nx + LIGHT[1] * ny), 0, 1.1
        )
        part = self.image[y0:y1, x0:x1]
        shadow = 0.45 * cv2.GaussianBlur(np.roll(cover, 4, 0), (0, 0), 5) * (1 - cover)
        lit = np.array(colour) * (shade * self.weave[y0:y1, x0:x1])[..., None]
        part *= (1 - shadow)[..., None]
        part[:] = part * (1 - cover[..., None]) + lit * cover[..., None]

    def hand(self, wrist: Point, turn: float, size: float, thumb: float) -> None:
        """Draw an open hand: palm, four fingers and a thumb on side `thumb` (1 or -1)."""
        ahead = point(math.cos(turn), math.sin(turn))
        aside = point(-ahead[1], ahead[0]) * thumb
        palm = wrist + ahead * size * 0.45
        self.limb(wrist, palm, size * 0.27, size * 0.36, SKIN)
        for offset, length in ((-0.27, 0.50), (-0.09, 0.58), (0.09, 0.55), (0.27, 0.45)):
            knuckle = palm + aside * size * offset
            tip = knuckle + ahead * size * length
            self.limb(knuckle, tip, size * 0.105, size * 0.085, SKIN)
        root = wrist + ahead * size * 0.25 - aside * size * 0.30
        tip = root + ahead * size * 0.35 - aside * size * 0.18
        self.limb(root, tip, size * 0.11, size * 0.09, SKIN)


def draw_torso(canvas: Canvas) -> None:
    """Draw the uniform below what the portrait shows, with its seam and its buttons."""
    h, w = canvas.image.shape[:2]
    corners = np.array([canvas.place(point(x, y)) for x, y in TORSO])
    cover = np.zeros((h, w), np.float32)
    cv2.fillPoly(cover, [corners.astype(np.int32)], (1.0,), cv2.LINE_AA)
    middle = canvas.place(point(265, 0))[0]
    across = (np.arange(w) - middle) / (230 * canvas.scale)
    shade = 0.75 + 0.35 * np.sqrt(np.clip(1 - across**2, 0, 1))
    cloth = np.array(CLOTH) * (shade * canvas.weave)[..., None] * 1.05
    canvas.image[:] = canvas.image * (1 - cover[..., None]) + cloth * cover[..., None]
    top, low = (tuple(canvas.place(point(258, y)).astype(int)) for y in (600, 1100))
    cv2.line(canvas.image, top, low, SEAM, 2, cv2.LINE_AA)
    for y in (680, 770, 860):
        at = tuple(canvas.place(point(245, y)).astype(int))
        cv2.circle(canvas.image, at, round(11 * canvas.scale), BRASS, -1, cv2.LINE_AA)


def draw_arms(canvas: Canvas, crossed: float) -> None:
    """Both arms, from the hands on the counter (0) to folded across the torso (1)."""
    elbows = [rest + (fold - rest) * crossed for rest, fold in ELBOWS]
    wrists = [rest + (fold - rest) * crossed for rest, fold in WRISTS]
    for shoulder, elbow in zip(SHOULDERS, elbows, strict=True):
        canvas.limb(shoulder, elbow, 62, 52, SLEEVE)
    # The image-right arm lies under the other one.
    for side, thumb in ((1, 1.0), (0, -1.0)):
        elbow, wrist = elbows[side], wrists[side]
        rest, fold = TURNS[side]
        canvas.limb(elbow, wrist, 46, 30, SKIN)
        canvas.limb(elbow, elbow + (wrist - elbow) * 0.35, 52, 50, SLEEVE)
        canvas.hand(wrist, rest + (fold - rest) * crossed, 110, thumb)
