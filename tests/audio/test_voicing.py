from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.ears_data import Sound, hear, sound, steps

from audio.framing import RATE_HZ
from audio.voicing import SpeechDetector

SAMPLE = Path(__file__).resolve().parents[2] / "assets" / "sample" / "speech.ogg"
TALK_S = 8
STEPS = 790
"""Steps of 10 ms in it that Silero has heard as a whole."""


@pytest.fixture(scope="module")
def voice() -> Sound:
    """Eight seconds of a made voice at -25 dBFS."""
    samples = sound(SAMPLE)[2 * RATE_HZ : (2 + TALK_S) * RATE_HZ]
    return (samples / samples.std() * 10.0**-1.25).astype(np.float32)


def as_recorded(samples: Sound, gain_db: float) -> Sound:
    """The same, turned down before the converter."""
    return (np.round(samples * 10.0 ** (gain_db / 20.0) * 32767) / 32767).astype(np.float32)


def test_soft_talk_is_told_as_well_as_loud_talk(voice: Sound) -> None:
    loud, soft = SpeechDetector(), SpeechDetector()
    loud.push(voice)
    soft.push(as_recorded(voice, -40.0))
    said, said_softly = loud.take(STEPS) >= 0.5, soft.take(STEPS) >= 0.5
    assert 0.2 < said.mean() < 1.0
    assert np.mean(said == said_softly) > 0.96


def test_without_talk_the_room_is_not_brought_up() -> None:
    noise = np.random.default_rng(1).normal(size=5 * RATE_HZ).astype(np.float32)
    said = steps(hear(noise * np.float32(10.0**-2.75)), 5.0)
    assert (said < 0.35).all()


def test_talk_of_usual_level_is_left_as_it_is(voice: Sound) -> None:
    plain, brought_up = SpeechDetector(bring_up=False), SpeechDetector()
    for one in (plain, brought_up):
        one.push(voice)
    np.testing.assert_array_equal(plain.take(STEPS), brought_up.take(STEPS))


def test_a_new_stretch_begins_with_no_level_known(voice: Sound) -> None:
    used, fresh = SpeechDetector(), SpeechDetector()
    used.push(as_recorded(voice, -30.0))
    used.reset()
    for one in (used, fresh):
        one.push(voice)
    np.testing.assert_array_equal(used.take(STEPS), fresh.take(STEPS))
