"""How a film says that its pictures are kept turned or mirrored, and how they are set upright.

Phones keep pictures as the sensor gives them and write down how to turn them; front cameras and
webcams may ask for a mirror besides. Both stand in one matrix, of which a rotation in degrees
tells only half: a picture mirrored from left to right would be turned upside down by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np

if TYPE_CHECKING:
    from av.buffer import Buffer
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray


class Orientation(NamedTuple):
    """One of the eight ways in which a picture can lie; none of them for most films."""

    swapped: bool = False
    """Whether rows become columns, which comes first."""
    from_right: bool = False
    """Whether columns then run from right to left."""
    from_below: bool = False
    """Whether rows then run from below upwards."""


AS_IT_IS: Final = Orientation()


def orientation_of(frame: VideoFrame) -> Orientation:
    """Tell how a decoded picture is to be shown; what is turned askew goes to the nearest side."""
    # PyAV's own hints know of motion vectors only.
    matrix = cast("Buffer | None", frame.side_data.get("DISPLAYMATRIX"))
    if matrix is None:
        return AS_IT_IS
    # Of nine numbers the first two say where a step to the right leads, the next but one where a
    # step down leads: each to the right and down.
    right_x, right_y, _, down_x, down_y = np.frombuffer(bytes(matrix), np.int32)[:5].tolist()
    if abs(right_x) + abs(down_y) >= abs(right_y) + abs(down_x):
        return Orientation(False, right_x < 0, down_y < 0)
    return Orientation(True, down_x < 0, right_y < 0)


def upright(image: NDArray[np.uint8], orientation: Orientation) -> NDArray[np.uint8]:
    """Set a (height, width, channels) picture upright, in memory of its own where it was not."""
    shown = image.swapaxes(0, 1) if orientation.swapped else image
    shown = shown[:: -1 if orientation.from_below else 1, :: -1 if orientation.from_right else 1]
    return np.ascontiguousarray(shown, np.uint8)
