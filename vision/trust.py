"""Which bodies count: those whose face was seen, and that moved on from there without a jump."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

KNOWN_S: Final = 30.0
"""A body counts for at most this long after its face was seen last."""
GAP_S: Final = 1.0
"""A body that was lost for longer needs its face again."""
JUMP: Final = 0.6
"""Shoulder widths that a body may move between two looks; a cut moves it farther."""
GROWTH: Final = 1.5
"""How many times wider or narrower the shoulders may become between two looks."""


class BodyTrust:
    """Follows one body: the pose model also finds people in clouds and curtains."""

    def __init__(self) -> None:
        self._body: NDArray[np.float32] | None = None
        self._seen_s = -np.inf
        self._face_s = -np.inf

    def push(
        self,
        t: float,
        joints: NDArray[np.float32] | None,
        *,
        face: NDArray[np.float32] | None,
    ) -> None:
        """Take (33, 4) joints of the body look at t, with the (478, 3) face of that moment."""
        if face is not None:
            self._face_s = t
        if joints is None:
            return
        goes_on = (
            self._body is not None
            and 0 <= t - self._seen_s <= GAP_S
            and t - self._face_s <= KNOWN_S
            and _moved_on(self._body, joints)
        )
        if face is not None or goes_on:
            self._body, self._seen_s = joints, t
        else:
            self._body = None

    def body(self, t: float) -> NDArray[np.float32] | None:
        """Give the newest joints that count at t; None where there are none."""
        return self._body if 0 <= t - self._seen_s <= GAP_S else None


def _moved_on(before: NDArray[np.float32], now: NDArray[np.float32]) -> bool:
    """Whether two (33, 4) bodies of looks that follow each other can be one person."""
    places = [(one[11, :2] + one[12, :2]) / 2 for one in (before, now)]
    # With the torso: the shoulders of a person who turns become narrow, the torso does not.
    sizes = [
        max(
            float(np.linalg.norm(one[11, :2] - one[12, :2])),
            float(np.linalg.norm((one[11, :2] + one[12, :2] - one[23, :2] - one[24, :2]) / 2)) / 2,
            1e-6,
        )
        for one in (before, now)
    ]
    moved = float(np.linalg.norm(places[1] - places[0])) / max(sizes)
    return moved <= JUMP and max(sizes) <= GROWTH * min(sizes)
