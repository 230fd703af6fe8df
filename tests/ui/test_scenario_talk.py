from __future__ import annotations

import threading
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from waiting import LONG_S

from app.coach.practice_types import Evidence, Polarity, Speaking, Turn
from app.coach.scenarios import load_scenarios
from app.coach.turn_taking import turn_limits
from app.errors import AppError
from app.session.background import Background
from app.ui.customer_voice import CustomerVoice
from app.ui.scenario_talk import ScenarioTalk
from app.ui.waiting import Waiter
from audio.types import VoiceReading, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytestqt.qtbot import QtBot

    from app.coach.scenario_types import Line, Scenario
    from app.coach.types import MarkKind
    from app.session.plan import Snapshot

SCENARIO = next(one for one in load_scenarios()[0] if one.id == "hotel_charged_twice")
SILENCE_S = turn_limits().silence_s


@dataclass
class Rig:
    """A conversation with everything around it written down."""

    talk: ScenarioTalk
    marks: list[tuple[str, str]]
    lines: list[str] = field(default_factory=list)
    finds: list[Evidence] = field(default_factory=list)
    t: float = 0.0

    def hear(self, speech: bool | None, lasts_s: float, words: Sequence[Word] = (),
             until_s: float | None = None) -> None:  # fmt: skip
        for _ in range(round(lasts_s / 0.1)):
            self.t += 0.1
            look = SimpleNamespace(t=self.t, voice=VoiceReading(self.t, speech=speech))
            self.talk.step(cast("Snapshot", look), words, until_s)


def make(voice: CustomerVoice | None, found: Sequence[Evidence] = ()) -> Rig:
    marks: list[tuple[str, str]] = []

    def mark(kind: MarkKind, data: dict[str, str]) -> None:
        marks.append((kind.value, ",".join(data.values())))

    def find(turns: Sequence[Turn], scenario: Scenario) -> Sequence[Evidence]:
        return [
            Evidence(one.practice, len(turns) - 1, one.words, one.confidence, one.polarity)
            for one in found
        ]

    rig = Rig(ScenarioTalk(SCENARIO, voice, mark=mark, find=find), marks)
    rig.talk.line_shown.connect(lambda line: rig.lines.append(cast("Line", line).id))
    rig.talk.found.connect(rig.finds.extend)
    return rig


@pytest.fixture
def partner(qtbot: QtBot) -> Rig:
    rig = make(None)
    rig.talk.begin()
    return rig


def test_the_customers_line_is_marked_from_its_begin_to_its_end(partner: Rig) -> None:
    assert partner.lines == ["opens"]
    assert partner.marks == [("speaker", "customer"), ("line", "opens,false")]
    assert not partner.talk.waiting
    partner.hear(False, 3.0)
    partner.talk.partner_done()
    assert partner.marks[2:] == [("line", "opens,true"), ("speaker", "staff")]
    assert partner.talk.waiting
    assert partner.talk.turns[0].speaker is Speaking.CUSTOMER
    assert partner.talk.turns[0].end_s == pytest.approx(3.0)


def test_after_an_answer_and_a_silence_the_customer_goes_on(partner: Rig) -> None:
    partner.talk.partner_done()
    partner.hear(True, 2.0)
    assert partner.lines == ["opens"]
    partner.hear(False, SILENCE_S + 0.2)
    assert partner.lines == ["opens", "still_waiting"]
    answer = partner.talk.turns[1]
    assert (answer.speaker, answer.text) == (Speaking.STAFF, "")


def test_what_was_said_decides_on_the_next_line(qtbot: QtBot) -> None:
    rig = make(None, [Evidence("P19", 0, "sorry", 0.9)])
    rig.talk.begin()
    rig.talk.partner_done()
    words = [Word("i'm", 0.5, 0.7, 0.9), Word("sorry", 0.7, 1.2, 0.9)]
    rig.hear(True, 2.0, words, 0.2)
    rig.hear(False, SILENCE_S + 0.2, words, 0.2)
    assert rig.lines == ["opens"], "the words are still to come"
    rig.hear(False, 0.2, words, 3.0)
    assert rig.lines == ["opens", "softer"]
    assert rig.talk.turns[1].text == "i'm sorry"
    assert [(one.practice, one.turn) for one in rig.finds] == [("P19", 1)]


def test_words_of_an_earlier_answer_do_not_count_again(qtbot: QtBot) -> None:
    rig = make(None, [Evidence("P20", 0, "", 0.9, Polarity.WRONG)])
    rig.talk.begin()
    rig.talk.partner_done()
    early = [Word("sorry", 0.5, 1.0, 0.9)]
    rig.hear(True, 2.0, early)
    rig.hear(False, 2.2, early)
    assert rig.lines[-1] == "sorry_wont_help"
    rig.hear(False, 1.0, early)
    rig.talk.partner_done()
    rig.hear(True, 2.0, early)
    rig.hear(False, 2.2, early)
    assert rig.talk.turns[-1].text == ""


