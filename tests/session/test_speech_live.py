"""Words while a session runs: a real child process with a counting engine, and fakes round it."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
import speech_jobs
from fakes import FakeVision, FakeVoice
from live_cases import plan, run_for, session
from waiting import LONG_S, until

from app.coach.types import MarkKind, Sense
from app.session import speech_live
from app.session.speech_child import SpeechChild
from app.session.speech_live import LiveWords
from app.session.worker import Worker
from app.store.types import KeepPolicy
from app.store.words import read_words
from audio.speech.phrases import is_available
from audio.speech.types import Availability, Heard, SoughtPhrase, SpeechSetUp
from audio.types import AudioBlock, Speaker, VoiceReading, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.catalogue import Catalogue
    from app.errors import AppError
    from app.store.store import Store
    from audio.speech.utterances import SpeechPiece

SET_UP = SpeechSetUp("pocketsphinx")
COUNTING = partial(SpeechChild, serve=speech_jobs.count)
FINDING = partial(SpeechChild, serve=speech_jobs.find)
HANGING = partial(SpeechChild, serve=speech_jobs.hang)
SOUGHT = SpeechSetUp("pocketsphinx", phrases=(SoughtPhrase("I'm so sorry", "P19"),))
needs_model = pytest.mark.skipif(not is_available(), reason="pocketsphinx' model is not installed")
DYING = partial(SpeechChild, serve=speech_jobs.die_at_first)


class Slow:
    """A child that says nothing until it is asked to go on."""

    def __init__(self, set_up: SpeechSetUp) -> None:
        self.ready = True
        self.sent: list[SpeechPiece] = []
        self.told: list[Heard] = []
        self.killed = self.closed = False

    def send(self, piece: SpeechPiece) -> None:
        self.sent.append(piece)

    def poll(self, timeout_s: float) -> list[Heard]:
        time.sleep(min(timeout_s, 0.005))
        told, self.told = self.told, []
        return told

    def kill(self) -> None:
        self.killed = True

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def faults() -> list[AppError]:
    return []


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the last words come, however slow the machine is."""
    monkeypatch.setattr(speech_live, "REST_S", LONG_S)
    monkeypatch.setattr(speech_live, "MOST_S", LONG_S)


def listening(words: LiveWords) -> bool:
    """Whether its process runs and has its model: starting one takes its time."""
    return words._child is not None and words._child.ready


def say(words: LiveWords, speech: list[bool], start: int = 0) -> None:
    words.hear(AudioBlock(start / 10, np.zeros(1600 * len(speech), np.float32), 16000))
    for number, said in enumerate(speech, start=start):
        words.read(VoiceReading((number + 1) / 10, speaker=Speaker.STAFF, speech=said))


def test_words_come_back_from_the_child(faults: list[AppError]) -> None:
    words = LiveWords(SET_UP, on_fault=faults.append, make_child=COUNTING)
    words.start()
    say(words, [True] * 10 + [False] * 10)
    found: list[Word] = []
    until(lambda: found.extend(words.take()) or found)
    assert found == [Word("16", 0.0, 1.6, 1.0)]
    assert words.lag_s == 0.0
    words.finish()
    assert words.lag_s is None
    assert faults == []


@pytest.mark.usefixtures("patience")
def test_the_last_utterance_is_waited_for_at_the_end(faults: list[AppError]) -> None:
    words = LiveWords(SET_UP, on_fault=faults.append, make_child=COUNTING)
    words.start()
    until(lambda: listening(words))
    say(words, [True] * 10)
    words.finish()
    assert [word.text for word in words.take()] == ["10"]


def test_a_child_that_dies_is_told_once_and_nothing_waits(faults: list[AppError]) -> None:
    words = LiveWords(SET_UP, on_fault=faults.append, make_child=DYING)
    words.start()
    say(words, [True] * 10)
    until(lambda: not words.works)
    say(words, [True] * 10, start=10)
    words.finish()
    assert len(faults) == 1
    assert "no longer written down" in faults[0].what
    assert words.lag_s is None


def test_an_engine_that_cannot_be_loaded_is_told_in_its_own_words(faults: list[AppError]) -> None:
    missing = SpeechSetUp("vosk")
    words = LiveWords(missing, on_fault=faults.append)
    words.start()
    until(lambda: not words.works)
    words.finish()
    assert [error.what for error in faults] == ["vosk is not installed."]


@pytest.fixture
def slow(faults: list[AppError]) -> Iterator[tuple[LiveWords, Slow]]:
    child = Slow(SET_UP)
    words = LiveWords(SET_UP, on_fault=faults.append, make_child=lambda set_up: child)
    words.start()
    yield words, child
    child.told.append(Heard((), True, 100.0))
    words.finish()
    assert child.closed


def test_the_lag_is_how_far_the_words_are_behind(slow: tuple[LiveWords, Slow]) -> None:
    words, child = slow
    say(words, [True] * 30)
    until(lambda: len(child.sent) == 30)
    assert words.lag_s == pytest.approx(3.0)
    child.told.append(Heard((), False, 2.0))
    until(lambda: words.lag_s == pytest.approx(1.0))
    say(words, [False] * 10, start=30)
    child.told.append(Heard((Word("yes", 0.1, 0.4, None),), True, 3.6))
    until(lambda: words.lag_s == 0.0)
    assert [word.text for word in words.take()] == ["yes"]


