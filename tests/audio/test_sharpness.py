from __future__ import annotations

import numpy as np
import pytest
from synth_audio import Sound, blocks, silence, syllables, together

from audio.analyser import VoiceAnalyser
from audio.pace import onset_db_s
from audio.sharpness import NEEDED, WINDOW_S, OnsetWindow, above_own


def soft(sound: Sound, rate_s: float, rise_s: float) -> Sound:
    """The same syllables, each coming up slowly."""
    length = round(16000 / rate_s)
    shape = np.minimum(np.arange(length) / (rise_s * 16000), 1.0) ** 2
    return (sound * np.resize(shape, len(sound))).astype(np.float32)


def slopes(sound: Sound) -> list[float]:
    analyser = VoiceAnalyser()
    padded = together(silence(0.5), sound, silence(0.5))
    hops = [hop for block in blocks(padded) for hop in analyser.hear(block)] + analyser.flush()
    return [slope for hop in hops for slope in hop.onsets_db_s]


def test_syllables_that_set_in_slowly_have_flatter_onsets() -> None:
    hard = syllables(3.0, 15)
    assert np.median(slopes(hard)) > 1.5 * np.median(slopes(soft(hard, 3.0, 0.25)))


def test_only_the_louder_half_of_the_syllables_is_stressed() -> None:
    window = OnsetWindow()
    kept = [window.push(k * 0.2, 100.0 + k, -20.0 if k % 2 else -30.0) for k in range(40)]
    assert all(value is not None for value in kept[1::2])
    # The first few have nobody to be softer than.
    assert all(value is None for value in kept[20::2])


def test_the_window_forgets_and_needs_enough() -> None:
    window = OnsetWindow()
    for k in range(NEEDED - 1):
        window.push(k * 0.2, 300.0, -20.0)
    assert window.mean_db_s(1.0) is None
    window.push(0.9, 500.0, -20.0)
    assert window.mean_db_s(1.0) == pytest.approx((300.0 * (NEEDED - 1) + 500.0) / NEEDED)
    assert window.mean_db_s(1.0 + WINDOW_S) is None


def test_above_own_counts_in_deviations_of_a_mean() -> None:
    assert above_own(400.0, 400.0, 80.0) == 0.0
    assert above_own(440.0, 400.0, 80.0) == pytest.approx(0.5 * NEEDED**0.5)


@pytest.mark.parametrize("slope", [100.0, 400.0, 900.0])
def test_an_even_rise_has_its_own_slope(slope: float) -> None:
    rise = np.arange(-60.0, -20.0, slope * 0.01)
    levels = [-60.0] * 20 + rise.tolist() + [-20.0] * 5
    assert onset_db_s(levels) == pytest.approx(slope, rel=0.02)


def test_a_shallow_dip_before_the_peak_gives_the_slope_out_of_it() -> None:
    assert onset_db_s([-20.0, -26.0, -24.0, -22.0, -20.0]) == pytest.approx(200.0)
    assert onset_db_s([-20.0]) == 0.0
