"""A conversation in the live window: lines, notes, suggestions, the partner's card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui.fake_live import FakeLive, Stagehand, agree

from app.coach.hints import Hint
from app.coach.practice_types import Evidence, Polarity
from app.coach.suggesting import suggested
from app.coach.types import MarkKind
from app.settings import Settings
from app.ui.customer_voice import CustomerVoice
from app.ui.library import Library
from app.ui.widgets.checklist_view import ChecklistRow
from app.ui.window import MainWindow
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.store.store import Store
    from app.ui.live_talk import LiveTalk
    from app.ui.pages.live import LivePage
    from app.ui.widgets.partner_card import PartnerCard

SORRY = "I'm so sorry that we charged you twice Mrs Okafor I will release the second charge now"


@pytest.fixture
def stagehand(store: Store, tmp_path: Path) -> Stagehand:
    made = Stagehand(store, Settings(checklist="complaint", scenario="hotel_charged_twice"))
    made.services = replace(
        made.services,
        library=Library(lambda kind: tmp_path),
        voice=lambda: CustomerVoice(engine=lambda: None),
    )
    agree(made.services)
    return made


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> Iterator[MainWindow]:
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def start(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand, way: str, role: str = "staff"
) -> FakeLive:
    """Go from the list to a running session."""
    stagehand.services.choices.change(customer=way, role=role)
    window.go("practise")
    window.flow.scenarios.prepare.click()
    before = len(stagehand.lives)
    window.flow.prepare.next.click()
    qtbot.waitUntil(lambda: len(stagehand.lives) > before and not window.runner.busy)
    before = len(stagehand.lives)
    window.practise.start.click()
    if window.page == "partner":
        page = window.stack.currentWidget()
        page.name.setText("Jonas")
        page.agree.click()
    qtbot.waitUntil(lambda: len(stagehand.lives) > before and not window.runner.busy)
    qtbot.waitUntil(window.live.finish.isEnabled)
    return stagehand.live


def talk_of(window: MainWindow) -> LiveTalk:
    talk = window.room._talk
    assert talk is not None
    assert talk.talk is not None
    return talk.talk


def card_of(window: MainWindow) -> PartnerCard:
    talk = window.room._talk
    assert talk is not None
    assert talk.card is not None
    return talk.card


def marks(live: FakeLive, kind: MarkKind) -> list[dict[str, str]]:
    return [dict(mark.data) for mark in live.marks if mark.kind is kind]


def say(live: FakeLive, text: str, until_s: float = 20.0) -> None:
    words = tuple(
        Word(word, 5.0 + 0.3 * n, 5.25 + 0.3 * n, 0.9) for n, word in enumerate(text.split())
    )
    live.show(t=until_s, words=words, words_until_s=until_s)


def test_the_line_stands_large_and_then_it_is_your_turn(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    live = start(qtbot, window, stagehand, "text")
    foot = window.live.foot
    qtbot.waitUntil(lambda: "charged twice" in foot.line.text)
    assert foot.line.isVisible()
    assert not foot.go_on.isEnabled()
    assert marks(live, MarkKind.LINE) == [{"line": "opens", "end": "false"}]
    talk_of(window).talk._voice.stop()  # type: ignore[union-attr]
    assert foot.line.text.startswith("Your turn I was charged twice!")
    QTest.keyClick(window.live, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: "going to do something" in foot.line.text)
    assert [mark["speaker"] for mark in marks(live, MarkKind.SPEAKER)] == [
        "customer", "staff", "customer",
    ]  # fmt: skip


def test_hints_about_talking_wait_while_the_customer_talks(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    live = start(qtbot, window, stagehand, "text")
    qtbot.waitUntil(lambda: talk_of(window).customer_speaks)
    pace = Hint("fast", "slower", "pace", good=False, shown_s=0.0)
    voice_cue = next(iter(window.live._voice_cues))
    live.show(hint=replace(pace, cue=voice_cue))
    window.live.show_state(live.now)
    assert window.live.hint.text == ""
    live.show(hint=Hint("facing_away", "face them", "facing", good=False, shown_s=0.0))
    window.live.show_state(live.now)
    assert window.live.hint.text == "Face them"
    talk_of(window).talk._voice.stop()  # type: ignore[union-attr]
    live.show(hint=replace(pace, cue=voice_cue))
    window.live.show_state(live.now)
    assert window.live.hint.text == "Slower"


def row_of(page: LivePage, item: str) -> ChecklistRow:
    return next(row for row in page.side.findChildren(ChecklistRow) if row.item.id == item)


def test_words_suggest_and_a_person_outranks_them(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    live = start(qtbot, window, stagehand, "text")
    apology = row_of(window.live, "apology")
    talk_of(window).talk._voice.stop()  # type: ignore[union-attr]
    assert not apology.suggested
    say(live, SORRY)
    qtbot.waitUntil(lambda: apology.suggested)
    assert "sorry" in apology.toolTip()
    assert not apology.isChecked()
    assert marks(live, MarkKind.TICK) == []
    apology.click()
    apology.click()
    assert not apology.isChecked()
    say(live, f"{SORRY} and I am sorry for the double charge", 30.0)
    qtbot.wait(60)
    assert not apology.suggested


def test_what_was_done_wrongly_or_not_often_enough_is_not_suggested() -> None:
    from app.coach.checklist import load_checklists  # noqa: PLC0415

    checklist = next(one for one in load_checklists() if one.id == "complaint")
    sorry = Evidence("P19", 0, "sorry", 0.9)
    assert "apology" in suggested(checklist, [sorry])
    assert suggested(checklist, [replace(sorry, polarity=Polarity.WRONG)]) == {}
    assert suggested(checklist, [replace(sorry, confidence=0.2)]) == {}
    name = Evidence("P22", 0, "Mrs Okafor", 0.9)
    assert suggested(checklist, [name]) == {}
    assert "name" in suggested(checklist, [name, name])
    assert suggested(checklist, [name] * 4) == {}


def test_notes_are_marks_at_their_moment_and_none_is_lost(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    live = start(qtbot, window, stagehand, "text")
    QTest.keyClick(window.live, Qt.Key.Key_T)
    happened, wants = window.live.desk.notes.fields.values()
    qtbot.keyClicks(happened.line, "charged 2 times, N")
    qtbot.keyClick(happened.line, Qt.Key.Key_Return)
    assert marks(live, MarkKind.NOTE) == [{"text": "charged 2 times, N", "field": "happened"}]
    assert marks(live, MarkKind.TICK) == [], "digits are digits where text is typed"
    wants.line.setText("the rent is paid")
    window.live.finish.click()
    assert marks(live, MarkKind.NOTE)[-1] == {"text": "the rent is paid", "field": "wants"}


def test_the_checklist_can_be_put_away_and_that_is_remembered(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    start(qtbot, window, stagehand, "text")
    assert window.live.side.isVisible()
    QTest.keyClick(window.live, Qt.Key.Key_H)
    assert not window.live.side.isVisible()
    assert stagehand.services.choices.now.checklist_hidden
    assert window.live.list.accessibleName() == "Show the checklist"
    QTest.keyClick(window.live, Qt.Key.Key_H)
    assert window.live.side.isVisible()


def test_a_partner_speaks_chooses_and_marks_by_keys(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    live = start(qtbot, window, stagehand, "partner")
    card = card_of(window)
    qtbot.waitUntil(lambda: "charged twice" in card.words.text())
    assert window.live.foot.line.text == "Listening to the customer"
    assert card.buttons == []
    QTest.keyPress(card, Qt.Key.Key_Space)
    QTest.keyRelease(card, Qt.Key.Key_Space)
    assert marks(live, MarkKind.LINE)[-1] == {"line": "opens", "end": "true"}
    assert len(card.buttons) == 5
    QTest.keyClick(card, Qt.Key.Key_J)
    QTest.keyClick(card, Qt.Key.Key_H)
    assert marks(live, MarkKind.FELT) == [{"heard": "false"}, {"heard": "true"}]
    speakers = len(marks(live, MarkKind.SPEAKER))
    QTest.keyPress(card, Qt.Key.Key_Space)
    QTest.keyRelease(card, Qt.Key.Key_Space)
    between = [mark["speaker"] for mark in marks(live, MarkKind.SPEAKER)[speakers:]]
    assert between == ["customer", "staff"], "a word in between"
    QTest.keyClick(card, Qt.Key.Key_1)
    assert "Any inconvenience?" in card.words.text()


def test_the_card_can_be_put_away_and_comes_back(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    start(qtbot, window, stagehand, "partner")
    card = card_of(window)
    assert card.isVisible()
    card.close()
    assert not card.isVisible()
    window.live.foot.card.click()
    assert card.isVisible()
    card.finish.click()
    qtbot.waitUntil(lambda: window.page != "live")


def test_whoever_plays_the_customer_is_not_listened_to(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    live = start(qtbot, window, stagehand, "voice", "customer")
    assert card_of(window).isVisible()
    say(live, SORRY)
    qtbot.wait(60)
    assert not row_of(window.live, "apology").suggested
