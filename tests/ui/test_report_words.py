"""The words under the timeline: following, clicking, and the second pass."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from report_material import CHECKLIST, kept_session, numbered_clip, report
from waiting import LONG_S

from app.coach.catalogue import load_catalogue
from app.errors import AppError
from app.session import speech_again
from app.session.errors import Cancelled
from app.session.keeping import WORDS_DECLINED
from app.session.listening_after import listen_after
from app.store.files import FACTS
from app.store.types import KeepPolicy
from app.store.words import NAME, SavedWords, read_words, write_words
from app.ui.library import Library
from app.ui.pages.report import ReportPage
from app.ui.pages.report_words import ReportWords
from app.ui.widgets.words_lag import WordsLag
from app.ui.widgets.words_line import WordsLine
from audio.speech.types import Availability, SpeechSetUp
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.store.store import Store
    from app.store.types import SessionRecord

SET_UP = SpeechSetUp("pocketsphinx", thorough=True)
WORDS = tuple(Word(f"word{at}", at * 0.5, at * 0.5 + 0.4, 0.9) for at in range(100))
FIRST = SavedWords(WORDS[:60], "pocketsphinx", thorough=False)


@pytest.fixture
def line(qtbot: QtBot) -> WordsLine:
    made = WordsLine()
    qtbot.addWidget(made)
    made.resize(400, made.sizeHint().height())
    made.show_words(WORDS)
    return made


def test_the_line_runs_with_the_playhead(line: WordsLine) -> None:
    assert line.word_at(20) == WORDS[0]
    line.set_playhead(25.1)
    assert line.current == 50
    assert line.word_at(line.width() / 2 - 5) in WORDS[49:52]
    line.set_playhead(25.45)
    assert line.current is None
    line.set_playhead(60.0)
    assert line.word_at(line.width() - 20) == WORDS[-1]


def test_a_click_goes_to_the_word(qtbot: QtBot, line: WordsLine) -> None:
    line.set_playhead(25.1)
    with qtbot.waitSignal(line.seek_requested) as caught:
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(195, 10))
    assert caught.args[0] in {word.start_s for word in WORDS[49:52]}


def test_a_line_without_words_answers_nothing(qtbot: QtBot, line: WordsLine) -> None:
    line.show_words(())
    assert line.word_at(20) is None
    with qtbot.assertNotEmitted(line.seek_requested):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))


@pytest.fixture
def page(store: Store, qtbot: QtBot) -> Iterator[ReportPage]:
    made = ReportPage(
        store,
        load_catalogue(),
        checklists=(CHECKLIST,),
        library=Library(),
        now=lambda: datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
        speech=lambda: SET_UP,
        who=lambda: next((one.id for one in store.persons()), None),
    )
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    yield made
    made.close_files()
    made.close()


def recorded(store: Store, folder: Path) -> SessionRecord:
    """A kept session with a recording and the words that came live."""
    record = kept_session(store, report())
    clip = numbered_clip(folder / "clip.mkv", 1.0)
    store.files(record.id).recording.write_bytes(clip.read_bytes())
    write_words(store.files(record.id), FIRST)
    return record


def test_words_and_their_rate_stand_under_the_timeline(page: ReportPage, store: Store) -> None:
    record = kept_session(store, report(), policy=KeepPolicy.VOICE_AND_STICK)
    write_words(store.files(record.id), FIRST)
    page.open(record.id)
    QApplication.processEvents()
    assert page.words.isVisible()
    assert "120 a minute (usual are 100 to 165)" in page.words.told
    page.words.seek_requested.emit(12.0)
    assert page.playhead_s == 12.0
    assert page.words.line.current == 24


def test_without_words_nothing_of_them_shows(page: ReportPage, store: Store) -> None:
    page.open(kept_session(store, report(), policy=KeepPolicy.REPORT_ONLY).id)
    QApplication.processEvents()
    assert not page.words.isVisible()


def test_broken_words_do_not_hide_the_report(page: ReportPage, store: Store) -> None:
    record = kept_session(store, report())
    (store.files(record.id).folder / NAME).write_bytes(b"broken")
    page.open(record.id)
    QApplication.processEvents()
    assert page.header.title.text() == "Charged twice"
    assert not page.words.isVisible()


def test_the_second_pass_shows_how_far_it_is_and_then_better_words(
    page: ReportPage, store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    may_end = threading.Event()

    def listen(
        store: Store,
        session_id: str,
        set_up: SpeechSetUp,
        *,
        progress: Callable[[float], None],
        cancelled: Callable[[], bool],
    ) -> SavedWords:
        progress(0.4)
        may_end.wait(LONG_S)
        asked.append(session_id)
        saved = SavedWords(WORDS, "pocketsphinx", thorough=True)
        write_words(store.files(session_id), saved)
        return saved

    monkeypatch.setattr(speech_again, "listen_again", listen)
    record = recorded(store, tmp_path)
    page.open(record.id)
    qtbot.waitUntil(lambda: "40 %" in page.words.told)
    assert page.words.line.word_at(20) == WORDS[0]
    may_end.set()
    qtbot.waitUntil(lambda: "%" not in page.words.told)
    assert page._shown is not None
    assert page._shown.report is not None
    assert page._shown.report.words == WORDS
    page.open(record.id)
    qtbot.wait(1)
    assert asked == [record.id]
    saved = read_words(store.files(record.id))
    assert saved is not None
    assert saved.thorough


def test_words_that_were_declined_are_offered_and_not_sought_unasked(
    page: ReportPage, store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def listen(store: Store, session_id: str, _set_up: SpeechSetUp, **_told: object) -> SavedWords:
        asked.append(session_id)
        saved = SavedWords(WORDS, "pocketsphinx", thorough=True)
        write_words(store.files(session_id), saved)
        return saved

    monkeypatch.setattr(speech_again, "listen_again", listen)
    record = recorded(store, tmp_path)
    files = store.files(record.id)
    (files.folder / NAME).unlink()
    files.write_atomic(FACTS, json.dumps({WORDS_DECLINED: True}).encode())
    page.open(record.id)
    QApplication.processEvents()
    assert page.words.seek.isVisible()
    assert page.words._pass is None
    assert not listen_after(store, record.id, SET_UP)
    assert not asked
    qtbot.mouseClick(page.words.seek, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "a minute" in page.words.told)
    assert asked == [record.id]
    assert not page.words.seek.isVisible()


def test_the_second_pass_is_left_with_the_page_and_its_failure_is_said(
    page: ReportPage, store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[bool] = []

    def hang(*args: object, cancelled: Callable[[], bool], **options: object) -> SavedWords:
        while not cancelled():
            pass
        left.append(True)
        raise Cancelled

    def fail(*args: object, **options: object) -> SavedWords:
        raise AppError("The speech engine broke.", "Try it again.")

    record = recorded(store, tmp_path)
    monkeypatch.setattr(speech_again, "listen_again", hang)
    page.open(record.id)
    page.hide()
    assert left == [True]
    monkeypatch.setattr(speech_again, "listen_again", fail)
    page.show()
    page.open(record.id)
    qtbot.waitUntil(lambda: "The speech engine broke." in page.words.told)
    assert page.words.line.word_at(20) == WORDS[0]


def test_without_sound_that_is_said_and_nothing_is_listened_for(
    page: ReportPage, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(speech_again, "listen_again", lambda *told, **_: asked.append(told))
    record = kept_session(store, report())
    clip = numbered_clip(tmp_path / "clip.mkv", 0.5, sound=False)
    store.files(record.id).recording.write_bytes(clip.read_bytes())
    page.open(record.id)
    QApplication.processEvents()
    assert page.words.isVisible()
    assert "there was no sound" in page.words.told
    assert page.words._pass is None
    assert not listen_after(store, record.id, SET_UP)
    assert not asked
    page.open(recorded(store, tmp_path).id)
    assert "no sound" not in page.words.told


def test_the_report_says_what_of_the_settings_could_not_be_had(
    store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missed = Availability(False, "vosk is not installed.", "Install it.")
    words = ReportWords(store, lambda: replace(SET_UP, unmet=(missed,)))
    qtbot.addWidget(words)
    saved = SavedWords(WORDS, "pocketsphinx", thorough=True)
    monkeypatch.setattr(speech_again, "listen_again", lambda *_, **__: saved)
    words.improve(recorded(store, tmp_path).id)
    qtbot.waitUntil(lambda: "vosk is not installed. Install it." in words.told)
    assert "recognised by machine" in words.told
    words.stop()


def test_the_live_page_says_a_lag_and_keeps_quiet_about_none(qtbot: QtBot) -> None:
    lag = WordsLag()
    qtbot.addWidget(lag)
    for quiet in (None, 0.0, 1.0):
        lag.show_lag(quiet)
        assert lag.isHidden()
    lag.show_lag(2.2)
    assert not lag.isHidden()
    assert lag.text() == "Words 2 s behind"
    lag.show_lag(89.4)
    assert lag.text() == "Words 89 s behind"
    lag.show_lag(498.0)
    assert lag.text() == "Words 8 min behind"
