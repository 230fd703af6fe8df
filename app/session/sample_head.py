"""Turns, nods and moves the face of a flat portrait by warping it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from app.session.sample_script import Act
from vision.opencv import cv2

# Places in the portrait that matplotlib ships, pixels.
CENTRE: Final = (266.0, 215.0)
RADII: Final = (125.0, 190.0)
DEPTH: Final = 125.0
PIVOT_DEPTH: Final = -15.0
NOSE_DEPTH: Final = 25.0
NOSE_Y: Final = 28.0
NOSE_RADII: Final = (30.0, 50.0)
CHIN_Y: Final = 330.0
COLLAR_Y: Final = 382.0
MOUTH: Final = ((231.0, 281.0), (304.0, 277.0))
INNER_BROWS: Final = ((246.0, 178.0), (284.0, 176.0))
JAW: Final = (268.0, 318.0)
SMILE_AT_REST: Final = 0.25
"""The portrait smiles a little; a calm face does not."""
CALM_BROWS: Final = (
    ((186, 169), (205, 158), (228, 156), (248, 161)),
    ((287, 159), (306, 152), (328, 150), (348, 162)),
)
DRAWN_BROWS: Final = (
    ((188, 164), (210, 164), (236, 178), (262, 196)),
    ((271, 195), (297, 176), (322, 160), (345, 158)),
)
CREASES: Final = (((262, 158), (263, 178)), ((270, 158), (269, 178)))
BROW_COLOUR: Final = (66.0, 74.0, 92.0)
CREASE_COLOUR: Final = (95.0, 120.0, 165.0)
SUBPIXEL: Final = 3

Maps = tuple[NDArray[np.float32], NDArray[np.float32]]


def paint_brows(portrait: NDArray[np.float32], drawn: float) -> NDArray[np.float32]:
    """Give the portrait brows that show: its own are pale and hidden behind the glasses."""
    painted = portrait.copy()
    along = np.linspace(0.0, 1.0, 24)
    knots = np.linspace(0.0, 1.0, 4)
    for calm, frown in zip(CALM_BROWS, DRAWN_BROWS, strict=True):
        at = np.array(calm, float) * (1 - drawn) + np.array(frown, float) * drawn
        line = [np.polyval(np.polyfit(knots, at[:, axis], 3), along) for axis in (0, 1)]
        _stroke(painted, np.stack(line, axis=1), BROW_COLOUR, 5)
    if drawn > 0.3:
        for crease in CREASES:
            _stroke(painted, np.array(crease, float), CREASE_COLOUR, 2)
    soft = cv2.GaussianBlur(painted, (0, 0), 1.0)
    return np.asarray(portrait * 0.2 + soft * 0.8, np.float32)


def _stroke(
    image: NDArray[np.float32],
    line: NDArray[np.float64],
    colour: tuple[float, float, float],
    width: int,
) -> None:
    points = (line * 2**SUBPIXEL).round().astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(image, [points], False, colour, width, cv2.LINE_AA, SUBPIXEL)


def _bump(x: NDArray[np.float32], y: NDArray[np.float32], at: tuple[float, float], wide: float,
          high: float) -> NDArray[np.float32]:  # fmt: skip
    bell = np.exp(-(((x - at[0]) / wide) ** 2 + ((y - at[1]) / high) ** 2) / 2)
    return np.asarray(bell, np.float32)


def _depth(u: NDArray[np.float32], v: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far a point at u, v from the head's centre stands before the neck's axis, pixels."""
    q = (u / RADII[0]) ** 2 + (v / RADII[1]) ** 2
    # A bell where an ellipsoid would be: no infinite slope at the outline, so no tears there.
    nose = (u / NOSE_RADII[0]) ** 2 + ((v - NOSE_Y) / NOSE_RADII[1]) ** 2
    return np.asarray(PIVOT_DEPTH + DEPTH * np.exp(-q) + NOSE_DEPTH * np.exp(-nose), np.float32)


def _turned_back(u: NDArray[np.float32], v: NDArray[np.float32], yaw: float) -> NDArray[np.float32]:
    """Where each point lay, left or right of the axis, before the head turned.

    Row by row, because the turn is known forwards only. Where the nose hides the far cheek two
    places turn to one: the nearer one is seen, so the places hidden behind it are jumped over.
    """
    side = 1.0 if yaw >= 0 else -1.0
    before = np.arange(-260.0, 260.0, 2.0, np.float32)
    back = np.empty_like(u)
    for row in range(u.shape[0]):
        depth = _depth(before, np.full_like(before, v[row, 0]))
        after = before * math.cos(yaw) + side * depth * math.sin(yaw)
        back[row] = side * np.interp(side * u[row], np.maximum.accumulate(after), before)
    return back


def _face(x: NDArray[np.float32], y: NDArray[np.float32], act: Act) -> Maps:
    """Undo the expression: where in the calm portrait a point of the moved face comes from."""
    dx = np.zeros_like(x)
    dy = np.zeros_like(y)
    for side, corner in zip((-1.0, 1.0), MOUTH, strict=True):
        pull = (act.smile - SMILE_AT_REST) * _bump(x, y, corner, 26, 20)
        dx += side * 15 * pull
        dy -= 13 * pull
    for side, brow in zip((1.0, -1.0), INNER_BROWS, strict=True):
        pull = act.brow * _bump(x, y, brow, 24, 16)
        dx += side * 14 * pull
        dy += 17 * pull
    dy += act.mouth * 9 * _bump(x, y, JAW, 55, 30) * (y > MOUTH[0][1] - 6)
    return x - dx, y - dy


def head_maps(x: NDArray[np.float32], y: NDArray[np.float32], act: Act) -> Maps:
    """Where in the portrait each point of the moved head comes from.

    Parameters
    ----------
    x, y : ndarray, (h, w)
        Points of the moved picture, portrait pixels.
    act : Act
        What the head and the face do.

    Returns
    -------
    tuple of ndarray, (h, w)
        The same points in the portrait at rest, pixels; for cv2.remap.
    """
    yaw, pitch = math.radians(act.yaw_deg), math.radians(act.pitch_deg)
    u, v = x - CENTRE[0], y - CENTRE[1]
    sx = _turned_back(u, v, yaw)
    sy = v.copy()
    # The depth is known where a point comes from, not where it went: a few rounds settle it.
    for _ in range(4):
        sy = (v + math.sin(pitch) * _depth(sx, sy)) / math.cos(pitch)
    # The head moves as one down to the chin; the collar stays where it is.
    hold = np.clip((COLLAR_Y - y) / (COLLAR_Y - CHIN_Y), 0, 1)
    hold = hold * hold * (3 - 2 * hold)
    return _face(x + hold * (sx - u), y + hold * (sy - v), act)
