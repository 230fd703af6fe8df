"""The points of the face as mediapipe's own messages carry them."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from vision.errors import ModelsUnavailable
from vision.landmarks import MESH_POINTS, mesh_of


def message(points: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> bytes:
    """A list of landmarks in protobuf's wire format: x, y and z are fields 1, 2 and 3."""
    return b"".join(
        struct.pack("<BBBfBfBf", 0x0A, 15, 0x0D, float(x), 0x15, float(y), 0x1D, float(z))
        for x, y, z in points
    )


def test_the_points_are_read_as_they_were_written() -> None:
    points = np.random.default_rng(1).normal(size=(MESH_POINTS, 3)).astype(np.float32)
    read = mesh_of(message(points))
    assert read.dtype == np.float32
    assert read.flags.writeable
    assert np.array_equal(read, points)


@pytest.mark.parametrize("points", [np.ones((468, 3), np.float32), np.zeros((0, 3), np.float32)])
def test_a_mesh_of_another_form_is_told_in_words(
    points: np.ndarray[tuple[int, int], np.dtype[np.float32]],
) -> None:
    with pytest.raises(ModelsUnavailable, match="form"):
        mesh_of(message(points))
