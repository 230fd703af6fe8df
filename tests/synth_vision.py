"""Truth by construction for the eyes: skeletons, heads and films with known content."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

from vision.face import head_shape
from vision.types import Frame, Landmarks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

WIDTH, HEIGHT = 640, 480

_STANDING = {
    0: (0.50, 0.22), 2: (0.52, 0.20), 5: (0.48, 0.20), 7: (0.545, 0.215), 8: (0.455, 0.215),
    9: (0.515, 0.25), 10: (0.485, 0.25), 11: (0.60, 0.40), 12: (0.40, 0.40),
    23: (0.565, 0.85), 24: (0.435, 0.85),
}  # fmt: skip

ARMS = {
    "hanging": ((0.63, 0.60), (0.37, 0.60), (0.63, 0.79), (0.37, 0.79)),
    "crossed": ((0.62, 0.60), (0.38, 0.60), (0.43, 0.55), (0.57, 0.57)),
    "hips": ((0.72, 0.60), (0.28, 0.60), (0.60, 0.80), (0.40, 0.80)),
    "clasped_low": ((0.63, 0.60), (0.37, 0.60), (0.51, 0.78), (0.49, 0.78)),
    "wide": ((0.72, 0.42), (0.28, 0.42), (0.86, 0.42), (0.14, 0.42)),
    "at_face": ((0.66, 0.60), (0.37, 0.60), (0.52, 0.27), (0.37, 0.79)),
    "clasped_elbows_out": ((0.70, 0.60), (0.30, 0.60), (0.53, 0.78), (0.47, 0.78)),
    "clasped_waist": ((0.65, 0.60), (0.35, 0.60), (0.53, 0.70), (0.47, 0.70)),
    "clasped_chest": ((0.66, 0.59), (0.34, 0.59), (0.53, 0.53), (0.47, 0.53)),
    "hand_on_elbow": ((0.61, 0.61), (0.37, 0.60), (0.43, 0.62), (0.36, 0.79)),
    "hand_on_chin": ((0.57, 0.59), (0.38, 0.61), (0.53, 0.32), (0.53, 0.63)),
    "behind_back": ((0.66, 0.61), (0.34, 0.61), (0.55, 0.73), (0.45, 0.73)),
    "tray": ((0.64, 0.60), (0.36, 0.60), (0.62, 0.57), (0.38, 0.57)),
    "tablet": ((0.64, 0.61), (0.36, 0.60), (0.52, 0.62), (0.46, 0.52)),
    "gesture": ((0.64, 0.60), (0.40, 0.57), (0.63, 0.78), (0.56, 0.52)),
    "counter": ((0.66, 0.60), (0.34, 0.60), (0.60, 0.72), (0.40, 0.72)),
}
"""Left elbow, right elbow, left wrist, right wrist, x by width and y by height."""

HIDDEN_WRISTS = {"behind_back": (0.05, 0.28), "counter": (0.03, 0.25)}
"""Poses whose wrists no one sees -> how sure the model says that it is, least and most."""


def skeleton(
    pose: str = "hanging",
    *,
    toward: str | None = None,
    share: float = 0.0,
    wrists_seen: float = 0.95,
    jitter: NDArray[np.float64] | None = None,
) -> NDArray[np.float32]:
    """(33, 4) joints of a pose, or on its way to another one by `share`."""
    joints = np.zeros((33, 4), np.float64)
    joints[:, :2] = (0.5, 0.5)
    joints[:, 3] = 0.95
    for index, place in _STANDING.items():
        joints[index, :2] = place
    arms = np.array(ARMS[pose])
    if toward is not None:
        arms = (1 - share) * arms + share * np.array(ARMS[toward])
    for side in (0, 1):
        elbow, wrist = arms[side], arms[2 + side]
        line = wrist - elbow
        joints[13 + side, :2] = elbow
        joints[15 + side, :2] = wrist
        for tip, reach in ((17, 0.35), (19, 0.4), (21, 0.25)):
            joints[tip + side, :2] = wrist + reach * line * 0.5
        for part in (15, 17, 19, 21):
            joints[part + side, 3] = wrists_seen
    if jitter is not None:
        joints[:, :2] += jitter
    return joints.astype(np.float32)


def head_mesh(
    yaw_deg: float = 0.0,
    pitch_deg: float = 0.0,
    roll_deg: float = 0.0,
    *,
    at: tuple[float, float] = (0.5, 0.23),
    eyes_px: float = 40.0,
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> NDArray[np.float32]:
    """(478, 3) mesh whose steady points are the mean head, turned by exactly these angles.

    The points that move with an expression lie at the middle of the head.
    """
    indices, shape = head_shape()
    points = np.zeros((478, 3))
    points[list(indices)] = shape
    turned = points @ rotation_of(yaw_deg, pitch_deg, roll_deg).T * eyes_px
    width, height = size
    turned += (at[0] * width, at[1] * height, 0.0)
    return (turned / (width, height, width)).astype(np.float32)


def rotation_of(yaw_deg: float, pitch_deg: float, roll_deg: float) -> NDArray[np.float64]:
    """(3, 3) rotation that turns a head by these angles; `head_angles` finds them again."""
    yaw, pitch, roll = np.radians([-yaw_deg, -pitch_deg, roll_deg])
    (c_x, s_x), (c_y, s_y), (c_z, s_z) = ((np.cos(a), np.sin(a)) for a in (pitch, yaw, roll))
    about_x = np.array([[1.0, 0.0, 0.0], [0.0, c_x, -s_x], [0.0, s_x, c_x]])
    about_y = np.array([[c_y, 0.0, s_y], [0.0, 1.0, 0.0], [-s_y, 0.0, c_y]])
    about_z = np.array([[c_z, -s_z, 0.0], [s_z, c_z, 0.0], [0.0, 0.0, 1.0]])
    return about_y @ about_x @ about_z


@dataclass
class ScriptedFinder:
    """A finder that sees what a script says for each moment."""

    face: Callable[[float], NDArray[np.float32] | None] = lambda t: head_mesh()
    """Mesh at t seconds."""
    body: Callable[[float], NDArray[np.float32] | None] = lambda t: skeleton()
    """Joints at t seconds."""
    people: Callable[[float], int | None] = lambda t: 1
    """How many people at t seconds."""
    closed: bool = False
    """Whether close() was called."""

    def find(self, frame: Frame, *, face: bool, body: bool) -> Landmarks:
        height, width = frame.image.shape[:2]
        mesh = self.face(frame.t) if face else None
        joints = self.body(frame.t) if body else None
        return Landmarks(frame.t, width, height, face, body, mesh, joints)

    def count_people(self, frame: Frame) -> int | None:
        return self.people(frame.t)

    def close(self) -> None:
        self.closed = True


def grey_frames(seconds: float, rate_hz: float = 30.0, level: int = 128) -> list[Frame]:
    """Frames of one grey at an even rate."""
    image = np.full((HEIGHT, WIDTH, 3), level, np.uint8)
    return [Frame(i / rate_hz, image, i) for i in range(math.ceil(seconds * rate_hz))]


def write_film(
    path: Path,
    times_s: list[float],
    picture: Callable[[int], NDArray[np.uint8]],
    *,
    codec: str = "mpeg4",
) -> Path:
    """Write a film whose frames stand at exactly these times (to a millisecond)."""
    first = picture(0)
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=30)
        stream.height, stream.width = first.shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, 1000)
        stream.codec_context.time_base = Fraction(1, 1000)
        stream.codec_context.gop_size = 5
        for index, t in enumerate(times_s):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture(index)), "bgr24")
            frame.pts = round(t * 1000)
            frame.time_base = Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def corner_picture(index: int) -> NDArray[np.uint8]:
    """A dark 64 × 48 picture, white in its upper left quarter."""
    image = np.full((48, 64, 3), 20, np.uint8)
    image[:24, :32] = 235
    return image


def turn_film(path: Path) -> None:
    """Make an mp4 file say that it is to be shown turned clockwise by a quarter."""
    data = bytearray(path.read_bytes())
    start = data.index(b"tkhd") + 4 + 40
    one = 0x10000
    matrix = (0, one, 0, -one, 0, 0, 48 * one, 0, 0x40000000)
    data[start : start + 36] = b"".join(value.to_bytes(4, "big", signed=True) for value in matrix)
    path.write_bytes(bytes(data))
