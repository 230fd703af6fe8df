from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from audio.change import LONGEST, ShapeChange
from audio.spectrum import BANDS

if TYPE_CHECKING:
    from numpy.typing import NDArray


def shapes(period: int, steps: int = 400) -> NDArray[np.float64]:
    """Two spectra that take turns every `period` steps, softly."""
    rng = np.random.default_rng(5)
    one, other = rng.uniform(-40.0, -10.0, (2, BANDS))
    part = 0.5 + 0.5 * np.sin(np.pi * np.arange(steps) / period)[:, None]
    return np.asarray(10.0 ** ((part * one + (1.0 - part) * other) / 10.0))


def ratio(bands: NDArray[np.float64]) -> float:
    near, far = ShapeChange().push(bands, np.ones(len(bands), bool), -10.0)
    return near / far


def test_quicker_turns_change_more_at_once() -> None:
    assert ratio(shapes(8)) > 1.5 * ratio(shapes(14))


def test_level_does_not_count() -> None:
    quiet, loud = (
        ShapeChange().push(shapes(10) * gain, np.ones(400, bool), -10.0 + 10.0 * np.log10(gain))
        for gain in (0.01, 1.0)
    )
    np.testing.assert_allclose(quiet, loud, rtol=1e-4)


def test_pieces_of_any_size_sum_to_the_same() -> None:
    bands, talk = shapes(9), np.arange(400) % 97 > 5
    whole = ShapeChange().push(bands, talk, -10.0)
    change = ShapeChange()
    parts = [change.push(bands[k : k + 10], talk[k : k + 10], -10.0) for k in range(0, 400, 10)]
    np.testing.assert_allclose(np.sum(parts, axis=0), whole, rtol=1e-9)


def test_nothing_is_told_before_talk_has_lasted() -> None:
    talk = np.zeros(400, bool)
    talk[100 : 100 + LONGEST] = True
    assert ShapeChange().push(shapes(9), talk, -10.0) == (0.0, 0.0)