def test_a_partner_chooses_a_line_and_anybody_may_go_on_by_hand(partner: Rig) -> None:
    partner.talk.go_on()
    assert partner.lines == ["opens"], "the customer has not finished"
    partner.talk.partner_done()
    partner.talk.go_on("policy")
    assert partner.lines == ["opens", "policy"]
    partner.talk.partner_done()
    partner.talk.go_on()
    assert partner.lines[-1] == "softer"


def test_the_conversation_comes_to_an_end_and_stays_there(qtbot: QtBot) -> None:
    rig = make(None)
    rig.talk.begin()
    with qtbot.waitSignal(rig.talk.over):
        for _ in range(20):
            rig.talk.partner_done()
            rig.talk.go_on()
    marks = len(rig.marks)
    rig.talk.go_on()
    rig.hear(True, 5.0)
    rig.hear(False, 5.0)
    assert len(rig.marks) == marks


def test_with_a_voice_the_line_begins_when_it_sounds(qtbot: QtBot) -> None:
    voice = CustomerVoice(engine=lambda: None)
    rig = make(voice)
    rig.talk.begin()
    assert rig.marks[0] == ("speaker", "customer")
    rig.talk.partner_done()
    assert not rig.talk.waiting, "with a voice there is no partner to end the line"
    voice.stop()
    assert rig.talk.waiting
    rig.talk.stop()
    voice.say("other", "Not of this talk.")
    voice.stop()
    assert rig.marks[-1] == ("speaker", "staff")


def test_a_conversation_that_is_stopped_in_a_line_leaves_the_staff_member_measured(
    partner: Rig,
) -> None:
    partner.talk.stop()
    assert partner.marks[-2:] == [("line", "opens,true"), ("speaker", "staff")]
    assert not partner.talk.waiting
    marks = len(partner.marks)
    partner.talk.stop()
    assert len(partner.marks) == marks


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def beside(
    background: Background, find: Callable[[Sequence[Turn], Scenario], Sequence[Evidence]]
) -> tuple[ScenarioTalk, list[str]]:
    """A talk that looks through answers beside the screen, at the staff member's first turn."""
    talk = ScenarioTalk(SCENARIO, None, mark=lambda *_: None, find=find, background=background)
    lines: list[str] = []
    talk.line_shown.connect(lambda line: lines.append(cast("Line", line).id))
    talk.begin()
    talk.partner_done()
    return talk, lines


def test_the_answer_is_looked_through_beside_the_screen_and_then_the_customer_goes_on(
    qtbot: QtBot, background: Background
) -> None:
    may_end = threading.Event()
    threads: list[threading.Thread] = []

    def find(turns: Sequence[Turn], scenario: Scenario) -> Sequence[Evidence]:
        threads.append(threading.current_thread())
        may_end.wait(LONG_S)
        return [Evidence("P19", len(turns) - 1, "sorry", 0.9)]

    talk, lines = beside(background, find)
    talk.go_on()
    talk.go_on()
    assert lines == ["opens"], "nothing is said before it is known what was answered"
    assert len(talk.turns) == 2, "the answer is entered once"
    may_end.set()
    qtbot.waitUntil(lambda: lines == ["opens", "softer"])
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()


def test_a_partner_need_not_wait_and_what_was_looked_for_comes_too_late(
    qtbot: QtBot, background: Background
) -> None:
    may_end = threading.Event()

    def find(turns: Sequence[Turn], scenario: Scenario) -> Sequence[Evidence]:
        may_end.wait(LONG_S)
        return [Evidence("P19", len(turns) - 1, "sorry", 0.9)]

    talk, lines = beside(background, find)
    talk.go_on()
    talk.go_on("policy")
    assert lines == ["opens", "policy"]
    talk.partner_done()
    talk.go_on()
    talk.stop()
    may_end.set()
    assert background.run(lambda: True).result(10)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not talk.findChildren(Waiter)
    assert lines == ["opens", "policy"], "a talk that was stopped says nothing more"


def test_a_finder_that_fails_does_not_silence_the_customer(
    qtbot: QtBot, background: Background, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("the customer goes on without what was found")

    def find(turns: Sequence[Turn], scenario: Scenario) -> Sequence[Evidence]:
        raise AppError("The practices cannot be read.", "Look at the file.")

    talk, lines = beside(background, find)
    talk.go_on()
    qtbot.waitUntil(lambda: lines == ["opens", "still_waiting"])
    assert talk.speaking
