"""Whoever plays the customer is asked, by name, before a session with them begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton
from ui.fake_live import Stagehand, agree
from ui.practice_pages import WANTED, folder, stagehand

from app.store.types import ConsentKind, KeepPolicy
from app.ui.consenting import current_person, enter_consent
from app.ui.pages.consent_partner import PartnerPage
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

__all__ = ["agree", "folder", "stagehand"]


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> MainWindow:
    """On the set-up page, with a colleague as the customer."""
    enter_consent(stagehand.services, "Ana", KeepPolicy.VOICE_AND_STICK, 7)
    stagehand.services.choices.change(customer="partner")
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.show()
    set_up(qtbot, made, stagehand)
    return made


def set_up(qtbot: QtBot, window: MainWindow, stagehand: Stagehand) -> None:
    window.go("practise")
    flow = window.flow
    flow.scenarios.list.choose(WANTED)
    flow.choose(flow.scenarios.scenario)
    before = len(stagehand.lives)
    flow.prepare.next.click()
    qtbot.waitUntil(lambda: len(stagehand.lives) > before and not window.runner.busy)


def ask(window: MainWindow) -> PartnerPage:
    window.practise.start.click()
    assert window.page == "partner"
    page = window.stack.currentWidget()
    assert isinstance(page, PartnerPage)
    return page


def test_nothing_starts_before_the_partner_has_agreed(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    page = ask(window)
    qtbot.waitUntil(lambda: not window.runner.busy)
    assert all(live.plan.preview for live in stagehand.lives)
    assert "Ana" in page.intro.text()
    page.agree.click()
    assert page.asked.isVisible(), "an agreement has a name"
    page.decline.click()
    assert window.page == "practise"
    assert not any(one.kind is ConsentKind.PARTNER for one in everything(stagehand))


def test_a_colleague_in_a_free_talk_is_asked_too(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    assert not window.practise.choices.partner.isVisible(), "the way of a scenario says it"
    window.flow.choose(None)
    qtbot.waitUntil(lambda: not window.runner.busy)
    assert window.practise.choices.partner.isVisible()
    window.practise.choices.partner.click()
    page = ask(window)
    assert page.name.hasFocus()
    page.name.setText("Jonas")
    page.agree.click()
    qtbot.waitUntil(lambda: window.page == "live" and not window.runner.busy)
    plan = stagehand.live.plan
    assert (plan.scenario, plan.partner) == ("", True)
    assert plan.partner_consent_id is not None
    window.runner.close()


def test_alone_in_a_free_talk_nobody_else_is_asked(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    window.flow.choose(None)
    qtbot.waitUntil(lambda: not window.runner.busy)
    window.practise.start.click()
    qtbot.waitUntil(lambda: window.page == "live" and not window.runner.busy)
    assert stagehand.live.plan.partner_consent_id is None
    window.runner.close()


def everything(stagehand: Stagehand) -> list[object]:
    person = current_person(stagehand.services)
    assert person is not None
    return list(stagehand.store.consents(person.id))


def test_the_agreement_is_kept_with_the_session(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    page = ask(window)
    page.name.setText("  Jonas ")
    page.agree.click()
    qtbot.waitUntil(lambda: window.page == "live" and not window.runner.busy)
    plan = stagehand.live.plan
    consent = next(one for one in everything(stagehand) if one.kind is ConsentKind.PARTNER)
    assert plan.partner_consent_id == consent.id
    assert (consent.given_by, consent.retention_days) == ("Jonas", 7)
    assert consent.purpose == stagehand.services.consent.partner.purpose
    window.runner.close()


def test_who_agreed_before_is_one_press_away_and_who_took_it_back_is_not(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    person = current_person(stagehand.services)
    assert person is not None
    text = stagehand.services.consent
    terms = {"purpose": text.partner.purpose, "seen_by": text.partner.seen_by}
    record = stagehand.store.record_partner_consent
    record(person.id, "Jonas", version=text.version, retention_days=7, **terms)
    gone = record(person.id, "Kim", version=text.version, retention_days=7, **terms)
    record(person.id, "Lee", version="of an older text", retention_days=7, **terms)
    stagehand.store.withdraw_partner_consent(gone.id)
    page = ask(window)
    known = [one for one in page.findChildren(QPushButton) if "again" in one.accessibleName()]
    assert [one.accessibleName() for one in known] == ["It is Jonas again"]
    known[0].click()
    qtbot.waitUntil(lambda: window.page == "live" and not window.runner.busy)
    assert stagehand.live.plan.partner_consent_id is not None
    window.runner.close()
