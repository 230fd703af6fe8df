from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from audio.endings import HELD_S, PhraseEnds, end_slope_st
from audio.measures import spread_st
from audio.movement import PitchMovement

if TYPE_CHECKING:
    from numpy.typing import NDArray


def glide(rise_st: float, steps: int = 40, hz: float = 150.0) -> NDArray[np.float32]:
    st = np.linspace(0.0, rise_st, steps)
    return (hz * 2.0 ** (st / 12.0)).astype(np.float32)


@pytest.mark.parametrize("rise_st", [-6.0, -2.0, 0.0, 3.0, 6.0])
def test_a_glide_has_its_own_slope(rise_st: float) -> None:
    # Between the middles of the first and the last third lie two thirds of the glide.
    assert end_slope_st(glide(rise_st)) == pytest.approx(rise_st * 2.0 / 3.0, abs=0.2)


def test_an_octave_jump_at_the_end_is_no_fall() -> None:
    hz = glide(1.5)
    hz[-10:] /= 2.0
    assert end_slope_st(hz) == pytest.approx(end_slope_st(hz[:-10]), abs=0.4)


def test_creak_at_the_end_is_no_fall() -> None:
    rng = np.random.default_rng(1)
    creak = (rng.uniform(40.0, 90.0, 12) * (rng.random(12) > 0.4)).astype(np.float32)
    creak[creak == 0.0] = np.nan
    slope = end_slope_st(np.concatenate([glide(1.5), creak]))
    assert slope == pytest.approx(1.0, abs=0.3)


def test_too_little_voice_has_no_end() -> None:
    assert end_slope_st(glide(3.0, steps=10)) is None
    assert end_slope_st(np.full(60, np.nan, np.float32)) is None


def speak(ends: PhraseEnds, start_s: float, rise_st: float) -> float:
    """A phrase of 0.8 s that ends with the glide, and 0.3 s of silence."""
    t = start_s
    hz = np.concatenate([np.full(40, 150.0, np.float32), glide(rise_st), np.full(30, np.nan)])
    for k in range(0, len(hz), 10):
        t += 0.1
        ends.push(t, hz[k : k + 10].astype(np.float32), talking=k < 90)
    return t


def test_the_measure_is_a_mean_of_the_last_phrases_and_forgets() -> None:
    ends = PhraseEnds()
    t = speak(ends, 0.0, 3.0)
    assert ends.slope_st(t) is None
    t = speak(ends, t, 3.0)
    # A phrase's tail holds 0.2 s of even pitch before the glide.
    assert ends.slope_st(t) == pytest.approx(2.25, abs=0.3)
    for _ in range(3):
        t = speak(ends, t, -6.0)
    assert ends.slope_st(t) == pytest.approx(-4.5, abs=0.4)
    assert ends.slope_st(t + HELD_S + 1.0) is None


def test_an_interrupted_phrase_has_no_end() -> None:
    ends = PhraseEnds()
    ends.push(0.1, glide(3.0), talking=True)
    ends.interrupt()
    assert ends.push(0.2, np.full(10, np.nan, np.float32), talking=False) is None


def moved(hz: NDArray[np.float32]) -> float:
    return float(PitchMovement().push(hz).moves_st.mean())


def test_octave_jumps_and_creak_are_not_lively() -> None:
    rng = np.random.default_rng(2)
    t = np.arange(700) * 0.01
    even = (120.0 * 2.0 ** (0.3 * np.sin(2 * np.pi * 0.5 * t) / 12.0)).astype(np.float32)
    even[(np.arange(700) % 50) > 40] = np.nan
    spoilt = even.copy()
    for at in rng.integers(0, 690, 6):
        spoilt[at : at + 6] *= 2.0
    for at in rng.integers(0, 690, 4):
        spoilt[at : at + 4] *= rng.uniform(0.4, 0.9, 4).astype(np.float32)
    lively = (120.0 * 2.0 ** (3.0 * np.sin(2 * np.pi * 0.5 * t) / 12.0)).astype(np.float32)
    lively[(np.arange(700) % 50) > 40] = np.nan
    assert moved(spoilt) < 1.3 * moved(even)
    assert moved(lively) > 5.0 * moved(spoilt)
    spreads = [spread for hz in (even, spoilt, lively) if (spread := spread_st(hz)) is not None]
    assert len(spreads) == 3
    assert spreads[1] < spreads[0] + 0.3
    assert spreads[2] > spreads[1] + 1.5
