from __future__ import annotations

import numpy as np
import pytest
from synth_audio import silence, tone

from audio.levels import NoiseFloor, is_clipped, level_dbfs, power_mean_db


def test_a_tone_has_the_level_it_was_made_with() -> None:
    assert level_dbfs(tone(200.0, 1.0, dbfs=-23.0)) == pytest.approx(-23.0, abs=0.01)


def test_a_square_wave_at_full_scale_is_zero_and_zeros_are_the_floor() -> None:
    assert level_dbfs(np.array([1, -1] * 800, np.float32)) == pytest.approx(0.0, abs=1e-6)
    assert level_dbfs(np.zeros(1600, np.float32)) == -120.0
    assert level_dbfs(np.zeros(0, np.float32)) == -120.0


def test_a_constant_offset_is_not_sound() -> None:
    assert level_dbfs(tone(200.0, 1.0, dbfs=-40.0) + np.float32(0.2)) == pytest.approx(-40, abs=0.1)


def test_levels_are_averaged_as_powers() -> None:
    assert power_mean_db([-20.0, -20.0]) == pytest.approx(-20.0)
    assert power_mean_db([0.0, -100.0]) == pytest.approx(-3.01, abs=0.01)


def test_clipping_needs_more_than_one_sample() -> None:
    sound = tone(200.0, 0.1, dbfs=-20.0)
    assert not is_clipped(sound)
    sound[3] = 1.0
    assert not is_clipped(sound)
    sound[7] = -1.0
    assert is_clipped(sound)


def test_the_floor_stays_in_the_room_while_somebody_speaks() -> None:
    floor = NoiseFloor()
    steps = np.full(10, -60.0)
    speech = np.array([-20.0] * 8 + [-45.0, -60.0])
    for _ in range(20):
        floor.push(steps)
    for _ in range(100):
        value = floor.push(speech)
    assert value == pytest.approx(-60.0, abs=1.0)


def test_the_lowest_level_is_the_rooms_though_talk_hardly_leaves_it_free() -> None:
    floor = NoiseFloor()
    for hop in range(80):
        value = floor.push(np.full(10, -60.0 if hop % 12 == 0 else -35.0))
    assert value == pytest.approx(-35.0)
    assert floor.lowest_db == pytest.approx(-60.0)


def test_noise_has_the_level_it_was_made_with() -> None:
    assert level_dbfs(silence(2.0, noise_dbfs=-50.0)) == pytest.approx(-50.0, abs=0.2)
