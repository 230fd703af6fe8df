"""The agreement that stands: shown, changed, and taken back with everything under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from ui.fake_live import NOW, agree

from app.coach.types import Baseline
from app.errors import AppError
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.fake_live import Stagehand

    from app.store.store import Store
    from app.store.types import Person, Receipt
    from app.ui.window import MainWindow


def kept_by(store: Store, person: Person, title: str) -> str:
    consent = store.consent_of(person.id)
    assert consent is not None
    record = store.begin_session(
        person_id=person.id,
        consent_id=consent.id,
        keep_policy=KeepPolicy.REPORT_ONLY,
        title=title,
    )
    store.finish_session(record.id, duration_s=60.0, report=None)
    return record.id


@pytest.fixture
def on_agreement(qtbot: QtBot, window: MainWindow, stagehand: Stagehand) -> MainWindow:
    """The agreement page of Ana, who has two sessions; Ben has one."""
    ana = stagehand.store.ensure_person("Ana")
    kept_by(stagehand.store, ana, "Charged twice")
    kept_by(stagehand.store, ana, "Lost booking")
    ben = agree(stagehand.services, "Ben")
    kept_by(stagehand.store, ben, "Late check-out")
    stagehand.services.choices.change(person_name="Ana")
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    window.practise.choices.keep.click()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_the_page_says_since_when_it_stands(on_agreement: MainWindow, store: Store) -> None:
    page = on_agreement.consent
    consent = store.consent_of(store.ensure_person("Ana").id)
    assert consent is not None
    given = consent.given_at.astimezone(NOW.tzinfo)
    assert page.standing.isVisible()
    assert page.standing.since.text() == f"Agreed on {given.day} {given:%B %Y}"
    assert page._title.text() == "What you agreed to"
    assert (page.agree.text(), page.decline.text()) == ("Save", "Back")


def test_somebody_else_is_asked_to_agree(on_agreement: MainWindow, stagehand: Stagehand) -> None:
    page = on_agreement.consent
    page.name.setText("Cleo")
    assert page.agree.text() == stagehand.services.consent.agree
    page.name.setText(" ana ")
    assert page.agree.text() == "Save"
    page.name.setText("Cleo")
    page.decline.click()
    assert on_agreement.page == "practise"
    on_agreement.practise.choices.keep.click()
    assert (page.name.text(), page.agree.text()) == ("Ana", "Save")


def test_before_the_first_agreement_there_is_nothing_to_take_back(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    stagehand.services.choices.change(person_name="")
    window.go("practise")
    assert window.page == "consent"
    assert window.consent.standing.isHidden()
    assert window.consent._title.text() == stagehand.services.consent.title
    qtbot.keyClick(window.consent, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert not window.consent.standing.asking


def test_it_asks_once_and_says_what_goes(
    qtbot: QtBot, on_agreement: MainWindow, store: Store
) -> None:
    page = on_agreement.consent
    qtbot.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    question = page.standing.question
    assert question.isVisible()
    assert "all your 2 sessions" in question.goes.text()
    assert question.no.hasFocus()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.standing.asking
    assert page.standing.take_back.hasFocus()
    assert on_agreement.page == "consent"
    assert len(store.sessions()) == 3
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert on_agreement.page == "practise"


def test_taking_it_back_deletes_ones_own_and_says_so(
    qtbot: QtBot, on_agreement: MainWindow, store: Store
) -> None:
    page = on_agreement.consent
    on_agreement.practise.normal.take(Baseline(NOW.isoformat(), "calibration"))
    qtbot.mouseClick(page.standing.take_back, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.standing.question.yes, Qt.Key.Key_Space)
    assert [record.title for record in store.sessions()] == ["Late check-out"]
    assert store.consent_of(store.ensure_person("Ana").id) is None
    assert page.notice.text == "Your agreement is taken back."
    assert "2 sessions" in page.notice.accessibleDescription()
    assert "with a receipt each" in page.notice.accessibleDescription()
    assert page.standing.isHidden()
    assert not on_agreement.practise.normal.exists
    assert page.decline.text() == "Not now"
    page.decline.click()
    assert on_agreement.page == "home"
    on_agreement.go("practise")
    assert on_agreement.page == "consent"


def test_what_could_not_be_deleted_is_said_and_the_agreement_is_back(
    qtbot: QtBot, on_agreement: MainWindow, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = store.withdraw_consent

    def held_open(person_id: str) -> list[Receipt]:
        really(person_id)
        raise AppError("A file is in use.", "Close the other program.")

    monkeypatch.setattr(store, "withdraw_consent", held_open)
    page = on_agreement.consent
    page.standing.ask()
    page.standing.question.yes.click()
    assert page.notice.text == "A file is in use."
    assert page.standing.isHidden()
    assert page.agree.text() != "Save"


def test_every_control_of_the_agreement_has_a_name_and_a_key(on_agreement: MainWindow) -> None:
    page = on_agreement.consent
    page.standing.ask()
    for press in page.standing.findChildren(QPushButton):
        assert press.accessibleName()
        assert press.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert "Ctrl+T" in {line.keys for line in page.keys.lines}
    assert "Ctrl+T" in page.standing.take_back.toolTip()


def test_a_page_that_changed_says_why_one_is_asked_again(
    window: MainWindow, stagehand: Stagehand
) -> None:
    ana = stagehand.store.ensure_person("Ana")
    stagehand.store.record_consent(ana.id, "1", "an earlier page", 30, "nobody")
    stagehand.services.choices.change(person_name="Ana")
    window.go("practise")
    assert window.page == "consent"
    assert "has changed since" in window.consent.standing.since.text()
    assert window.consent.agree.text() == stagehand.services.consent.agree
