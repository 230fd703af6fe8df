from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import numpy as np
import pytest
from benchmarks.ears_data import sound, utterances
from numpy.typing import NDArray

from audio.errors import AudioError
from audio.framing import RATE_HZ
from audio.speech.cepstra import Cepstra
from audio.speech.phrases import (
    Calibration,
    PhraseSpotter,
    is_available,
    load_calibration,
    practice_phrases,
)
from audio.speech.pronounce import Lexicon, Pronunciation, from_letters
from audio.types import AudioBlock, PhraseHit

pytestmark = pytest.mark.skipif(not is_available(), reason="pocketsphinx' model is not installed")

Sound = NDArray[np.float32]
SAMPLE = Path(__file__).resolve().parents[2] / "assets" / "sample"
SAID = {"Excuse me, I am sorry": 41.2, "Can you hear me like this": 41.2}
"""Phrase of the sample's text that its made voice says well enough -> start of its passage."""
NEVER_SAID = ("is there anything else", "if I understand correctly", "thank you for your patience")


def spot(
    samples: Sound, phrases: list[str], block: int = 1600, rate: int = RATE_HZ
) -> list[PhraseHit]:
    spotter = PhraseSpotter(phrases)
    hits = []
    for at in range(0, len(samples), block):
        hits += spotter.push(AudioBlock(at / rate, samples[at : at + block], rate))
    return hits + spotter.finish()


