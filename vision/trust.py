"""Which bodies count: those whose face or clear head was seen, and that moved on without a jump."""

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
HEAD: Final = (0, 2, 5, 7, 8)
"""Nose, eyes and ears."""
HEAD_SEEN: Final = 0.98
"""Least visibility of each head joint, and of the shoulders, of a head that vouches for its body.

Bodies dreamt into clouds have it too: their build is what tells them.
"""
STEADY_LOOKS: Final = 3
"""Looks in a row that a well-built body has to last before it counts without a face."""
SHOULDERS_LEAST: Final = 0.1
"""Shoulder width by the picture's height; dreamt bodies are 0.04 to 0.09 wide."""
TORSO_MOST: Final = 1.9
"""Shoulders to hips in shoulder widths: 1.3 to 1.75 seen from the front, dreamt ones 2.0 to 5.6."""
EARS: Final = (0.15, 0.48)
"""Between the ears in shoulder widths: narrower is a profile, wider no adult."""
NECK: Final = (0.25, 0.8)
"""From the shoulders' middle up to the nose in shoulder widths."""


class BodyTrust:
    """Follows one body: the pose model also finds people in clouds and curtains."""

    def __init__(self) -> None:
        self._body: NDArray[np.float32] | None = None
        self._seen_s = -np.inf
        self._known_s = -np.inf
        self._last: tuple[float, NDArray[np.float32], int] | None = None

    def push(
        self,
        t: float,
        joints: NDArray[np.float32] | None,
        *,
        face: NDArray[np.float32] | None,
        aspect: float = 4 / 3,
    ) -> None:
        """Take (33, 4) joints of the body look at t, with the (478, 3) face of that moment.

        `aspect` is the picture's width by its height.
        """
        if face is not None:
            self._known_s = t
        if joints is None:
            self._last = None
            return
        if self._steady(t, joints, aspect) >= STEADY_LOOKS:
            self._known_s = t
        goes_on = (
            self._body is not None
            and 0 <= t - self._seen_s <= GAP_S
            and t - self._known_s <= KNOWN_S
            and _moved_on(self._body, joints)
        )
        if self._known_s == t or goes_on:
            self._body, self._seen_s = joints, t
        else:
            self._body = None

    def body(self, t: float) -> NDArray[np.float32] | None:
        """Give the newest joints that count at t; None where there are none."""
        return self._body if 0 <= t - self._seen_s <= GAP_S else None

    def _steady(self, t: float, joints: NDArray[np.float32], aspect: float) -> int:
        """For how many looks a body that is built like a person has been where it is."""
        count = 0
        if well_built(joints, aspect):
            last = self._last
            follows = last is not None and 0 < t - last[0] <= GAP_S and _moved_on(last[1], joints)
            count = 1 + (last[2] if last is not None and follows else 0)
        self._last = (t, joints, count)
        return count


def well_built(joints: NDArray[np.float32], aspect: float) -> bool:
    """Whether a person's head sits on these (33, 4) joints: seen, large enough, in proportion.

    Only from the front: for others, and for far ones, the face has to be found.
    """
    if float(joints[[*HEAD, 11, 12], 3].min()) < HEAD_SEEN:
        return False
    p = joints[:, :2].astype(np.float64) * (aspect, 1.0)
    middle, hips = (p[11] + p[12]) / 2, (p[23] + p[24]) / 2
    shoulders = float(np.linalg.norm(p[11] - p[12]))
    if shoulders < SHOULDERS_LEAST:
        return False
    ears = float(np.linalg.norm(p[7] - p[8])) / shoulders
    neck = float(middle[1] - p[0, 1]) / shoulders
    torso = float(np.linalg.norm(hips - middle)) / shoulders
    return EARS[0] <= ears <= EARS[1] and NECK[0] <= neck <= NECK[1] and torso <= TORSO_MOST


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
