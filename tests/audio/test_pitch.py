from __future__ import annotations

import numpy as np
import parselmouth
import pytest
from synth_audio import Sound, chirp, pulses, silence, syllables, together

from audio.framing import STEP
from audio.pitch import LEFT, PitchTracker, semitones, within_range


def track(sound: Sound) -> np.ndarray:
    steps = len(sound) // STEP // 10 * 10
    padded = np.concatenate([np.zeros(LEFT), sound, np.zeros(LEFT)]).astype(np.float32)
    tracker = PitchTracker()
    out = []
    for at in range(0, steps, 10):
        tracker.push(padded[at * STEP : (at + 10) * STEP + 2 * LEFT], 10)
        out.append(tracker.take(10))
    return np.concatenate(out)


@pytest.mark.parametrize("hz", [75.0, 110.0, 165.0, 220.0, 330.0, 440.0])
def test_a_steady_voice_to_a_tenth_of_a_semitone(hz: float) -> None:
    found = track(pulses(np.full(16000, hz)))[5:-5]
    assert not np.isnan(found).any()
    assert np.abs(semitones(found, hz)).max() < 0.1


def test_a_glide_is_followed_without_octave_jumps() -> None:
    found = track(chirp(80.0, 320.0, 2.0))
    true = np.geomspace(80.0, 320.0, 200)[: len(found)]
    off = np.abs(semitones(found, 1.0) - semitones(true.astype(np.float32), 1.0))[5:-5]
    assert np.isnan(off).mean() < 0.02
    assert np.nanmax(off) < 0.5


def test_noise_and_silence_have_no_pitch() -> None:
    noise = silence(2.0, noise_dbfs=-25.0)
    assert np.isnan(track(noise)).mean() > 0.95
    assert np.isnan(track(np.zeros(16000, np.float32))).all()


def test_a_missing_fundamental_is_heard_all_the_same() -> None:
    """A telephone lets nothing under 300 Hz through."""
    t = np.arange(16000) / 16000
    sound = sum(np.sin(2 * np.pi * 125.0 * k * t) for k in range(3, 12)).astype(np.float32) * 0.05
    found = track(sound)[5:-5]
    assert np.nanmedian(found) == pytest.approx(125.0, rel=0.01)


def test_praat_judges_the_same_on_speech_like_sound() -> None:
    sound = together(silence(0.5), syllables(4.0, 16), silence(0.5))
    found = track(sound)
    praat = parselmouth.Sound(sound.astype(np.float64), 16000).to_pitch_ac(
        time_step=0.01, pitch_floor=60.0, pitch_ceiling=500.0
    )
    judged = np.array([praat.get_value_at_time((i + 0.5) * 0.01) for i in range(len(found))])
    both = ~np.isnan(found) & ~np.isnan(judged)
    assert both.sum() > 150
    gross = np.abs(found[both] / judged[both] - 1.0) > 0.2
    assert gross.mean() < 0.02
    assert np.median(np.abs(semitones(found[both], 1.0) - 12 * np.log2(judged[both]))) < 0.15


def test_own_range_drops_creak_and_doubled_pitch() -> None:
    hz = np.array([50.0, 100.0, 150.0, 400.0, np.nan], np.float32)
    kept = within_range(hz, 90.0, 180.0)
    np.testing.assert_array_equal(np.isnan(kept), [True, False, False, True, True])
    np.testing.assert_array_equal(within_range(hz, None, None), hz)
