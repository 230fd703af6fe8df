from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtTextToSpeech import QTextToSpeech

from app.ui import customer_voice
from app.ui.customer_voice import CustomerVoice, Manner, manner_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

State = QTextToSpeech.State


class FakeEngine(QObject):
    """A voice that says what it is told when the test lets it."""

    stateChanged = Signal(object)  # noqa: N815 - Qt's name
    errorOccurred = Signal(object, str)  # noqa: N815 - Qt's name

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.manner: list[float] = []
        self.stops = 0

    def say(self, text: str) -> None:
        self.said.append(text)

    def stop(self) -> None:
        self.stops += 1
        self.stateChanged.emit(State.Ready)

    def setRate(self, rate: float) -> None:
        self.manner.append(rate)

    def setPitch(self, pitch: float) -> None:
        self.manner.append(pitch)


class Heard:
    """Takes down what the voice signals."""

    def __init__(self, voice: CustomerVoice) -> None:
        self.log: list[str] = []
        voice.began.connect(lambda line: self.log.append(f"began {line}"))
        voice.ended.connect(lambda line: self.log.append(f"ended {line}"))
        voice.silent.connect(lambda: self.log.append("silent"))


@pytest.fixture
def engine(qtbot: QtBot) -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def voice(engine: FakeEngine) -> CustomerVoice:
    return CustomerVoice(engine=lambda: cast("QTextToSpeech", engine))


def test_a_line_begins_when_it_sounds_and_ends_when_it_is_over(
    voice: CustomerVoice, engine: FakeEngine
) -> None:
    heard = Heard(voice)
    voice.say("opens", "I was charged twice!", Manner(0.2, -0.1))
    assert engine.said == ["I was charged twice!"]
    assert engine.manner == [0.2, -0.1]
    assert heard.log == []
    engine.stateChanged.emit(State.Speaking)
    assert (heard.log, voice.saying) == (["began opens"], "opens")
    engine.stateChanged.emit(State.Ready)
    assert (heard.log, voice.saying) == (["began opens", "ended opens"], "")


def test_a_new_line_cuts_the_one_before(voice: CustomerVoice, engine: FakeEngine) -> None:
    heard = Heard(voice)
    voice.say("one", "One.")
    engine.stateChanged.emit(State.Speaking)
    voice.say("two", "Two.")
    engine.stateChanged.emit(State.Speaking)
    engine.stateChanged.emit(State.Ready)
    assert heard.log == ["began one", "ended one", "began two", "ended two"]
    assert engine.stops == 1


def test_a_voice_that_fails_is_replaced_by_shown_lines(
    voice: CustomerVoice, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_voice, "SHORTEST_S", 0.02)
    monkeypatch.setattr(customer_voice, "WORDS_A_SECOND", 1000.0)
    heard = Heard(voice)
    voice.say("one", "One.")
    engine.errorOccurred.emit(QTextToSpeech.ErrorReason.Playback, "no sound card")
    assert heard.log == ["silent", "began one", "ended one"]
    assert not voice.spoken
    with qtbot.waitSignal(voice.ended):
        voice.say("two", "Two.")
    assert heard.log[3:] == ["began two", "ended two"]
    assert engine.said == ["One."]


def test_a_voice_that_stops_answering_does_not_hold_up_the_talk(
    voice: CustomerVoice, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_voice, "PATIENCE_S", 0.01)
    monkeypatch.setattr(customer_voice, "SLOWEST_WORDS_A_SECOND", 100.0)
    heard = Heard(voice)
    with qtbot.waitSignal(voice.ended):
        voice.say("one", "One.")
    assert heard.log == ["silent", "began one", "ended one"]
    assert engine.stops == 1


def test_without_any_voice_a_line_is_shown_for_as_long_as_it_takes_to_read(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_voice, "SHORTEST_S", 0.02)
    monkeypatch.setattr(customer_voice, "WORDS_A_SECOND", 100.0)
    voice = CustomerVoice(engine=lambda: None)
    heard = Heard(voice)
    with qtbot.waitSignal(voice.ended):
        voice.say("opens", "I was charged twice!")
        assert heard.log == ["began opens"]
    assert not voice.spoken


def test_nothing_is_signalled_for_a_voice_that_says_nothing(
    voice: CustomerVoice, engine: FakeEngine
) -> None:
    heard = Heard(voice)
    assert voice.spoken
    voice.stop()
    engine.stateChanged.emit(State.Speaking)
    engine.stateChanged.emit(State.Ready)
    assert heard.log == []


def test_ages_and_haste_sound_a_little_different() -> None:
    manners = {manner_of(age, rushed=rushed) for age in (20, 40, 70) for rushed in (False, True)}
    assert len(manners) == 6
    assert manner_of(40, rushed=False) == Manner()
