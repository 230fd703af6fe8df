"""The customer's three questions between a session with a partner and its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.test_live_talk import stagehand, start, window
from ui.test_partner_consent import ask

from app.coach.types import MarkKind

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

    from app.coach.types import Mark
    from app.ui.window import MainWindow

__all__ = ["stagehand", "window"]


def answers(hand: Stagehand) -> list[Mark]:
    (record,) = hand.store.sessions()
    return [one for one in hand.store.marks(record.id) if one.kind is MarkKind.SURVEY]


def test_the_partner_answers_before_the_report(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    start(qtbot, window, stagehand, "partner")
    window.live.finish.click()
    assert window.page == "survey"
    assert window.rail.isHidden()
    page = window.flow.survey
    heard, knew, _ = page.questions
    heard.group.buttons()[0].click()
    knew.group.buttons()[2].click()
    knew.more.setText("nobody said when")
    qtbot.waitUntil(lambda: stagehand.live.state == "stopped")
    page.next.click()
    qtbot.waitUntil(lambda: window.page == "home")
    marks = answers(stagehand)
    assert [dict(mark.data) for mark in marks] == [
        {"question": "heard", "answer": "yes"},
        {"question": "next", "answer": "no", "text": "nobody said when"},
    ]
    assert {mark.author for mark in marks} == {"partner"}


def test_an_answer_before_the_session_has_ended_is_not_lost(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    start(qtbot, window, stagehand, "partner", "customer")
    window.live.finish.click()
    page = window.flow.survey
    page.questions[2].group.buttons()[1].click()
    page.next.click()
    qtbot.waitUntil(lambda: window.page == "home")
    marks = answers(stagehand)
    assert [dict(mark.data) for mark in marks] == [{"question": "back", "answer": "partly"}]
    assert {mark.author for mark in marks} == {"person"}


def test_it_may_be_skipped_and_comes_empty_the_next_time(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    start(qtbot, window, stagehand, "partner")
    window.live.finish.click()
    page = window.flow.survey
    page.questions[0].group.buttons()[0].click()
    page.skip.click()
    qtbot.waitUntil(lambda: window.page == "home")
    assert answers(stagehand) == []
    start(qtbot, window, stagehand, "partner")
    window.live.finish.click()
    assert window.page == "survey"
    assert page.answers == ()
    page.skip.click()
    qtbot.waitUntil(lambda: window.page == "home")


def test_a_colleague_in_a_free_talk_is_asked_too(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    window.go("practise")
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    window.practise.choices.partner.click()
    page = ask(window)
    page.name.setText("Jonas")
    page.agree.click()
    qtbot.waitUntil(lambda: window.page == "live" and not window.runner.busy)
    window.live.finish.click()
    assert window.page == "survey"
    asked = window.flow.survey
    asked.questions[0].group.buttons()[1].click()
    qtbot.waitUntil(lambda: stagehand.live.state == "stopped")
    asked.next.click()
    qtbot.waitUntil(lambda: window.page == "home")
    (mark,) = answers(stagehand)
    assert dict(mark.data) == {"question": "heard", "answer": "partly"}
    assert mark.author == "partner"


def test_without_a_partner_nobody_is_asked(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    start(qtbot, window, stagehand, "text")
    window.live.finish.click()
    qtbot.waitUntil(lambda: window.page == "home")
