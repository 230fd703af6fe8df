from __future__ import annotations

import numpy as np
import pytest

from audio.movement import PitchMovement, lively_st


def glide(slope_st_s: float, steps: int) -> np.ndarray:
    return (120.0 * 2.0 ** (np.arange(steps) * 0.01 * slope_st_s / 12.0)).astype(np.float32)


def waving(depth_st: float, seconds: float = 3.0) -> np.ndarray:
    t = np.arange(round(seconds * 100)) * 0.01
    hz = 120.0 * 2.0 ** (depth_st * np.sin(2.0 * np.pi * 1.5 * t) / 12.0)
    hz[::40] = np.nan
    return hz.astype(np.float32)


def lively(hz: np.ndarray) -> float:
    found = lively_st(*PitchMovement().push(hz))
    assert found is not None
    return found


def test_movement_is_the_slope_of_a_glide_and_zero_on_a_monotone() -> None:
    assert PitchMovement().push(glide(20.0, 60)).moves_st / 0.04 == pytest.approx(20.0, rel=1e-3)
    assert PitchMovement().push(glide(0.0, 60)).moves_st == pytest.approx(0.0, abs=1e-6)


def test_octave_jumps_creak_and_the_edges_of_voicing_do_not_move() -> None:
    hz = glide(0.0, 90)
    hz[30:60] *= 2.0
    hz[40] *= 1.03
    hz[75] = np.nan
    moved = PitchMovement().push(hz).moves_st
    assert moved == pytest.approx(0.0, abs=1e-4)
    assert 20 < len(moved) < 60


def test_movement_does_not_depend_on_how_the_steps_come_in() -> None:
    hz = glide(15.0, 100)
    hz[::17] = np.nan
    parts = PitchMovement()
    pieces = [parts.push(hz[at : at + 10]) for at in range(0, 100, 10)]
    whole = PitchMovement().push(hz)
    for each, all_of_it in zip(zip(*pieces, strict=True), whole, strict=True):
        np.testing.assert_allclose(np.concatenate(each), all_of_it)


def test_each_step_of_a_voiced_row_is_held_once_and_short_voice_not_at_all() -> None:
    hz = glide(0.0, 60)
    hz[20] = np.nan
    hz[28:30] = np.nan
    assert len(PitchMovement().push(hz).held_st) == 20 + 30


def test_no_voice_does_not_move() -> None:
    moved = PitchMovement().push(np.full(50, np.nan, np.float32))
    assert len(moved.moves_st) == 0
    assert lively_st(*moved) is None


def test_twice_the_swing_is_twice_as_lively() -> None:
    assert lively(waving(2.0)) == pytest.approx(2.0 * lively(waving(1.0)), rel=0.05)


def test_the_same_melody_in_another_octave_is_as_lively() -> None:
    assert lively(2.0 * waving(1.5)) == pytest.approx(lively(waving(1.5)), rel=0.01)


def test_a_stretch_in_another_octave_is_no_range() -> None:
    jumped = waving(1.0, 4.0)
    jumped[200:240] *= 2.0
    assert lively(jumped) == pytest.approx(lively(waving(1.0, 4.0)), rel=0.15)


def test_a_monotone_is_not_lively() -> None:
    assert lively(glide(0.0, 200)) == pytest.approx(0.0, abs=1e-3)