def speak(text: str, voice: str, speed: int, pitch: int) -> Sound:
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdout", text]
    try:
        wave = subprocess.run(command, capture_output=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("espeak-ng is not installed")
    samples = np.frombuffer(wave[44:], np.int16).astype(np.float32) / 32768.0
    rate = int(np.frombuffer(wave[24:28], np.int32)[0])
    at = np.arange(0, len(samples) - 1, rate / RATE_HZ)
    quiet = np.zeros(RATE_HZ // 2, np.float32)
    spoken = np.interp(at, np.arange(len(samples)), samples).astype(np.float32)
    return np.concatenate([quiet, spoken, quiet])


def test_what_the_sample_says_is_found_where_it_says_it() -> None:
    samples = sound(SAMPLE / "speech.ogg")
    hits = spot(samples, [*SAID, *NEVER_SAID])
    found = {hit.phrase: hit for hit in hits}
    assert set(found) == set(SAID)
    says = tomllib.loads((SAMPLE / "speech.toml").read_text("utf-8"))["say"]
    starts = sorted(passage["start_s"] for passage in says)
    for phrase, hit in found.items():
        after = min((s for s in starts if s > SAID[phrase]), default=61.0)
        assert SAID[phrase] - 0.2 < hit.start_s < hit.end_s < after + 0.5
        assert 0.5 <= hit.confidence <= 1.0
        assert hit.end_s - hit.start_s < 0.6 * len(phrase.split()) + 0.5


def test_the_size_of_the_blocks_changes_nothing() -> None:
    samples = sound(SAMPLE / "speech.ogg")[41 * RATE_HZ : 50 * RATE_HZ]
    phrases = [*SAID, *NEVER_SAID]
    whole = spot(samples, phrases, len(samples))
    assert whole
    for size in (160, 777, 16000):
        parts = spot(samples, phrases, size)
        assert [(h.phrase, h.start_s, h.end_s) for h in parts] == [
            (h.phrase, h.start_s, h.end_s) for h in whole
        ]
        assert [h.margin for h in parts] == pytest.approx([h.margin for h in whole], abs=0.01)


def test_times_follow_the_session_clock_and_a_gap_begins_afresh() -> None:
    samples = sound(SAMPLE / "speech.ogg")[41 * RATE_HZ : 50 * RATE_HZ]
    spotter = PhraseSpotter(["Can you hear me like this"])
    hits = []
    for start_s in (100.0, 200.0):
        hits += spotter.push(AudioBlock(start_s, samples, RATE_HZ))
    hits += spotter.finish()
    assert len(hits) == 2
    assert hits[1].start_s - hits[0].start_s == pytest.approx(100.0, abs=0.02)
    assert 102.5 < hits[0].start_s < 105.0


@pytest.mark.parametrize("kind", ["silence", "noise", "tone"])
def test_no_phrase_is_found_where_nobody_speaks(kind: str) -> None:
    t = np.arange(20 * RATE_HZ) / RATE_HZ
    noise = np.random.default_rng(3).normal(0.0, 0.05, len(t))
    made = {"silence": 0.0 * t, "noise": noise, "tone": 0.3 * np.sin(2 * np.pi * 220.0 * t)}
    phrases = [phrase for group in practice_phrases().values() for phrase in group]
    assert spot(made[kind].astype(np.float32), phrases) == []


@pytest.mark.parametrize(("speed", "pitch"), [(130, 50), (145, 50), (145, 40), (160, 60)])
def test_a_made_voice_is_understood_slow_and_fast_high_and_low(speed: int, pitch: int) -> None:
    # Of espeak's voices this is the one that comes near enough to people for a model of people.
    text = "I'm so sorry about that. If I understand correctly, you paid twice. " * 2
    said = ["I'm so sorry about that", "if I understand correctly"]
    samples = speak(text, "en-us+f2", speed, pitch)
    found = {hit.phrase for hit in spot(samples, [*said, *NEVER_SAID[::2]])}
    assert found
    assert found <= set(said)


@pytest.mark.footage
def test_people_are_understood(footage: Path) -> None:
    said = {
        "LJ001-0007": ["the earliest book printed", "or forty two line bible"],
        "harvard": ["the stale smell of old beer", "a salt pickle", "is the hot cross bun"],
        "training_audio1": ["select the speech to text", "follow the instructions"],
        "LJ001-0005": ["of movable metal letters", "the art of printing"],
    }
    files = {one.path.stem: one for one in utterances(footage, "transcribed")}
    phrases = [*NEVER_SAID, *(phrase for group in said.values() for phrase in group)]
    for name, own in said.items():
        found = {hit.phrase for hit in spot(sound(files[name].path), phrases)}
        assert found <= set(own)
        assert len(found) >= len(own) - 1


@pytest.mark.footage
@pytest.mark.parametrize(
    ("name", "phrase", "unknown"),
    [("005", "seven of hearts", "hearts"), ("LJ001-0001", "in the exhibition", "exhibition")],
)
def test_a_word_that_no_dictionary_has_is_found_by_its_letters(
    footage: Path, monkeypatch: pytest.MonkeyPatch, name: str, phrase: str, unknown: str
) -> None:
    def spelled(lexicon: Lexicon, word: str) -> list[Pronunciation]:
        return from_letters(word) if word == unknown else KNOWN(lexicon, word)

    monkeypatch.setattr(Lexicon, "pronunciations", spelled)
    files = {one.path.stem: one for one in utterances(footage, "transcribed")}
    found = spot(sound(files[name].path), [phrase, "Mister Wojciechowski"])
    assert [hit.phrase for hit in found] == [phrase]


KNOWN = Lexicon.pronunciations


def test_a_phrase_too_short_to_tell_from_chance_is_refused() -> None:
    with pytest.raises(AudioError) as caught:
        PhraseSpotter(["how can I help", "so"])
    assert '"so"' in caught.value.what
    assert caught.value.remedy


def test_fewer_false_alarms_need_a_higher_score_and_so_do_short_phrases() -> None:
    own = Calibration(rate_log10=3.0, per_score=0.05, per_phone=0.3, spread=10.0)
    # 10 ** (3 - 0.3 x 10 - 0.05 x 20) = 0.1 an hour.
    assert own.threshold(10, 0.1) == pytest.approx(20.0)
    assert own.threshold(10, 0.01) > own.threshold(10, 0.1) > own.threshold(14, 0.1)
    shipped = load_calibration()
    assert shipped.per_score > 0
    assert shipped.per_phone > 0


def test_every_phrase_of_the_practices_can_be_looked_for() -> None:
    phrases = [phrase for group in practice_phrases().values() for phrase in group]
    assert len(PhraseSpotter(phrases).thresholds) == len(phrases) == len(set(phrases))
    assert all(practice.startswith("P") and len(practice) == 3 for practice in practice_phrases())


def test_features_do_not_depend_on_the_size_of_the_blocks_nor_on_the_level() -> None:
    samples = sound(SAMPLE / "speech.ogg")[2 * RATE_HZ : 9 * RATE_HZ]
    whole = Cepstra()
    expected = np.concatenate([whole.push(samples), whole.finish()])
    parts = Cepstra()
    pieces = [parts.push(samples[at : at + 501]) for at in range(0, len(samples), 501)]
    np.testing.assert_allclose(np.concatenate([*pieces, parts.finish()]), expected, atol=1e-3)
    louder = Cepstra()
    half = np.concatenate([louder.push(samples * 0.5), louder.finish()])
    # What is near silence is held by floors; talk itself has no level in its features.
    assert np.median(np.abs(half - expected)) < 0.1
    assert len(expected) == (len(samples) - 410) // 160 + 1
