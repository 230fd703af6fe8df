"""Bands as pictures: where they lie, their corners, and what lies on top of what."""

from __future__ import annotations

import numpy as np

from app.ui.widgets.timeline_raster import rounded_bands

RED, BLUE = 0xFFFF0000, 0xFF0000FF
INKS = np.array([RED, BLUE], np.uint32)


def drawn(*bands: tuple[int, float, float], wide: int = 100, high: int = 12) -> np.ndarray:
    line, left, right = (np.array(part) for part in zip(*bands, strict=True))
    return rounded_bands(
        line.astype(np.intp), left.astype(np.float64), right.astype(np.float64),
        INKS, (wide, high), radius=4, round_from=6.0,
    )  # fmt: skip


def test_a_band_fills_its_line_from_edge_to_edge_and_nothing_else() -> None:
    image = drawn((0, 10.2, 40.4))
    assert image.shape == (2, 12, 100)
    assert (image[0, 6, 10:40] == RED).all()
    assert not image[0, :, :10].any()
    assert not image[0, :, 40:].any()
    assert not image[1].any()


def test_corners_are_round_alike_on_all_four_sides() -> None:
    band = drawn((1, 20, 60))[1, :, 20:60]
    assert (band == band[::-1]).all()
    assert (band == band[:, ::-1]).all()
    alpha = band >> 24
    assert alpha[0, 0] == 0
    assert 0 < alpha[0, 2] < 255
    assert (alpha[0, 4:-4] == 255).all()
    assert (band & 0xFF == alpha).all(), "premultiplied"


def test_narrow_bands_are_square_and_what_lies_outside_is_cut_off() -> None:
    image = drawn((0, 5, 8), (0, -20, -10), (0, 95, 130), (1, -8, 20))
    assert (image[0, :, 5:8] == RED).all()
    assert (image[0, :, 99] == RED).all()
    assert image[0, 0, 95] == 0
    assert (image[1, :, 0] == BLUE).all()
    assert not image[1, :, 20:].any()
    assert not image[0, :, :5].any()
    assert (drawn((0, 5, 8))[0, :, 5:8] == RED).all(), "no broad one among them"