@pytest.mark.parametrize("seconds", [1, 40])
def test_an_engine_that_hangs_holds_nobody_up_for_three_seconds(
    faults: list[AppError], seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It would hang for good; a busy machine takes its time to end a process.
    monkeypatch.setattr(speech_live, "KILLED_S", LONG_S)
    waited: list[float] = []
    join = Worker.join

    def noted(worker: Worker, timeout_s: float) -> bool:
        waited.append(timeout_s)
        return join(worker, timeout_s)

    monkeypatch.setattr(Worker, "join", noted)
    words = LiveWords(SET_UP, on_fault=faults.append, make_child=HANGING)
    words.start()
    until(lambda: listening(words))
    say(words, [True] * 10 * seconds)  # 40 s fill the pipe: then the thread itself is stuck
    words.finish()
    before_it_is_killed, *afterwards = waited
    assert before_it_is_killed < 3.0
    assert afterwards in ([], [LONG_S])
    assert not words.works
    assert words.gave_up is not None
    assert "last words are missing" in words.gave_up.what
    assert faults == []


def test_an_engine_that_does_not_even_start_is_told_as_words_that_are_missing(
    faults: list[AppError], monkeypatch: pytest.MonkeyPatch
) -> None:
    starting = threading.Event()

    def late(set_up: SpeechSetUp) -> Slow:
        starting.wait(LONG_S)
        return Slow(set_up)

    monkeypatch.setattr(speech_live, "MOST_S", 0.1)
    monkeypatch.setattr(speech_live, "REST_S", 0.1)
    words = LiveWords(SET_UP, on_fault=faults.append, make_child=late)
    words.start()
    say(words, [True] * 10)
    words.finish()
    assert words.gave_up is not None
    starting.set()
    until(lambda: not words.works)


@pytest.mark.usefixtures("patience")
def test_nothing_is_given_up_where_every_word_came(faults: list[AppError]) -> None:
    words = LiveWords(SET_UP, on_fault=faults.append, make_child=COUNTING)
    words.start()
    until(lambda: listening(words))
    say(words, [True] * 10)
    words.finish()
    assert words.gave_up is None


def hearing(catalogue: Catalogue) -> tuple[FakeVision, FakeVoice]:
    return FakeVision(), FakeVoice()


def with_child(monkeypatch: pytest.MonkeyPatch, child: partial[SpeechChild]) -> None:
    monkeypatch.setattr(speech_live, "LiveWords", partial(LiveWords, make_child=child))


@pytest.mark.usefixtures("patience")
def test_a_session_has_words_and_keeps_them(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with_child(monkeypatch, COUNTING)
    live = session(store, plan(speech=SET_UP), senses=hearing)
    live.start()
    until(lambda: live.snapshot().t >= 1.2 and live._words is not None and listening(live._words))
    session_id = live.stop()
    assert live.report is not None
    assert live.report.words
    assert session_id is not None
    saved = read_words(store.files(session_id))
    assert saved is not None
    assert saved.words == live.report.words
    assert not saved.thorough


def test_a_session_goes_on_without_its_engine(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_child(monkeypatch, DYING)
    live = session(store, plan(speech=SET_UP), senses=hearing)
    live.start()
    until(lambda: any("no longer written" in fault.what for fault in live.snapshot().faults))
    t = live.snapshot().t
    until(lambda: live.snapshot().t > t + 0.3)
    assert live.snapshot().words_lag_s is None
    session_id = live.stop()
    assert session_id is not None
    told = [mark.data for mark in store.marks(session_id) if mark.kind is MarkKind.FAULT]
    assert len([one for one in told if "whole" not in one]) == 1


@pytest.mark.parametrize("options", [{}, {"speech": SET_UP, "keep": KeepPolicy.REPORT_ONLY}])
def test_no_words_are_kept_without_an_engine_or_where_only_the_report_is(
    store: Store, monkeypatch: pytest.MonkeyPatch, options: dict[str, object]
) -> None:
    with_child(monkeypatch, COUNTING)
    live = session(store, plan(**options), senses=hearing)  # type: ignore[arg-type]
    session_id = run_for(live, 0.6)
    assert session_id is not None
    assert live.report is not None
    assert (live.report.words is None) == (not options)
    assert read_words(store.files(session_id)) is None


@needs_model
@pytest.mark.parametrize("engine", ["pocketsphinx", "none"])
def test_phrases_are_shown_reported_and_kept_also_without_an_engine(
    store: Store, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    with_child(monkeypatch, FINDING)
    set_up = replace(SOUGHT, engine=engine)
    live = session(store, plan(speech=set_up), senses=hearing)
    live.start()
    until(lambda: live.snapshot().phrases)
    session_id = live.stop()
    assert session_id is not None
    assert live.report is not None
    assert live.report.phrases
    assert {hit.practice for hit in live.report.phrases} == {"P19"}
    saved = read_words(store.files(session_id))
    assert saved is not None
    assert saved.phrases == live.report.phrases


def test_a_report_says_where_the_last_words_are_missing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_child(monkeypatch, HANGING)
    live = session(store, plan(speech=SET_UP), senses=hearing)
    run_for(live, 0.6)
    assert live.report is not None
    assert any("last words are missing" in note for note in live.report.notes)


def test_what_of_the_settings_cannot_be_had_is_told_live(
    faults: list[AppError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LiveWords, "start", lambda self: None)
    missed = Availability(False, "vosk is not installed.", "Install it.")
    live = plan(speech=replace(SET_UP, unmet=(missed,)))
    assert speech_live.live_words(live, frozenset(Sense), faults.append) is not None
    assert [(one.what, one.remedy) for one in faults] == [(missed.what, missed.remedy)]
