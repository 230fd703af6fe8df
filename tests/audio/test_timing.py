from __future__ import annotations

import numpy as np
import pytest

from audio.timing import SampleClock

BLOCK = 960
RATE = 48000
BLOCK_S = BLOCK / RATE


def stamps(ends: np.ndarray, lost: frozenset[int] = frozenset()) -> np.ndarray:
    clock = SampleClock(RATE)
    return np.array([clock.stamp(BLOCK, end, lost=k in lost) for k, end in enumerate(ends)])


def test_late_callbacks_do_not_move_the_sound() -> None:
    late = np.random.default_rng(2).exponential(0.01, 3000)
    late[0] = 0.0
    got = stamps((np.arange(3000) + 1) * BLOCK_S + late)
    np.testing.assert_allclose(got, np.arange(3000) * BLOCK_S, atol=0.002)


@pytest.mark.parametrize("parts_per_million", [-100, 50, 100])
def test_drift_is_followed_slowly_over_an_hour(parts_per_million: int) -> None:
    n = round(3600 / BLOCK_S)
    true = np.arange(n) * BLOCK_S * (1 + parts_per_million * 1e-6)
    late = np.random.default_rng(3).exponential(0.005, n)
    got = stamps(true + BLOCK_S + late)
    assert np.abs(got - true)[-1000:].max() < 0.015
    # No step that could be heard or seen: under 2 ms from block to block.
    assert np.abs(np.diff(got) - BLOCK_S).max() < 0.002


def test_lost_sound_moves_the_time_at_once() -> None:
    ends = (np.arange(100) + 1) * BLOCK_S
    ends[50:] += 0.7
    got = stamps(ends, frozenset({50}))
    assert got[50] - got[49] == pytest.approx(BLOCK_S + 0.7)
    assert got[99] == pytest.approx(99 * BLOCK_S + 0.7)


def test_a_late_first_callback_is_set_right_within_a_second() -> None:
    ends = (np.arange(500) + 1) * BLOCK_S
    ends[:10] = ends[10] + 0.08
    got = stamps(ends)
    np.testing.assert_allclose(got[50:], np.arange(50, 500) * BLOCK_S, atol=0.001)


def test_a_block_seen_early_later_on_makes_no_jump() -> None:
    ends = (np.arange(1000) + 1) * BLOCK_S
    ends[500] -= 0.015
    assert np.abs(np.diff(stamps(ends)) - BLOCK_S).max() < 0.005
