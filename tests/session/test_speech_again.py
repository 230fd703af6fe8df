"""The second pass over a kept session, with the real engine in its real child process."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soxr
from report_material import kept_session, report

from app.errors import AppError
from app.paths import asset
from app.session import speech
from app.session.errors import Cancelled
from app.session.film import Film
from app.session.speech import Spoken, listen_again
from app.session.speech_again import SecondPass, lacks_words
from app.store.claims import Claims
from app.store.files import READINGS
from app.store.readings import ReadingsWriter
from app.store.types import KeepPolicy
from app.store.versions import current_versions
from app.store.words import SavedWords, read_words, write_words
from audio.analyser import VoiceAnalyser
from audio.sources import AudioFile
from audio.speech.types import SpeechSetUp
from audio.types import AudioBlock, Speaker, Word
from tests.waiting import LONG_S

if TYPE_CHECKING:
    from app.store.store import Store
    from app.store.types import SessionRecord

RATE = 16000
FROM_S, SPOKEN_S = 5.9, 4.5
SAID = {"journey", "room", "ready", "fourth", "floor"}
"""Words of "How was your journey? I have your room ready for you on the fourth floor"."""
SET_UP = SpeechSetUp("pocketsphinx", thorough=True)
LIVE = SavedWords((Word("live", 1.0, 1.4, None),), "pocketsphinx", thorough=False)


@pytest.fixture(scope="module")
def spoken() -> list[AudioBlock]:
    """A question and a sentence of the sample in blocks of a tenth of a second."""
    source = AudioFile(asset("sample", "speech.ogg"))
    begin, end = (int(t * source.rate_hz) for t in (FROM_S, FROM_S + SPOKEN_S))
    part = np.concatenate([block.samples for block in source])[begin:end]
    samples = np.asarray(soxr.resample(part, source.rate_hz, RATE), np.float32)
    step = RATE // 10
    return [
        AudioBlock(at / RATE, samples[at : at + step], RATE) for at in range(0, len(samples), step)
    ]


def kept(store: Store, spoken: list[AudioBlock], speaker: Speaker = Speaker.STAFF) -> SessionRecord:
    """A finished session with its recording, its readings and the words that came live."""
    record = kept_session(store, report(), policy=KeepPolicy.VOICE_AND_STICK)
    files = store.files(record.id)
    film = Film(files.recording, picture=False, sound_rate_hz=RATE)
    ears, writer = VoiceAnalyser(speaker=speaker), ReadingsWriter(files, current_versions())
    for block in spoken:
        film.add_block(block)
        for reading in ears.push(block):
            writer.write(reading)
    for reading in ears.finish():
        writer.write(reading)
    film.close()
    writer.close()
    write_words(files, LIVE)
    return record


def test_better_words_take_the_place_of_the_live_ones(
    store: Store, spoken: list[AudioBlock]
) -> None:
    record = kept(store, spoken)
    assert lacks_words(store, record.id)
    told: list[float] = []
    saved = listen_again(store, record.id, SET_UP, progress=told.append)
    assert read_words(store.files(record.id)) == saved
    # How well an engine hears is measured elsewhere: here it is the sound that was listened to.
    assert len(SAID & {word.text for word in saved.words}) >= 3
    assert all(0.0 <= word.start_s < word.end_s <= SPOKEN_S + 0.1 for word in saved.words)
    assert saved.thorough
    assert not lacks_words(store, record.id)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0, abs=0.05)


def test_nothing_of_the_customer_is_listened_to(store: Store, spoken: list[AudioBlock]) -> None:
    record = kept(store, spoken, Speaker.CUSTOMER)
    assert listen_again(store, record.id, SET_UP).words == ()


def test_a_pass_that_is_stopped_leaves_the_words_as_they_were(
    store: Store, spoken: list[AudioBlock]
) -> None:
    record = kept(store, spoken)
    with pytest.raises(Cancelled):
        listen_again(store, record.id, SET_UP, cancelled=lambda: True)
    again = SecondPass(store, record.id, SET_UP)
    again.start()
    again.stop()
    assert not again.runs
    assert again.saved is None
    assert again.error is None
    assert read_words(store.files(record.id)) == LIVE


def test_an_engine_that_has_gone_is_an_error_in_words(
    store: Store, spoken: list[AudioBlock]
) -> None:
    record = kept(store, spoken)
    with pytest.raises(AppError, match="vosk"):
        listen_again(store, record.id, SpeechSetUp("vosk"))
    assert read_words(store.files(record.id)) == LIVE


def test_without_a_recording_there_is_nothing_to_listen_to(store: Store) -> None:
    record = kept_session(store, report())
    assert not lacks_words(store, record.id)
    with pytest.raises(AppError, match="missing"):
        listen_again(store, record.id, SET_UP)


def test_whoever_comes_second_waits_and_is_given_what_the_first_one_found(
    store: Store, spoken: list[AudioBlock], monkeypatch: pytest.MonkeyPatch
) -> None:
    record = kept(store, spoken)
    begun, may_end = threading.Event(), threading.Event()
    listened: list[str] = []

    def listen(*_: object, **__: object) -> Spoken:
        listened.append(record.id)
        begun.set()
        assert may_end.wait(LONG_S)
        return Spoken((Word("sorry", 1.0, 1.4, None),), None)

    monkeypatch.setattr(speech, "run_in_child", listen)
    first, second = (SecondPass(store, record.id, SET_UP) for _ in range(2))
    first.start()
    assert begun.wait(LONG_S)
    asked: list[bool] = []

    def given_up() -> bool:
        asked.append(True)
        return True

    with pytest.raises(Cancelled):
        listen_again(store, record.id, SET_UP, cancelled=given_up)
    waits, take = threading.Event(), Claims.take

    def refused(claims: Claims, session_id: str, work: str) -> bool:
        may = take(claims, session_id, work)
        if not may:
            waits.set()
        return may

    monkeypatch.setattr(Claims, "take", refused)
    second.start()
    assert waits.wait(LONG_S)
    may_end.set()
    first._worker.join(LONG_S)
    second._worker.join(LONG_S)
    assert asked == [True]
    assert first.saved is not None
    assert second.saved == first.saved
    assert listened == [record.id]


def test_words_of_readings_that_were_measured_anew_meanwhile_are_looked_for_again(
    store: Store, spoken: list[AudioBlock], monkeypatch: pytest.MonkeyPatch
) -> None:
    record = kept(store, spoken)
    files = store.files(record.id)

    def listen(*_: object, **__: object) -> Spoken:
        files.write_atomic(READINGS, files.read(READINGS))
        return Spoken((), None)

    monkeypatch.setattr(speech, "run_in_child", listen)
    assert not listen_again(store, record.id, SET_UP).thorough
    assert lacks_words(store, record.id)
