"""How the body stood at each moment, read from a session's readings: for the stick figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from app.store.files import READINGS
from app.store.readings import read_readings
from vision.types import VisionReading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.store.files import SessionFiles

STEP_S: Final = 0.1
"""Poses that follow closer than this are left out, seconds: the body is looked at 5 times a s."""
HELD_S: Final = 0.6
"""A pose stands for so long; then nobody is seen, seconds."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How somebody stands at one moment."""

    joints: NDArray[np.float32]
    """(33, 3) x, y in 0..1 of the picture and visibility in 0..1."""
    turned: tuple[float, float, float] | None
    """Head's yaw, pitch and roll, degrees; None where the face was not seen."""


@dataclass(frozen=True, slots=True)
class FigureTrack:
    """All poses of a session."""

    t_s: NDArray[np.float64]
    """(n,) seconds on the session clock, rising."""
    joints: NDArray[np.float32]
    """(n, 33, 3) x, y in 0..1 of the picture and visibility in 0..1."""
    turned: NDArray[np.float32]
    """(n, 3) yaw, pitch and roll of the head, degrees; NaN where the face was not seen."""

    def at(self, t: float) -> Pose | None:
        """Give the pose at a moment, between the two that are nearest; None without one."""
        after = int(np.searchsorted(self.t_s, t, side="right"))
        # A clip begins between two looks: the first pose also stands for the moment before it.
        before = after - 1 if after or t < 0 or not len(self.t_s) else 0
        if before < 0 or abs(t - self.t_s[before]) > HELD_S:
            return None
        joints, turned = self.joints[before], self.turned[before]
        if before < after < len(self.t_s) and (gap := self.t_s[after] - self.t_s[before]) <= HELD_S:
            part = np.float32((t - self.t_s[before]) / gap)
            seen = np.minimum(joints[:, 2], self.joints[after][:, 2])
            joints = joints + part * (self.joints[after] - joints)
            joints[:, 2] = seen
            turned = turned + part * (self.turned[after] - turned)
        if np.isnan(turned).any():
            return Pose(joints, None)
        return Pose(joints, (float(turned[0]), float(turned[1]), float(turned[2])))


def read_figure(files: SessionFiles) -> FigureTrack | None:
    """Read the poses of a session; None where no body was ever seen, or nothing was kept."""
    if not files.has(READINGS):
        return None
    times: list[float] = []
    joints: list[NDArray[np.float32]] = []
    turned: list[tuple[float, float, float]] = []
    for reading in read_readings(files):
        if not isinstance(reading, VisionReading) or reading.joints is None:
            continue
        if times and reading.t - times[-1] < STEP_S - 1e-6:
            continue
        times.append(reading.t)
        joints.append(reading.joints)
        angles = (reading.yaw_deg, reading.pitch_deg, reading.roll_deg)
        yaw, pitch, roll = (np.nan if angle is None else angle for angle in angles)
        turned.append((yaw, pitch, roll))
    if not times:
        return None
    return FigureTrack(np.array(times), np.stack(joints), np.array(turned, dtype=np.float32))
