from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from synth_audio import Sound, blocks, hop, silence, syllables, together

from audio.analyser import VoiceAnalyser
from audio.pace import NEEDED_RUN_S, NEEDED_TALK_S, PaceWindow, TalkCount

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
    # Made syllables are all there, each as long as the other; people swallow some, which the fit
    # makes up for.
    assert told[-1] == pytest.approx(rate_s, rel=0.2)


def test_no_peaks_are_no_syllables() -> None:
    assert TalkCount(5.0, 5.0, 0, 0, 1.0, 8.0).syl_s == 0.0
    assert TalkCount(5.0, 5.0, 3, 0, 1.0, 8.0).syl_s == 0.0
    assert TalkCount(5.0, 5.0, 3, 3, 0.0, 0.0).syl_s == 0.0


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


def count(window: PaceWindow, seconds: float, *, talk: bool, start_s: float = 0.0) -> float:
    """Feed hops with a syllable in every second one; gives the time of the last."""
    t = start_s
    for _ in range(round(seconds * 10)):
        t += 0.1
        nuclei = (t - 0.05,) if talk and round(t * 10) % 2 else ()
        one = hop(t, talk=talk, nuclei_s=nuclei)
        window.push(one, 0.1 if talk else 0.0, running=talk)
    return t


def of(talk_s: float, peaks: int) -> float:
    return TalkCount(talk_s, talk_s, peaks, peaks, 0.124, 1.0).syl_s


def test_pauses_do_not_count_for_the_rate() -> None:
    window = PaceWindow()
    t = 0.0
    for _ in range(4):
        t = count(window, 2.0, talk=True, start_s=t)
        t = count(window, 1.5, talk=False, start_s=t)
    assert window.syl_s == pytest.approx(of(8.0, 40), rel=0.03)


def test_short_pauses_count_for_the_speaking_rate() -> None:
    window = PaceWindow()
    for k in range(80):
        # A tenth of a second of every fourth is a pause inside the running talk.
        talk = k % 4 != 3
        one = hop(k * 0.1, talk=talk, nuclei_s=(k * 0.1,) if talk else ())
        window.push(one, 0.1 if talk else 0.0, running=True)
    assert window.rate_syl_s is not None
    assert window.syl_s is not None
    assert window.rate_syl_s == pytest.approx(0.75 * window.syl_s, rel=0.03)


def test_a_run_has_its_own_pace_and_begins_anew_after_a_silence() -> None:
    window = PaceWindow()
    t = count(window, NEEDED_RUN_S + 1.0, talk=True)
    assert window.run_syl_s == pytest.approx(of(3.5, 18), rel=0.06)
    t = count(window, 1.0, talk=False, start_s=t)
    assert window.run_syl_s is None
    count(window, NEEDED_RUN_S - 0.5, talk=True, start_s=t)
    assert window.run_syl_s is None


def test_too_little_talk_gives_no_pace() -> None:
    window = PaceWindow()
    count(window, NEEDED_TALK_S - 0.2, talk=True)
    assert window.syl_s is None
    assert window.rate_syl_s is None


def test_the_window_forgets_the_pace_before_it() -> None:
    window = PaceWindow()
    for k in range(100):
        window.push(hop(k * 0.1, nuclei_s=(k * 0.1,)), 0.1, running=True)
    count(window, 10.0, talk=True, start_s=10.0)
    assert window.syl_s == pytest.approx(of(10.0, 50), rel=0.03)


def test_quicker_changes_of_the_spectrum_are_a_higher_pace() -> None:
    slow, quick = (TalkCount(5.0, 5.0, 20, 20, near, 100.0).syl_s for near in (10.0, 20.0))
    assert quick > slow * 1.05
