from __future__ import annotations

import numpy as np
import pytest
from synth_audio import Sound, blocks, silence, syllables, together

from audio.analyser import VoiceAnalyser
from audio.sharpness import NEEDED, WINDOW_S, OnsetWindow, above_own
from audio.syllables import onset_db_s


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


def test_the_louder_half_of_the_syllables_is_stressed() -> None:
    window = OnsetWindow()
    kept = [window.push(k * 0.2, 100.0 + k, -20.0 if k % 2 else -30.0) for k in range(40)]
    # The first few have nobody to be softer than; what is exactly in the middle counts half.
    assert all(weight >= 0.5 for weight in kept[1::2])
    assert all(weight < 0.05 for weight in kept[20::2])


def test_a_hair_of_level_does_not_add_or_drop_a_syllable() -> None:
    def mean(last_dbfs: float) -> float:
        window = OnsetWindow()
        for k in range(12):
            window.push(k * 0.2, 300.0, -25.0)
        window.push(2.4, 900.0, last_dbfs)
        told = window.mean_db_s(2.5)
        assert told is not None
        return told

    assert mean(-25.01) == pytest.approx(mean(-24.99), abs=1.0)
    assert mean(-15.0) > mean(-35.0) + 30.0


def test_the_window_forgets_and_needs_enough() -> None:
    window = OnsetWindow()
    for k in range(2 * NEEDED - 1):
        window.push(k * 0.1, 300.0, -20.0)
    assert window.mean_db_s(1.0) is None
    window.push(0.9, 500.0, -20.0)
    told = (300.0 * (2 * NEEDED - 1) + 500.0) / (2 * NEEDED)
    assert window.mean_db_s(1.0) == pytest.approx(told)
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
