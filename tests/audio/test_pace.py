from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from synth_audio import Sound, blocks, silence, syllables, together

from audio.analyser import VoiceAnalyser
from audio.pace import NEEDED_TALK_S, PaceWindow, rate_syl_s

if TYPE_CHECKING:
    from audio.types import VoiceHop


def heard(sound: Sound) -> list[VoiceHop]:
    analyser = VoiceAnalyser()
    return [hop for block in blocks(sound) for hop in analyser.hear(block)] + analyser.flush()


@pytest.mark.parametrize("rate_s", [2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
def test_steady_syllables_are_counted_at_every_rate(rate_s: float) -> None:
    count = round(rate_s * 6)
    sound = together(silence(1.0), syllables(rate_s, count), silence(1.0))
    found = sum(len(hop.nuclei_s) for hop in heard(sound + silence(len(sound) / 16000)))
    assert found == pytest.approx(count, rel=0.08)


@pytest.mark.parametrize("rate_s", [2.5, 3.5, 5.0, 6.5, 8.0])
def test_the_pace_follows_slow_and_fast_talk_alike(rate_s: float) -> None:
    sound = together(silence(1.0), syllables(rate_s, round(rate_s * 7)), silence(1.0))
    analyser = VoiceAnalyser()
    told = [
        reading.pace_syl_s
        for block in blocks(sound + silence(len(sound) / 16000))
        for reading in analyser.push(block)
        if reading.pace_syl_s is not None
    ]
    assert told[-1] == pytest.approx(rate_s, rel=0.12)


def test_no_peaks_are_no_syllables() -> None:
    assert rate_syl_s(0, 0, 5.0) == 0.0
    assert rate_syl_s(3, 0, 5.0) == 0.0


def test_nuclei_lie_in_their_syllables() -> None:
    sound = together(silence(1.0), syllables(4.0, 20), silence(1.0))
    times = np.array([t for hop in heard(sound) for t in hop.nuclei_s])
    place = (times - 1.0) % 0.25 / 0.25
    # The first third of each syllable is its consonant.
    assert np.mean(place > 0.3) > 0.9
    assert np.all(np.diff(times) > 0)


def test_silence_and_noise_hold_no_syllables() -> None:
    assert sum(len(hop.nuclei_s) for hop in heard(silence(3.0, noise_dbfs=-30.0))) == 0
    assert sum(len(hop.nuclei_s) for hop in heard(np.zeros(48000, np.float32))) == 0


def test_pauses_do_not_count_for_the_rate() -> None:
    window = PaceWindow()
    t = 0.0
    for _ in range(4):
        for _ in range(20):
            t += 0.1
            window.push(t, 0.1, round(t * 10) % 2, round(t * 10) % 2)
        for _ in range(15):
            t += 0.1
            window.push(t, 0.0, 0, 0)
    assert window.syl_s == pytest.approx(rate_syl_s(40, 40, 8.0), rel=0.03)


def test_too_little_talk_gives_no_pace() -> None:
    window = PaceWindow()
    for k in range(round(NEEDED_TALK_S * 10) - 2):
        window.push(k * 0.1, 0.1, 1, 1)
    assert window.syl_s is None


def test_the_window_forgets() -> None:
    window = PaceWindow()
    for k in range(100):
        window.push(k * 0.1, 0.1, 1, 1)
    for k in range(100, 200):
        window.push(k * 0.1, 0.1, k % 2, k % 2)
    assert window.syl_s == pytest.approx(rate_syl_s(50, 50, 10.0), rel=0.03)
