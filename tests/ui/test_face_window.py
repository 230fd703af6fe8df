"""The way through the window, by hand and by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from ui.fake_live import Stagehand, agree, grey_frame

from app.errors import AppError
from app.store.types import KeepPolicy
from app.ui.application import tell_mistake
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_starts_at_home(window: MainWindow) -> None:
    assert window.page == "home"
    assert window.home._greeting.text() == "Good morning, Ana"


def test_a_mistake_in_the_settings_is_told_on_home(window: MainWindow) -> None:
    tell_mistake(window, "The settings file had mistakes: line 1.")
    assert window.home.notice.text == "Not all of your settings could be read."
    assert "line 1" in window.home.notice.accessibleDescription()
    window.home.refresh()
    assert window.home.notice.isVisible()
    window.home.notice.close_button.click()
    assert not window.home.notice.isVisible()


def test_first_practice_leads_through_consent(
    qtbot: QtBot, dressed: QApplication, stagehand: Stagehand
) -> None:
    window = MainWindow(stagehand.services)
    qtbot.addWidget(window)
    window.go("practise")
    assert window.page == "consent"
    assert not stagehand.lives

    window.consent._on_agree()
    assert window.page == "consent"
    assert not window.consent._asked.isHidden()

    window.consent.name.setText("  Ana  Berg ")
    window.consent.choices[KeepPolicy.REPORT_ONLY].click()
    window.consent._on_agree()
    assert window.page == "scenarios"
    settings = stagehand.services.choices.now
    assert (settings.person_name, settings.keep_policy) == ("Ana Berg", "report_only")
    person = stagehand.store.ensure_person("Ana Berg")
    consent = stagehand.store.consent_of(person.id)
    assert consent is not None
    assert consent.version == stagehand.services.consent.version
    window.close()


def test_agreeing_again_to_the_same_is_not_a_second_consent(
    window: MainWindow, stagehand: Stagehand
) -> None:
    person = stagehand.store.ensure_person("Ana")
    before = stagehand.store.consent_of(person.id)
    window.flow.choose(None)
    window.practise.choices.keep.click()
    assert window.page == "consent"
    window.consent._on_agree()
    assert window.page == "practise"
    assert stagehand.store.consent_of(person.id) == before


def test_another_period_is_a_new_consent(window: MainWindow, stagehand: Stagehand) -> None:
    person = stagehand.store.ensure_person("Ana")
    window.flow.choose(None)
    window.practise.choices.keep.click()
    window.consent.days.setCurrentIndex(window.consent.days.findData(7))
    window.consent._on_agree()
    consent = stagehand.store.consent_of(person.id)
    assert consent is not None
    assert consent.retention_days == 7


def test_a_session_from_start_to_finish(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    preview = stagehand.live
    assert preview.plan.preview
    assert preview.plan.keep is KeepPolicy.NOTHING

    window.practise.choices.title.setText("Charged twice")
    window.practise.start.click()
    assert window.page == "live"
    assert window.rail.isHidden()
    qtbot.waitUntil(lambda: len(stagehand.lives) == 2 and not window.runner.busy)
    assert preview.state == "stopped"
    live = stagehand.live
    assert live.plan.title == "Charged twice"
    assert live.plan.keep is KeepPolicy.PICTURE_AND_SOUND
    qtbot.waitUntil(window.live.finish.isEnabled)

    window.go("home")
    assert window.page == "live"

    window.live.finish.click()
    qtbot.waitUntil(lambda: window.page == "home")
    assert live.state == "stopped"
    titles = [record.title for record in stagehand.store.sessions()]
    assert titles == ["Charged twice"]
    assert window.bridge is None


def test_nothing_kept_is_said(qtbot: QtBot, window: MainWindow, stagehand: Stagehand) -> None:
    stagehand.services.choices.change(keep_policy="nothing")
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    window.practise.start.click()
    qtbot.waitUntil(window.live.finish.isEnabled)
    window.live.finish.click()
    qtbot.waitUntil(lambda: window.page == "home")
    assert "Nothing of this session was kept" in window.home.notice.text
    assert stagehand.store.sessions() == []


def test_leaving_the_set_up_stops_the_preview(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.page == "home"
    qtbot.waitUntil(lambda: stagehand.live.state == "stopped")
    assert window.runner.live is None


def test_a_camera_that_cannot_be_opened_is_said_in_the_page(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    def broken(live: object) -> None:
        live.start_error = AppError("The camera is in use.", "Close the other program.")  # type: ignore[attr-defined]

    stagehand.prepare = broken
    window.flow.choose(None)
    qtbot.waitUntil(lambda: window.practise.notice.text == "The camera is in use.")
    stagehand.prepare = lambda live: None
    window.practise.notice.action.click()
    qtbot.waitUntil(lambda: len(stagehand.lives) == 2 and not window.runner.busy)
    assert window.practise.notice.text == ""


def test_a_session_that_cannot_start_leads_back_with_its_reason(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)

    def broken(live: object) -> None:
        live.start_error = AppError("The disk is full.", "Free some space.")  # type: ignore[attr-defined]

    stagehand.prepare = broken
    window.practise.start.click()
    qtbot.waitUntil(lambda: window.page == "home")
    assert window.home.notice.text == "The disk is full."
    assert not window.rail.isHidden()


def test_an_error_at_the_end_does_not_lose_the_session(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    window.practise.start.click()
    qtbot.waitUntil(window.live.finish.isEnabled)
    stagehand.live.stop_error = AppError("The camera did not let go.", "Unplug it.")
    window.live.finish.click()
    qtbot.waitUntil(lambda: window.page == "home")
    assert window.home.notice.text == "The camera did not let go."
    assert len(stagehand.store.sessions()) == 1


def test_closing_the_window_stops_the_session(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    window.closeEvent(QCloseEvent())
    assert stagehand.live.state == "stopped"


@pytest.mark.parametrize(
    ("key", "page"),
    [(Qt.Key.Key_4, "sessions"), (Qt.Key.Key_2, "scenarios"), (Qt.Key.Key_1, "home")],
)
def test_pages_have_keys(qtbot: QtBot, window: MainWindow, key: Qt.Key, page: str) -> None:
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.page == page


def test_question_mark_shows_all_keys_and_escape_closes(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Question)
    assert window.overlay.isVisible()
    from PySide6.QtWidgets import QLabel  # noqa: PLC0415

    shown = {found.text() for found in window.overlay.findChildren(QLabel)}
    assert {"Ctrl+1", "Ctrl+2", "Ctrl+4", "Ctrl+0", "?", "P", "S"} <= shown
    qtbot.keyClick(window.overlay, Qt.Key.Key_Escape)
    assert not window.overlay.isVisible()


def test_letters_are_letters_where_text_is_typed(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    field = window.practise.choices.title
    field.setFocus()
    qtbot.keyClicks(field, "nk?")
    assert field.text() == "nk?"
    assert not window.overlay.isVisible()
    assert window.practise.calibration.step is None


def test_the_doors_of_the_rail(window: MainWindow) -> None:
    assert list(window.rail._buttons) == ["home", "practise", "check", "sessions", "settings"]


def test_the_newest_picture_shows_and_numbers_are_quiet(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    window.flow.choose(None)
    qtbot.waitUntil(lambda: bool(stagehand.lives) and not window.runner.busy)
    stagehand.live.frame = grey_frame(1.0)
    qtbot.waitUntil(lambda: window.practise.stage.video.has_picture)


def test_somebody_else_is_asked_again(
    qtbot: QtBot, window: MainWindow, stagehand: Stagehand
) -> None:
    stagehand.services.choices.change(person_name="Ben")
    window.go("practise")
    assert window.page == "consent"
    agree(stagehand.services, "Ben")
    window.go("practise")
    assert window.page == "scenarios"
