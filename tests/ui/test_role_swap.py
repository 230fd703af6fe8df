"""With swapped roles a colleague is measured: asked for that, and compared with nobody's normal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from report_material import report
from ui.fake_live import Stagehand, agree
from ui.practice_pages import WANTED, folder, stagehand

from app.coach.types import Baseline
from app.store.types import ConsentKind, KeepPolicy
from app.ui.consenting import current_person, enter_consent
from app.ui.pages.consent_partner import PartnerPage
from app.ui.pages.report_side import ReportSide
from app.ui.window import MainWindow
from audio.baseline import VOICE_BASELINE_VERSION
from audio.types import VoiceBaseline

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

__all__ = ["agree", "folder", "stagehand"]

VOICE = VoiceBaseline(
    VOICE_BASELINE_VERSION, -60.0, -30.0, 200.0, 150.0, 260.0, 2.5, 4.0, 0.5, 10.0, 3.0, 20.0
)
OWN = Baseline("2026-11-22T10:00:00+00:00", "calibration", None, VOICE)


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, stagehand: Stagehand) -> MainWindow:
    """On the set-up page, with an own normal; the person plays the customer."""
    enter_consent(stagehand.services, "Ana", KeepPolicy.VOICE_AND_STICK, 7)
    stagehand.services.choices.change(customer="partner", role="customer")
    made = MainWindow(stagehand.services)
    qtbot.addWidget(made)
    made.show()
    made.practise.normal.take(OWN)
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
    page = window.stack.currentWidget()
    assert isinstance(page, PartnerPage)
    return page


def agree_as(qtbot: QtBot, window: MainWindow, name: str) -> None:
    page = ask(window)
    page.name.setText(name)
    page.agree.click()
    qtbot.waitUntil(lambda: window.page == "live" and not window.runner.busy)


def test_no_own_normal_is_taken_for_a_colleague(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    page = window.practise
    assert page.plan(preview=False).baseline is None
    assert "colleague" in page.choices._normal.text()
    assert not page.choices.measure.isVisible(), "it would be kept as the person's own"
    page._on_calibrate()
    assert page._panel.currentIndex() == 0
    window.flow.prepare.roles.buttons()[0].click()
    set_up_as_staff(qtbot, window, stagehand)
    assert page.plan(preview=False).baseline is OWN
    assert page.choices.measure.isVisible()
    window.runner.close()


def set_up_as_staff(qtbot: QtBot, window: MainWindow, stagehand: Stagehand) -> None:
    before = len(stagehand.lives)
    window.show_page("prepare")
    window.flow.prepare.next.click()
    qtbot.waitUntil(lambda: len(stagehand.lives) > before and not window.runner.busy)


def test_a_colleague_agrees_to_being_measured(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    agree_as(qtbot, window, "Ben")
    person = current_person(stagehand.services)
    assert person is not None
    given = [c for c in stagehand.store.consents(person.id) if c.kind is ConsentKind.PARTNER]
    assert [c.purpose.endswith(stagehand.services.consent.partner.measured) for c in given] == [
        True
    ]
    window.runner.close()


def test_who_agreed_to_being_heard_is_asked_anew_before_being_measured(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    person = current_person(stagehand.services)
    assert person is not None
    text = stagehand.services.consent
    stagehand.store.record_partner_consent(
        person.id, "Ben", version=text.version, purpose=text.partner.purpose,
        retention_days=7, seen_by=text.partner.seen_by,
    )  # fmt: skip
    assert ask(window)._known.count() == 0
    window.runner.close()


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (None, "Nobody's own normal"),
        (replace(OWN, origin="first_pass"), "Nobody's own normal"),
        (OWN, "compared with your own normal"),
    ],
)
def test_of_a_session_that_was_compared_with_ones_own_normal_that_is_said(
    qtbot: QtBot, dressed: QApplication, own: Baseline | None, told: str
) -> None:
    side = ReportSide()
    qtbot.addWidget(side)
    assert told in side._of_whom(replace(report(), baseline=own)).text()
